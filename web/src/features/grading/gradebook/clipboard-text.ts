/** Tabs and lines as spreadsheets put them on the clipboard; cells with either inside are quoted. */
export function toTsv(rows: string[][]): string {
  const quoted = (text: string) =>
    /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.map(quoted).join("\t")).join("\r\n");
}

/** The block a spreadsheet put on the clipboard. A line break at the very end is no further row. */
export function fromTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  const end = /\r?\n$/.test(text) ? text.replace(/\r?\n$/, "") : text;
  while (at <= end.length) {
    const cell = end[at] === '"' ? quotedCell(end, at) : plainCell(end, at);
    rows.at(-1)?.push(cell.text);
    at = cell.next;
    if (at >= end.length) break;
    if (end[at] === "\t") at += 1;
    else {
      at += end[at] === "\r" && end[at + 1] === "\n" ? 2 : 1;
      rows.push([]);
    }
  }
  return rows;
}

interface Read {
  text: string;
  /** Where the tab, the line break or the end stands. */
  next: number;
}

function plainCell(text: string, from: number): Read {
  const rest = text.slice(from);
  const length = /[\t\r\n]/.exec(rest)?.index ?? rest.length;
  return { text: rest.slice(0, length), next: from + length };
}

function quotedCell(text: string, from: number): Read {
  const found = /^"((?:[^"]|"")*)"(?=[\t\r\n]|$)/.exec(text.slice(from));
  if (!found) return plainCell(text, from);
  return { text: (found[1] ?? "").replaceAll('""', '"'), next: from + found[0].length };
}

type Deducted = (y: number, x: number) => boolean;

let copied: { tsv: string; deducted: Set<string> } | undefined;

/** Keeps, of the last block that was copied here, which scores had lost points for lateness. */
export function rememberCopy(tsv: string, isDeducted: Deducted): void {
  const deducted = new Set<string>();
  fromTsv(tsv).forEach((row, y) => {
    row.forEach((_, x) => {
      if (isDeducted(y, x)) deducted.add(`${y}:${x}`);
    });
  });
  copied = { tsv, deducted };
}

/** Which scores of a pasted block those are; none, when it was not copied here. */
export function deductedIn(text: string): Deducted {
  const lines = (words: string) => words.replaceAll("\r\n", "\n").trimEnd();
  const ours = copied && lines(copied.tsv) === lines(text) ? copied.deducted : new Set<string>();
  return (y, x) => ours.has(`${y}:${x}`);
}
