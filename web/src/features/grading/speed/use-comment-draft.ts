import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem } from "../../../lib/problem";
import type { SaveStatus } from "../../../ui/save-state";
import { type GradingWork, saveCommentDraft } from "./speed-api";

const PAUSE_MS = 800;

/** What a grader is writing of one piece of work: with the server soon after the last key. */
export function useCommentDraft(assignmentId: number, item: GradingWork) {
  const userId = item.work.user_id;
  const [text, setText] = useState(item.draft?.body ?? "");
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const version = useRef(item.draft?.version ?? 0);
  const latest = useRef(text);
  const dirty = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef(Promise.resolve());

  const send = useCallback(async () => {
    if (!dirty.current) return;
    dirty.current = false;
    const body = latest.current;
    try {
      const saved = await saveCommentDraft(assignmentId, userId, {
        body,
        version: version.current,
      });
      version.current = saved.version;
      setStatus({ kind: "saved", at: saved.saved_at });
    } catch (error) {
      const problem = asProblem(error);
      const stands = problem.current as { version: number } | undefined;
      // Another of the grader's own windows: theirs is this person's too, and this one is newer.
      if (problem.status === 409) version.current = stands?.version ?? 0;
      dirty.current = true;
      setStatus({ kind: "failed", offline: problem.offline, reason: problem.detail });
    }
  }, [assignmentId, userId]);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    saving.current = saving.current.then(send);
  }, [send]);

  const change = useCallback(
    (next: string) => {
      latest.current = next;
      dirty.current = true;
      setText(next);
      setStatus({ kind: "saving" });
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, PAUSE_MS);
    },
    [flush],
  );

  /** Said with the grade: the server has dropped the draft. */
  const said = useCallback(() => {
    clearTimeout(timer.current);
    dirty.current = false;
    version.current = 0;
    latest.current = "";
    setText("");
    setStatus({ kind: "idle" });
  }, []);

  // Whoever goes on to the next work leaves nothing behind.
  useEffect(() => () => flush(), [flush]);

  return { text, change, said, status };
}
