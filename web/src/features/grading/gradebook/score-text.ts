import { parseDecimal } from "../../../lib/numbers";

export type Entry = { score: number | null; excused: boolean };

/** What a person typed into a score cell: a number, nothing, or EX. Undefined when it is none. */
export function parseEntry(text: string, locale: string): Entry | undefined {
  const plain = text.trim();
  if (plain === "" || plain === "-" || plain === "–") return { score: null, excused: false };
  if (/^ex$/i.test(plain)) return { score: null, excused: true };
  const score = parseDecimal(plain, locale);
  return score === undefined ? undefined : { score, excused: false };
}
