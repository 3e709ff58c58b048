import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { newKey } from "../../../lib/http";
import { asProblem } from "../../../lib/problem";
import type { SaveStatus } from "../../../ui/save-state";
import { type Draft, draftQuery, type SubmittedFile, saveDraft } from "../api";

export interface Unfinished {
  body_text: string;
  url: string;
  files: SubmittedFile[];
  /** By the ids of their questions. */
  answers: Record<string, string>;
}

interface Kept {
  body_text: string;
  url: string;
  answers?: Record<string, string>;
}

const PAUSE_MS = 1_000;
const empty: Unfinished = { body_text: "", url: "", files: [], answers: {} };

/**
 * A learner's unfinished work. It is sent a second after the last key; until the server has it, it is
 * also kept on this device, so that a lost connection or a closed page loses nothing.
 */
export function useDraft(assignmentId: number, who: number) {
  const storageKey = `lectern.draft.${who}.${assignmentId}`;
  const query = useQuery(draftQuery(assignmentId));
  const [work, setWork] = useState<Unfinished>(empty);
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  /** What somebody else of the group saved meanwhile; nothing is sent until one text is chosen. */
  const [met, setMet] = useState<Draft>();
  const waits = useRef(false);
  const latest = useRef(empty);
  const version = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef(Promise.resolve());
  const loaded = useRef(false);

  const send = useCallback(
    async (next: Unfinished) => {
      setStatus({ kind: "saving" });
      try {
        const saved = await saveDraft(assignmentId, {
          body_text: next.body_text,
          url: next.url,
          file_ids: next.files.map((file) => file.file_id),
          answers: next.answers,
          version: version.current,
        });
        version.current = saved.version;
        forget(storageKey);
        setStatus({ kind: "saved", at: saved.saved_at });
      } catch (error) {
        const problem = asProblem(error);
        // Another of the person's own windows saved first: theirs is this person's too, ours is newer.
        const current = problem.current as Draft | undefined;
        if (problem.status === 409 && current?.saved_by_name) {
          waits.current = true;
          setMet(current);
        } else if (problem.status === 409 && current) version.current = current.version;
        setStatus({ kind: "failed", offline: problem.offline, reason: problem.detail });
      }
    },
    [assignmentId, storageKey],
  );

  const change = useCallback(
    (part: (now: Unfinished) => Partial<Unfinished>) => {
      const next = { ...latest.current, ...part(latest.current) };
      latest.current = next;
      setWork(next);
      keep(storageKey, next);
      clearTimeout(timer.current);
      if (waits.current) return;
      timer.current = setTimeout(() => {
        saving.current = saving.current.then(() => send(latest.current));
      }, PAUSE_MS);
    },
    [send, storageKey],
  );

  useEffect(() => {
    const draft = query.data;
    if (!draft || loaded.current) return;
    loaded.current = true;
    version.current = draft.version;
    const kept = recall(storageKey);
    const files = draft.files;
    const answers = draft.answers ?? {};
    latest.current = { body_text: draft.body_text ?? "", url: draft.url ?? "", files, answers };
    setWork(latest.current);
    if (draft.saved_at) setStatus({ kind: "saved", at: draft.saved_at });
    if (!kept) return;
    if (draft.saved_by_name && !saysTheSame(kept, draft)) {
      // In a group somebody else may have gone on since.
      waits.current = true;
      setMet(draft);
    }
    // What this device kept was never taken by the server, so it is the newer text.
    change((now) => ({ ...kept, answers: { ...now.answers, ...kept.answers } }));
  }, [query.data, storageKey, change]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const clear = useCallback(() => {
    clearTimeout(timer.current);
    forget(storageKey);
    version.current = 0;
    latest.current = empty;
    setWork(empty);
    setStatus({ kind: "idle" });
  }, [storageKey]);

  /** Goes on with one's own text and the files of both, or with the other's. */
  const settle = useCallback(
    (mine: boolean) => {
      if (!met) return;
      waits.current = false;
      setMet(undefined);
      version.current = met.version;
      const files = [
        ...met.files,
        ...latest.current.files.filter((one) => met.files.every((f) => f.file_id !== one.file_id)),
      ];
      change((now) =>
        mine
          ? { ...now, files, answers: { ...met.answers, ...given(now.answers) } }
          : {
              body_text: met.body_text ?? "",
              url: met.url ?? "",
              files: met.files,
              answers: { ...now.answers, ...given(met.answers) },
            },
      );
    },
    [met, change],
  );

  return { query, work, change, status, clear, met, settle };
}

/** One key per draft: pressing twice, a retry or a reload hands in once. */
export function submissionKey(assignmentId: number, who: number): string {
  const name = `lectern.hand-in.${who}.${assignmentId}`;
  try {
    const known = localStorage.getItem(name) ?? newKey();
    localStorage.setItem(name, known);
    return known;
  } catch {
    return newKey();
  }
}

export function forgetSubmissionKey(assignmentId: number, who: number): void {
  forget(`lectern.hand-in.${who}.${assignmentId}`);
}

/** Where only one of two has answered, neither way of settling loses the answer. */
function given(answers: Record<string, string> | null): Record<string, string> {
  return Object.fromEntries(Object.entries(answers ?? {}).filter(([, answer]) => answer.trim()));
}

function saysTheSame(kept: Kept, draft: Draft): boolean {
  const theirs = draft.answers ?? {};
  return (
    kept.body_text === (draft.body_text ?? "") &&
    Object.entries(kept.answers ?? {}).every(([id, answer]) => (theirs[id] ?? "") === answer)
  );
}

function keep(name: string, { body_text, url, answers }: Unfinished): void {
  try {
    localStorage.setItem(name, JSON.stringify({ body_text, url, answers } satisfies Kept));
  } catch {
    // Storage may be full or refused; the server's copy is then the only one.
  }
}

function recall(name: string): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function forget(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept where storage is refused.
  }
}
