import { useCallback, useEffect, useRef, useState } from "react";

/** The one on the desk and three ahead; a handful of earlier ones stays for going back. */
const HELD = 4;
const KEPT = 8;
const HEARTBEAT_MS = 60_000;

/** Where work comes from, by the keys its pieces have. Another source begins anew. */
export interface ClaimSource<K, T, P> {
  /** Holds so many pieces in all; those whose keys are known are not sent again. */
  claim: (
    count: number,
    known: K[],
  ) => Promise<{ claims: { key: K; item: T | null }[]; progress: P }>;
  /** One piece, without taking it. */
  read: (key: K) => Promise<T>;
  renew: (keys: K[]) => Promise<unknown>;
  release: (key: K, skip: boolean) => Promise<unknown>;
}

/**
 * Work as it comes to one grader. The page never holds more than a handful of pieces, however many
 * wait: the server gives the next ones, and no other grader the same.
 */
export function useClaims<K, T, P>(source: ClaimSource<K, T, P>) {
  const cache = useRef(new Map<K, T>());
  const ahead = useRef<K[]>([]);
  const trail = useRef<K[]>([]);
  const place = useRef(-1);
  const filling = useRef<Promise<void>>(undefined);
  // When each piece was left: an answer that set out before knows it no better.
  const left = useRef(new Map<K, number>());
  const clock = useRef(0);
  const [current, setCurrent] = useState<T>();
  const [progress, setProgress] = useState<P>();
  const [error, setError] = useState<unknown>();
  const [done, setDone] = useState(false);

  const fill = useCallback(() => {
    filling.current ??= (async () => {
      try {
        const known = [...cache.current.keys()];
        const begun = clock.current;
        const answer = await source.claim(HELD, known);
        setError(undefined);
        setProgress(answer.progress);
        const here = trail.current[place.current];
        const coming = answer.claims.filter(
          ({ key }) => key !== here && (left.current.get(key) ?? -1) < begun,
        );
        for (const claim of coming) {
          if (claim.item) cache.current.set(claim.key, claim.item);
        }
        ahead.current = coming.map((claim) => claim.key);
      } catch (failure) {
        setError(failure);
      } finally {
        filling.current = undefined;
      }
    })();
    return filling.current;
  }, [source]);

  const show = useCallback(
    async (key: K) => {
      let item = cache.current.get(key);
      if (!item) {
        try {
          item = await source.read(key);
        } catch (failure) {
          setError(failure);
          return;
        }
        cache.current.set(key, item);
      }
      setDone(false);
      setCurrent(item);
      const kept = new Set([...trail.current.slice(-2), key, ...ahead.current]);
      for (const id of cache.current.keys()) {
        if (cache.current.size <= KEPT) break;
        if (!kept.has(id)) cache.current.delete(id);
      }
    },
    [source],
  );

  const advance = useCallback(async () => {
    if (place.current < trail.current.length - 1) {
      place.current += 1;
      return show(trail.current[place.current] as K);
    }
    // Nothing is on the desk now: what was there may be the next again, the rest of it or all.
    place.current = trail.current.length;
    // An answer under way may have set out before that.
    if (ahead.current.length === 0) await filling.current;
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
          await source.release(here, true).catch(setError);
        }
      }
      await advance();
    },
    [source, advance],
  );

  const previous = useCallback(async () => {
    if (place.current <= 0) return;
    place.current -= 1;
    const to = trail.current[place.current] as K;
    cache.current.delete(to);
    await show(to);
  }, [show]);

  /** Opens a piece of work by its key, for an undo say. */
  const open = useCallback(
    async (key: K) => {
      cache.current.delete(key);
      const known = trail.current.lastIndexOf(key);
      if (known >= 0) place.current = known;
      else {
        trail.current = [...trail.current, key];
        place.current = trail.current.length - 1;
      }
      await show(key);
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
      if (mine.length > 0) source.renew(mine).catch(() => {});
    }, HEARTBEAT_MS);
    return () => {
      clearInterval(timer);
      // What was only taken ahead is somebody else's at once; the rest lapses by itself.
      for (const key of ahead.current) source.release(key, false).catch(() => {});
      held.clear();
    };
  }, [source, fill, advance]);

  const isFirst = place.current <= 0;
  return { current, progress, error, done, isFirst, next, previous, open, fill };
}
