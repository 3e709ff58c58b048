import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, hasStatus } from "../../../lib/problem";
import type { SaveStatus } from "../../../ui/save-state";
import type { Said } from "../rubrics/use-assessment";
import { type PeerReview, type ReviewChange, type SavedReview, savePeerReview } from "./peers-api";

const PAUSE_MS = 800;

/**
 * One review being written: criteria are with the server when they are chosen, words soon after the
 * last key. Saves follow each other, so that each builds upon the version the one before brought.
 */
export function useReview(review: PeerReview, onSaved: (handedIn: boolean) => void) {
  const id = review.peer_review_id;
  const [now, setNow] = useState(review);
  const [text, setText] = useState(review.comment);
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const [sending, setSending] = useState<Record<string, Said>>({});
  const [handing, setHanding] = useState(false);
  const [error, setError] = useState<unknown>();
  /** What another window saved while other words were written here. */
  const [theirs, setTheirs] = useState<string>();
  const latest = useRef(review);
  const words = useRef(review.comment);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const queue = useRef(Promise.resolve());

  const take = useCallback((saved: SavedReview) => {
    latest.current = { ...latest.current, ...saved };
    setNow(latest.current);
  }, []);

  const send = useCallback(
    async (part: Omit<ReviewChange, "version">, again = true): Promise<void> => {
      setStatus({ kind: "saving" });
      setError(undefined);
      const { version, assessment, comment } = latest.current;
      try {
        const saved = await savePeerReview(id, {
          ...part,
          rubric_version: part.criteria ? assessment?.rubric.version : undefined,
          version,
        });
        take(saved);
        setStatus({ kind: "saved", at: saved.saved_at ?? new Date().toISOString() });
        onSaved(part.hand_in === true);
      } catch (failure) {
        const problem = asProblem(failure);
        const stands = problem.current as SavedReview | undefined;
        if (hasStatus(failure, 409) && stands) {
          take(stands);
          // Somebody's own other window: what it did not touch goes on, what it did is asked about.
          if (part.comment === undefined || stands.comment === comment) {
            if (again) return send(part, false);
          } else setTheirs(stands.comment);
        } else if (!problem.offline) setError(failure);
        setStatus({ kind: "failed", offline: problem.offline, reason: problem.detail });
      }
    },
    [id, onSaved, take],
  );

  const enqueue = useCallback(
    (part: () => Omit<ReviewChange, "version"> | null) => {
      queue.current = queue.current.then(() => {
        const said = part();
        return said ? send(said) : undefined;
      });
      return queue.current;
    },
    [send],
  );

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    return enqueue(() =>
      words.current === latest.current.comment ? null : { comment: words.current },
    );
  }, [enqueue]);

  const write = useCallback(
    (next: string) => {
      words.current = next;
      setText(next);
      setStatus({ kind: "saving" });
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, PAUSE_MS);
    },
    [flush],
  );

  const say = useCallback(
    (criterionId: string, said: Said) => {
      setSending((all) => ({ ...all, [criterionId]: said }));
      void enqueue(() => ({ criteria: [{ criterion_id: criterionId, ...said }] })).then(() =>
        setSending(({ [criterionId]: last, ...others }) =>
          last === undefined || last === said ? others : { ...others, [criterionId]: last },
        ),
      );
    },
    [enqueue],
  );

  const handIn = useCallback(() => {
    clearTimeout(timer.current);
    setHanding(true);
    void enqueue(() => ({ comment: words.current, hand_in: true })).then(() => setHanding(false));
  }, [enqueue]);

  const choose = useCallback(
    (mine: boolean) => {
      if (!mine) {
        words.current = latest.current.comment;
        setText(words.current);
        setStatus({ kind: "idle" });
      }
      setTheirs(undefined);
      if (mine) void flush();
    },
    [flush],
  );

  // Whoever goes on to the next review leaves nothing behind.
  useEffect(() => () => void flush(), [flush]);
  // What could not be sent is sent when there is a way again.
  useEffect(() => {
    const back = () => void flush();
    window.addEventListener("online", back);
    return () => window.removeEventListener("online", back);
  }, [flush]);

  return { now, text, status, sending, handing, error, theirs, write, say, handIn, choose };
}
