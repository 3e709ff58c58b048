import type { TextRange } from "./similarity-api";

export interface Segment {
  at: number;
  text: string;
  /** Which passage this is part of; undefined for the rest. */
  passage?: number;
  leftOut?: boolean;
}

/** A text in pieces that are each drawn in one way. Passages are in order and do not overlap. */
export function segmentsOf(text: string, passages: TextRange[], leftOut: TextRange[]): Segment[] {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...passages, ...leftOut]) {
    cuts.add(Math.min(start, text.length));
    cuts.add(Math.min(end, text.length));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const segments: Segment[] = [];
  let passage = 0;
  let out = 0;
  for (let i = 0; i + 1 < places.length; i++) {
    const at = places[i] ?? 0;
    while ((passages[passage]?.end ?? text.length + 1) <= at) passage++;
    while ((leftOut[out]?.end ?? text.length + 1) <= at) out++;
    segments.push({
      at,
      text: text.slice(at, places[i + 1]),
      passage: holds(passages[passage], at) ? passage : undefined,
      leftOut: holds(leftOut[out], at) || undefined,
    });
  }
  return segments;
}

/** Ranges in order, those that touch as one. */
export function merged(ranges: TextRange[]): TextRange[] {
  const done: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = done.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else done.push({ ...range });
  }
  return done;
}

function holds(range: TextRange | undefined, at: number): boolean {
  return range !== undefined && range.start <= at && at < range.end;
}
