import { useCallback, useEffect, useRef, useState } from "react";
import type { Take, TakeKeeper } from "./voice-takes";

/** As long as the server takes; a recording stops here by itself. */
export const LONGEST_SECONDS = 600;

const PART_MS = 1000;
const LEVEL_MS = 100;
const types = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

export type Recording =
  | { kind: "looking" }
  | { kind: "none"; because?: "blocked" | "unsupported" }
  | { kind: "asking" }
  | { kind: "recording" }
  | { kind: "recorded"; take: Take; blob: Blob; kept: boolean };

interface Running {
  recorder: MediaRecorder;
  stream: MediaStream;
  stopLevel: () => void;
}

/** Records the voice of whoever grades, and keeps every second of it in this browser at once. */
export function useRecorder(work: string, keeper: TakeKeeper | undefined) {
  const [recording, setRecording] = useState<Recording>({ kind: "looking" });
  const [level, setLevel] = useState(0);
  const [seconds, setSeconds] = useState(0);
  const running = useRef<Running>(undefined);

  // What was recorded before and never sent, by this page or by one that died.
  useEffect(() => {
    if (!keeper) return;
    let here = true;
    keeper.read(work).then(
      (found) => here && setRecording(found ? { kind: "recorded", ...found, kept: true } : none),
      () => here && setRecording(none),
    );
    return () => {
      here = false;
    };
  }, [work, keeper]);

  const release = useCallback(() => {
    const now = running.current;
    running.current = undefined;
    if (!now) return;
    now.stopLevel();
    for (const track of now.stream.getTracks()) track.stop();
  }, []);

  const stop = useCallback(() => {
    if (running.current?.recorder.state === "recording") running.current.recorder.stop();
  }, []);

  // Whoever leaves stops recording; what was said stays kept.
  useEffect(
    () => () => {
      stop();
      release();
    },
    [stop, release],
  );

  const start = useCallback(async () => {
    const type = types.find((one) => globalThis.MediaRecorder?.isTypeSupported(one));
    if (!keeper || !type || !navigator.mediaDevices) {
      setRecording({ kind: "none", because: "unsupported" });
      return;
    }
    setRecording({ kind: "asking" });
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      setRecording({ kind: "none", because: "blocked" });
      return;
    }
    const take: Take = { work, startedAt: Date.now(), type, seconds: 0 };
    const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 48_000 });
    const parts: Blob[] = [];
    let saving = keeper.begin(take);
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return;
      parts.push(data);
      const number = parts.length;
      saving = saving.then(() => keeper.add(work, number, data));
      const length = Math.round((Date.now() - take.startedAt) / 1000);
      setSeconds(length);
      if (length >= LONGEST_SECONDS) stop();
    };
    recorder.onstop = () => {
      release();
      const length = Math.max(1, Math.round((Date.now() - take.startedAt) / 1000));
      const ended = { ...take, seconds: Math.min(length, LONGEST_SECONDS) };
      const blob = new Blob(parts, { type });
      void saving
        .then(() => keeper.save(ended))
        .then(
          () => setRecording({ kind: "recorded", take: ended, blob, kept: true }),
          // No room: it is in this page alone.
          () => setRecording({ kind: "recorded", take: ended, blob, kept: false }),
        );
    };
    running.current = { recorder, stream, stopLevel: watchLevel(stream, setLevel) };
    setSeconds(0);
    setRecording({ kind: "recording" });
    recorder.start(PART_MS);
  }, [work, keeper, stop, release]);

  const discard = useCallback(async () => {
    await keeper?.drop(work).catch(() => {});
    setRecording(none);
  }, [work, keeper]);

  return { recording, level, seconds, start, stop, discard };
}

const none: Recording = { kind: "none" };

/** How loud it is, from 0 to 1, ten times a second. */
function watchLevel(stream: MediaStream, tell: (level: number) => void): () => void {
  if (!globalThis.AudioContext) return () => {};
  const context = new AudioContext();
  void context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(wave);
    const power = wave.reduce((sum, one) => sum + one * one, 0) / wave.length;
    // Speech at arm's length fills about two thirds.
    tell(Math.min(1, Math.sqrt(power) * 5));
  }, LEVEL_MS);
  return () => {
    clearInterval(timer);
    void context.close();
    tell(0);
  };
}
