import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem } from "../../../lib/problem";
import type { SaveStatus } from "../../../ui/save-state";
import { type Note, sayNote } from "./annotations-api";

const PAUSE_MS = 800;
const onTheirWay = new Set<Promise<void>>();

/** When the words of all notes that were left are with the server, or could not be sent. */
export const wordsAreSaved = () => Promise.all(onTheirWay);

/** The words of one note as they are typed: with the server soon after the last key. */
export function useNoteWords(note: Note, onSaved: (note: Note) => void) {
  const [text, setText] = useState(note.body);
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const version = useRef(note.version);
  const latest = useRef(note.body);
  const dirty = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef(Promise.resolve());
  const id = note.annotation_id;
  const told = useRef(onSaved);
  told.current = onSaved;

  // Changed in another window of one's own, and nothing typed here since.
  useEffect(() => {
    if (dirty.current || note.version <= version.current) return;
    version.current = note.version;
    latest.current = note.body;
    setText(note.body);
  }, [note.version, note.body]);

  const send = useCallback(async () => {
    if (!dirty.current) return;
    dirty.current = false;
    const body = latest.current;
    try {
      const saved = await sayNote(id, body, version.current);
      version.current = saved.version;
      setStatus({ kind: "saved", at: saved.changed_at });
      told.current(saved);
    } catch (error) {
      const problem = asProblem(error);
      const stands = problem.current as Note | undefined;
      if (problem.status === 409 && stands) version.current = stands.version;
      // The first answer was lost, say.
      if (stands?.body === body) {
        setStatus({ kind: "saved", at: stands.changed_at });
        return;
      }
      dirty.current = true;
      setStatus({ kind: "failed", offline: problem.offline, reason: problem.detail });
    }
  }, [id]);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const sending = saving.current.then(send);
    saving.current = sending;
    onTheirWay.add(sending);
    return sending.finally(() => onTheirWay.delete(sending));
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

  // Whoever goes on leaves nothing behind.
  useEffect(() => () => void flush(), [flush]);

  return { text, change, status, flush };
}
