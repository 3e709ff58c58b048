import "./voice.css";
import { useMutation } from "@tanstack/react-query";
import { Mic, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useSession } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextArea } from "../../../ui/field";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { When } from "../../../ui/when";
import type { WorkComment } from "../api";
import { RemarkReach } from "../components/remark-reach";
import { LONGEST_SECONDS, type Recording, useRecorder } from "./use-recorder";
import { sayAloud, sendVoice } from "./voice-api";
import { BlobPlayer } from "./voice-player";
import { openTakes, type TakeKeeper } from "./voice-takes";

interface VoiceDialogProps {
  assignmentId: number;
  submissionId: number;
  name: string;
  /** The learner hears it once the grade is posted. */
  waits: boolean;
  onSaid: (comment: WorkComment) => void;
  onClose: () => void;
}

/** Saying something of the work aloud: record, listen, send. */
export function VoiceDialog(props: VoiceDialogProps) {
  const { t } = useTranslation();
  const user = useSession()?.user.user_id;
  const [keeper, setKeeper] = useState<TakeKeeper>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    openTakes().then(setKeeper, () => setFailed(true));
  }, []);
  const recorder = useRecorder(`${user ?? 0}:${props.submissionId}`, keeper);
  const { recording } = recorder;
  return (
    <Dialog title={t("voice.title", { name: props.name })} onClose={props.onClose}>
      {failed && <p className="notice">{t("voice.unsupported")}</p>}
      {!failed && recording.kind !== "recorded" && (
        <Record recording={recording} recorder={recorder} />
      )}
      {recording.kind === "recorded" && (
        <Recorded
          {...props}
          keeper={keeper}
          recorded={recording}
          onAnew={() => void recorder.discard()}
        />
      )}
    </Dialog>
  );
}

type Recorder = ReturnType<typeof useRecorder>;

function Record({ recording, recorder }: { recording: Recording; recorder: Recorder }) {
  const { t } = useTranslation();
  const { level, seconds, start, stop } = recorder;
  const button = useRef<HTMLDivElement>(null);
  const isRecording = recording.kind === "recording";
  // The same key that began it ends it.
  useEffect(() => {
    if (!isRecording) return;
    announce(t("voice.recording"));
    button.current?.querySelector("button")?.focus();
  }, [isRecording, t]);
  const because = recording.kind === "none" ? recording.because : undefined;
  return (
    <div className="stack">
      <p>{t("voice.help", { minutes: LONGEST_SECONDS / 60 })}</p>
      {because && (
        <p className="notice" data-tone="bad" role="alert">
          {t(`voice.${because}`)}
        </p>
      )}
      <div className="row" ref={button}>
        {isRecording ? (
          <Button kind="primary" icon={<Square size={16} aria-hidden />} onClick={stop}>
            {t("voice.stop")}
          </Button>
        ) : (
          <Button
            kind="primary"
            icon={<Mic size={16} aria-hidden />}
            busy={recording.kind === "asking"}
            disabled={recording.kind === "looking"}
            onClick={() => void start()}
          >
            {t("voice.start")}
          </Button>
        )}
        {isRecording && (
          <>
            <span className="figures">
              {clock(seconds)} / {clock(LONGEST_SECONDS)}
            </span>
            <meter
              className="grow voice-level"
              aria-label={t("voice.level")}
              min={0}
              max={1}
              value={level}
            />
          </>
        )}
      </div>
    </div>
  );
}

function Recorded({
  assignmentId,
  submissionId,
  waits,
  keeper,
  recorded: { take, blob, kept },
  onSaid,
  onClose,
  onAnew,
}: VoiceDialogProps & {
  keeper: TakeKeeper | undefined;
  recorded: Extract<Recording, { kind: "recorded" }>;
  onAnew: () => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [atOnce, setAtOnce] = useState(false);
  const [fraction, setFraction] = useState(0);
  // Once the server has its bytes they are not sent again.
  const sent = useRef(take.fileId);
  const send = useMutation({
    mutationFn: async () => {
      sent.current ??= await sendVoice(assignmentId, blob, take.seconds, setFraction);
      await keeper?.save({ ...take, fileId: sent.current }).catch(() => {});
      const said = words.trim();
      const key = `voice-${sent.current}-${await fingerprint(said)}${atOnce ? "-now" : ""}`;
      return sayAloud(submissionId, sent.current, said, atOnce, key);
    },
    onSuccess: async (comment) => {
      await keeper?.drop(take.work).catch(() => {});
      toast(t("voice.sent"));
      onSaid(comment);
      onClose();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!send.isPending) send.mutate();
      }}
    >
      <p className="muted small">
        {t(kept ? "voice.kept" : "voice.notKept", { length: clock(take.seconds) })}{" "}
        <When at={new Date(take.startedAt).toISOString()} relative />
      </p>
      <BlobPlayer label={t("voice.listen")} blob={blob} />
      <TextArea
        label={t("voice.words")}
        help={t("voice.wordsHelp")}
        rows={3}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <RemarkReach waits={waits} atOnce={atOnce} onAtOnce={setAtOnce} />
      {send.isPending && (
        <progress className="progress" aria-label={t("voice.sending")} value={fraction} max={1} />
      )}
      <ActionFailed error={send.error} />
      <div className="row">
        <Button kind="primary" type="submit" busy={send.isPending}>
          {t("voice.send")}
        </Button>
        <Button kind="quiet" disabled={send.isPending} onClick={onAnew}>
          {t("voice.anew")}
        </Button>
      </div>
    </form>
  );
}

const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

async function fingerprint(words: string): Promise<string> {
  if (!words) return "0";
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words));
  return [...new Uint8Array(hash).slice(0, 8)].map((byte) => byte.toString(16)).join("");
}
