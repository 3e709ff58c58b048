import { parseDecimal } from "../../../lib/numbers";
import type { GradeWrite } from "../grades-api";

export type Entry = { score: number | null; excused: boolean };

/** An excuse leaves the score as it is; a score typed into an excused cell counts again. */
export function changeOf(entry: Entry): Pick<GradeWrite, "score" | "status"> {
  return entry.excused ? { status: "excused" } : { score: entry.score, status: "computed" };
}

/** What a person typed into a score cell: a number, nothing, or EX. Undefined when it is none. */
export function parseEntry(text: string, locale: string): Entry | undefined {
  const plain = text.trim();
  if (plain === "" || plain === "-" || plain === "–") return { score: null, excused: false };
  if (/^ex$/i.test(plain)) return { score: null, excused: true };
  const score = parseDecimal(plain, locale);
  return score === undefined ? undefined : { score, excused: false };
}
