import { useMutation } from "@tanstack/react-query";
import { Paperclip } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextArea } from "../../../ui/field";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import type { SubmittedFile, WorkComment } from "../api";
import { FilePicker } from "../components/file-picker";
import { RemarkReach } from "../components/remark-reach";
import { sayWithFiles, startFeedbackUpload } from "./work-files-api";

interface AttachProps {
  assignmentId: number;
  submissionId: number;
  /** The learner sees them once the grade is posted. */
  waits: boolean;
  onSaid: (comment: WorkComment) => void;
}

/** A grader's files, as a remark on the work. */
export function AttachFiles(props: AttachProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Paperclip size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t("workFiles.attach.open")}
      </Button>
      {open && <AttachDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function AttachDialog({
  assignmentId,
  submissionId,
  waits,
  onSaid,
  onClose,
}: AttachProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const [files, setFiles] = useState<SubmittedFile[]>([]);
  const [sending, setSending] = useState(0);
  const [words, setWords] = useState("");
  const [atOnce, setAtOnce] = useState(false);
  const send = useMutation({
    mutationFn: () =>
      sayWithFiles(
        submissionId,
        words.trim(),
        files.map((file) => file.file_id),
        atOnce,
      ),
    onSuccess: (comment) => {
      toast(t("workFiles.attach.done"));
      onSaid(comment);
      onClose();
    },
  });
  return (
    <Dialog title={t("workFiles.attach.title")} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (files.length > 0 && sending === 0 && !send.isPending) send.mutate();
        }}
      >
        <FilePicker
          label={t("workFiles.attach.files")}
          start={(file) => startFeedbackUpload(assignmentId, file)}
          files={files}
          onSending={setSending}
          onFiles={setFiles}
        />
        <TextArea
          label={t("workFiles.attach.words")}
          rows={2}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <RemarkReach waits={waits} atOnce={atOnce} onAtOnce={setAtOnce} />
        <ActionFailed error={send.error} />
        <div>
          <Button
            kind="primary"
            type="submit"
            busy={send.isPending}
            disabled={files.length === 0 || sending > 0}
          >
            {t("workFiles.attach.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
