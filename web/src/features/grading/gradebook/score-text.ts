import type { TFunction } from "i18next";
import { formatNumber, formatPercent, parseDecimal } from "../../../lib/numbers";
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

/** How an assignment is graded: what can be typed beside points, and how a score is shown. */
export interface Scale {
  type: string;
  points: number;
  /** The course's letters, if it has any. */
  bands: readonly { letter: string; lower_percent: number }[];
}

/**
 * What a person typed into a score cell: a number of points, nothing, EX, a percent such as 85 %, a
 * letter where letters are given, or pass and fail where that is the grade. Undefined when it is none.
 */
export function parseEntry(text: string, locale: string, scale?: Scale): Entry | undefined {
  const plain = text.trim();
  if (plain === "" || plain === "-" || plain === "–") return { score: null, excused: false };
  if (/^ex$/i.test(plain)) return { score: null, excused: true };
  const score = parseDecimal(plain, locale) ?? (scale && readOn(plain, locale, scale));
  return score === undefined ? undefined : { score, excused: false };
}

const passes = /^(pass|passed|p|ناجح|✓)$/i;
const fails = /^(fail|failed|f|راسب|✗)$/i;

function readOn(text: string, locale: string, { type, points, bands }: Scale) {
  if (/[%٪]$/.test(text)) {
    const percent = parseDecimal(text.slice(0, -1), locale);
    return percent === undefined || points <= 0 ? undefined : ofPoints(percent, points);
  }
  if (type === "pass_fail") return passes.test(text) ? points : fails.test(text) ? 0 : undefined;
  const percent = hasLetters(type) ? percentOf(text, bands) : undefined;
  return percent === undefined ? undefined : ofPoints(percent, points);
}

/** Whether what is typed here may begin with a letter of the alphabet. */
export const takesWords = ({ type }: Scale) => hasLetters(type) || type === "pass_fail";

/** Why a text is no grade here: a key of the messages, and what it names. */
export function refusedWords(text: string, { type, bands }: Scale) {
  if (type === "pass_fail") return { key: "grading.notPassFail", values: { text } };
  if (!hasLetters(type)) return { key: "grading.notAScore", values: { text } };
  return bands.length === 0
    ? { key: "grading.noLetters", values: { text } }
    : {
        key: "grading.notALetter",
        values: { text, letters: bands.map((band) => band.letter).join(", ") },
      };
}

const hasLetters = (type: string) => type === "letter" || type === "gpa";

/** To the four decimals a score can have. */
const ofPoints = (percent: number, points: number) => Math.round(percent * points * 100) / 10_000;

const plainLetter = (letter: string) => letter.trim().toUpperCase().replaceAll("−", "-");

/**
 * The percent a letter stands for, by the calculator's rule for a final grade: 100 for the best, else
 * one step below the next better letter, so that the letter shown for it is the letter typed.
 */
function percentOf(letter: string, bands: Scale["bands"]): number | undefined {
  const ordered = [...bands].sort((a, b) => b.lower_percent - a.lower_percent);
  const at = ordered.findIndex((band) => plainLetter(band.letter) === plainLetter(letter));
  const [band, above] = [ordered[at], ordered[at - 1]];
  if (!band) return undefined;
  if (!above) return 100;
  const range = above.lower_percent - band.lower_percent;
  return above.lower_percent - (range > 1 ? 1 : range > 0.1 ? 0.1 : 0.01);
}

/** The letter a score earns; undefined where there are no letters or no points. */
export function letterOf(score: number, { type, points, bands }: Scale): string | undefined {
  if (!hasLetters(type) || points <= 0) return undefined;
  const percent = (score / points) * 100;
  const ordered = [...bands].sort((a, b) => b.lower_percent - a.lower_percent);
  return (ordered.find((band) => percent >= band.lower_percent - 1e-9) ?? ordered.at(-1))?.letter;
}

/** A score as its assignment is graded: points, with the letter, as a percent, or in a word. */
export function scoreWords(score: number, scale: Scale, locale: string, t: TFunction): string {
  const { type, points } = scale;
  if (type === "percent" && points > 0) return formatPercent((score / points) * 100, locale);
  if (type === "pass_fail" && (score === 0 || score >= points)) {
    return t(score === 0 ? "grading.passFail.fail" : "grading.passFail.pass");
  }
  const letter = letterOf(score, scale);
  return letter ? `${formatNumber(score, locale)} ${letter}` : formatNumber(score, locale);
}
