/** A stretch of one text; changed where the other text has something else, or nothing. */
export interface Stretch {
  text: string;
  changed: boolean;
}

export interface TextDiff {
  before: Stretch[];
  after: Stretch[];
  /** How many places differ. */
  places: number;
}

/** Where more differs than this, marking it would help nobody, and finding it would take long. */
const MOST_STEPS = 2_000;

/**
 * What differs between two texts: lines first, then the words of lines that changed. Null where they
 * have too little in common. By E. Myers, "An O(ND) difference algorithm and its variations", 1986.
 */
export function diffTexts(before: string, after: string): TextDiff | null {
  const lines = changes(linesOf(before), linesOf(after));
  if (!lines) return null;
  const diff: TextDiff = { before: [], after: [], places: 0 };
  for (const block of lines) {
    if (block.same) {
      add(diff.before, block.before.join(""), false);
      add(diff.after, block.after.join(""), false);
      continue;
    }
    const [old, fresh] = [block.before.join(""), block.after.join("")];
    const words = old && fresh ? changes(wordsOf(old), wordsOf(fresh)) : null;
    for (const part of words ?? [{ same: false, before: [old], after: [fresh] }]) {
      if (!part.same) diff.places += 1;
      add(diff.before, part.before.join(""), !part.same);
      add(diff.after, part.after.join(""), !part.same);
    }
  }
  return diff;
}

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const wordsOf = (text: string) =>
  text.match(/[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? [];

function add(all: Stretch[], text: string, changed: boolean) {
  if (!text) return;
  const last = all.at(-1);
  if (last && last.changed === changed) last.text += text;
  else all.push({ text, changed });
}

interface Block {
  same: boolean;
  before: string[];
  after: string[];
}

function changes(before: string[], after: string[]): Block[] | null {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const middle = walk(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  );
  if (!middle) return null;
  const head = before.slice(0, start);
  const tail = before.slice(before.length - end);
  return [
    ...(start > 0 ? [{ same: true, before: head, after: head }] : []),
    ...middle,
    ...(end > 0 ? [{ same: true, before: tail, after: tail }] : []),
  ];
}

/** The shortest way from one to the other; null when it has too many steps. */
function walk(before: string[], after: string[]): Block[] | null {
  const [n, m] = [before.length, after.length];
  if (n === 0 && m === 0) return [];
  if (n === 0 || m === 0) return [{ same: false, before, after }];
  const most = Math.min(n + m, MOST_STEPS);
  const reach = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  const mid = most + 1;
  for (let d = 0; d <= most; d += 1) {
    trace.push(reach.slice(mid - d - 1, mid + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(reach, mid + k - 1) < at(reach, mid + k + 1));
      let x = down ? at(reach, mid + k + 1) : at(reach, mid + k - 1) + 1;
      while (x < n && x - k < m && before[x] === after[x - k]) x += 1;
      reach[mid + k] = x;
      if (x >= n && x - k >= m) return back(trace, before, after);
    }
  }
  return null;
}

/** Walks the way found backwards, and puts its steps together. */
function back(trace: Int32Array[], before: string[], after: string[]): Block[] {
  const blocks: Block[] = [];
  const put = (same: boolean, old: string | undefined, fresh: string | undefined) => {
    let last = blocks.at(-1);
    if (!last || last.same !== same) {
      last = { same, before: [], after: [] };
      blocks.push(last);
    }
    if (old !== undefined) last.before.push(old);
    if (fresh !== undefined) last.after.push(fresh);
  };
  let [x, y] = [before.length, after.length];
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reach = trace[d] as Int32Array;
    // Each of these holds the diagonals from -d-1 to d+1.
    const of = (k: number) => at(reach, k + d + 1);
    const k = x - y;
    const down = k === -d || (k !== d && of(k - 1) < of(k + 1));
    const from = down ? k + 1 : k - 1;
    const px = d === 0 ? 0 : of(from);
    const py = d === 0 ? 0 : px - from;
    while (x > px && y > py) {
      x -= 1;
      y -= 1;
      put(true, before[x], after[y]);
    }
    if (d > 0) {
      if (down) put(false, undefined, after[py]);
      else put(false, before[px], undefined);
    }
    [x, y] = [px, py];
  }
  for (const block of blocks) {
    block.before.reverse();
    block.after.reverse();
  }
  return blocks.reverse();
}

const at = (numbers: Int32Array, index: number) => numbers[index] ?? 0;
