import { useCallback, useEffect, useRef, useState } from "react";

const TICK_MS = 1000;
/** Who does nothing for so long is not grading. */
const IDLE_MS = 60_000;
const MOST = 200;
const LEAST_SECONDS = 2;

interface Kept {
  shown: boolean;
  /** How many seconds each piece took, the latest last: of whose work is not kept. */
  seconds: number[];
}

const nothing: Kept = { shown: false, seconds: [] };

function read(key: string): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    return Array.isArray(kept?.seconds)
      ? { shown: Boolean(kept.shown), seconds: kept.seconds }
      : nothing;
  } catch {
    return nothing;
  }
}

function write(key: string, kept: Kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing shows the present piece only.
  }
}

/**
 * How long whoever grades takes for a piece of work. It is counted and kept in this browser alone and
 * only while it is shown; nothing of it is ever sent.
 */
export function usePace(scope: string, piece: number | undefined) {
  const key = `lectern.pace.${scope}`;
  const [kept, setKept] = useState(() => read(key));
  const [seconds, setSeconds] = useState(0);
  const counted = useRef(0);
  const touched = useRef(Date.now());
  const { shown } = kept;

  const change = useCallback(
    (next: (now: Kept) => Kept) =>
      setKept((now) => {
        const then = next(now);
        write(key, then);
        return then;
      }),
    [key],
  );

  useEffect(() => {
    if (!shown || piece === undefined) return;
    counted.current = 0;
    setSeconds(0);
    touched.current = Date.now();
    const touch = () => {
      touched.current = Date.now();
    };
    const events = ["keydown", "pointerdown", "pointermove", "wheel", "scroll"];
    for (const event of events)
      window.addEventListener(event, touch, { passive: true, capture: true });
    const timer = setInterval(() => {
      if (document.hidden || Date.now() - touched.current > IDLE_MS) return;
      counted.current += 1;
      setSeconds(counted.current);
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      for (const event of events) window.removeEventListener(event, touch, { capture: true });
      const took = counted.current;
      if (took >= LEAST_SECONDS)
        change((now) => ({ ...now, seconds: [...now.seconds, took].slice(-MOST) }));
    };
  }, [shown, piece, change]);

  return {
    shown,
    seconds,
    pieces: kept.seconds.length,
    usual: median(kept.seconds),
    show: (wanted: boolean) => change((now) => ({ ...now, shown: wanted })),
    forget: () => change((now) => ({ ...now, seconds: [] })),
  };
}

/** The one in the middle: a piece that was left open over lunch moves it little. */
export function median(numbers: number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
