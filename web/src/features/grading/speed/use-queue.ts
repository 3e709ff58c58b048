import { useCallback, useEffect, useRef, useState } from "react";
import {
  claimWork,
  type GradingWork,
  type Progress,
  readWork,
  releaseClaim,
  renewClaims,
} from "./speed-api";

/** The one on the desk and three ahead; a handful of earlier ones stays for going back. */
const HELD = 4;
const KEPT = 8;
const HEARTBEAT_MS = 60_000;

export interface QueueFilter {
  section: number | null;
  order: "oldest" | "name";
}

/**
 * Work as it comes to one grader. The page never holds more than a handful of pieces, however many
 * wait: the server gives the next ones, and no other grader the same.
 */
export function useQueue(assignmentId: number, filter: QueueFilter) {
  const { section, order } = filter;
  const cache = useRef(new Map<number, GradingWork>());
  const ahead = useRef<number[]>([]);
  const trail = useRef<number[]>([]);
  const place = useRef(-1);
  const filling = useRef<Promise<void>>(undefined);
  // When each piece was left: an answer that set out before knows it no better.
  const left = useRef(new Map<number, number>());
  const clock = useRef(0);
  const [current, setCurrent] = useState<GradingWork>();
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<unknown>();
  const [done, setDone] = useState(false);

  const fill = useCallback(() => {
    filling.current ??= (async () => {
      try {
        const known = [...cache.current.keys()];
        const begun = clock.current;
        const answer = await claimWork(assignmentId, {
          section_id: section,
          order,
          count: HELD,
          known,
        });
        setError(undefined);
        setProgress(answer.progress);
        const here = trail.current[place.current];
        const coming = answer.claims.filter(
          ({ user_id }) => user_id !== here && (left.current.get(user_id) ?? -1) < begun,
        );
        for (const claim of coming) {
          if (claim.work) cache.current.set(claim.user_id, claim.work);
        }
        ahead.current = coming.map((claim) => claim.user_id);
      } catch (failure) {
        setError(failure);
      } finally {
        filling.current = undefined;
      }
    })();
    return filling.current;
  }, [assignmentId, section, order]);

  const show = useCallback(
    async (userId: number) => {
      let work = cache.current.get(userId);
      if (!work) {
        try {
          work = await readWork(assignmentId, userId);
        } catch (failure) {
          setError(failure);
          return;
        }
        cache.current.set(userId, work);
      }
      setDone(false);
      setCurrent(work);
      const kept = new Set([...trail.current.slice(-2), userId, ...ahead.current]);
      for (const id of cache.current.keys()) {
        if (cache.current.size <= KEPT) break;
        if (!kept.has(id)) cache.current.delete(id);
      }
    },
    [assignmentId],
  );

  const advance = useCallback(async () => {
    if (place.current < trail.current.length - 1) {
      place.current += 1;
      return show(trail.current[place.current] as number);
    }
    if (ahead.current.length === 0) await fill();
    const next = ahead.current.shift();
    if (next === undefined) {
      setCurrent(undefined);
      setDone(true);
      return;
    }
    trail.current = [...trail.current.slice(-50), next];
    place.current = trail.current.length - 1;
    await show(next);
    void fill();
  }, [fill, show]);

  /** Goes on; work that was not graded goes to the end of the queue. */
  const next = useCallback(
    async (graded: boolean) => {
      const here = trail.current[place.current];
      if (here !== undefined) {
        // Read again when one comes back to it.
        cache.current.delete(here);
        left.current.set(here, clock.current++);
        ahead.current = ahead.current.filter((id) => id !== here);
        if (!graded && place.current === trail.current.length - 1) {
          await releaseClaim(assignmentId, here, true).catch(setError);
        }
      }
      await advance();
    },
    [assignmentId, advance],
  );

  const previous = useCallback(async () => {
    if (place.current <= 0) return;
    place.current -= 1;
    const to = trail.current[place.current] as number;
    cache.current.delete(to);
    await show(to);
  }, [show]);

  /** Opens a piece of work by its learner, for an undo say. */
  const open = useCallback(
    async (userId: number) => {
      cache.current.delete(userId);
      const known = trail.current.lastIndexOf(userId);
      if (known >= 0) place.current = known;
      else {
        trail.current = [...trail.current, userId];
        place.current = trail.current.length - 1;
      }
      await show(userId);
    },
    [show],
  );

  useEffect(() => {
    const held = cache.current;
    trail.current = [];
    place.current = -1;
    ahead.current = [];
    left.current.clear();
    held.clear();
    void fill().then(advance);
    const timer = setInterval(() => {
      const here = trail.current[place.current];
      const mine = [...(here === undefined ? [] : [here]), ...ahead.current];
      if (mine.length > 0) renewClaims(assignmentId, mine).catch(() => {});
    }, HEARTBEAT_MS);
    return () => {
      clearInterval(timer);
      // What was only taken ahead is somebody else's at once; the rest lapses by itself.
      for (const id of ahead.current) releaseClaim(assignmentId, id, false).catch(() => {});
      held.clear();
    };
  }, [assignmentId, fill, advance]);

  const isFirst = place.current <= 0;
  return { current, progress, error, done, isFirst, next, previous, open, fill };
}
