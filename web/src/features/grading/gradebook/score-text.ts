import { parseDecimal } from "../../../lib/numbers";
import type { GradeWrite } from "../grades-api";

export type Entry = { score: number | null; excused: boolean };

/**
 * What to ask for, and no more: a grader's word on lateness is not taken back by typing a score. An
 * excuse leaves the score as it is, and so does lifting it; a score typed into an excused cell
 * counts again by itself.
 */
export function changeOf(entry: Entry, before: Entry): Pick<GradeWrite, "score" | "status"> {
  if (entry.excused) return { status: "excused" };
  if (!before.excused) return { score: entry.score };
  if (entry.score === before.score) return { status: "computed" };
  return entry.score === null ? { score: null, status: "computed" } : { score: entry.score };
}

/** What a person typed into a score cell: a number, nothing, or EX. Undefined when it is none. */
export function parseEntry(text: string, locale: string): Entry | undefined {
  const plain = text.trim();
  if (plain === "" || plain === "-" || plain === "–") return { score: null, excused: false };
  if (/^ex$/i.test(plain)) return { score: null, excused: true };
  const score = parseDecimal(plain, locale);
  return score === undefined ? undefined : { score, excused: false };
}
