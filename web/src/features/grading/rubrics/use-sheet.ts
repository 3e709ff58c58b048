import { useState } from "react";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import type { Schemas } from "../../../lib/schemas";
import { parseEntry } from "../gradebook/score-text";
import type { Rubric } from "./rubrics-api";
import type { Said } from "./use-assessment";

/** An assessment that stands beside the ledger. */
export type Sheet = Schemas["AssessmentSheet"];

/** What is sent of a score and an assessment that are said at once. */
export interface Judgement {
  score: number | null;
  rubric_version?: number;
  criteria?: (Said & { criterion_id: string })[];
}

interface SheetStart {
  rubric?: Rubric;
  totalIsScore?: boolean;
  sheet?: Sheet | null;
  score?: number | null;
}

/** What the criteria that count have earned, and whether none of them is open. */
export function totalOf(rubric: Rubric | undefined, said: Record<string, Said>) {
  const scoring = rubric?.criteria.filter((one) => one.scoring) ?? [];
  const points = scoring.map((one) => said[one.criterion_id]?.points ?? null);
  const earned = points.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return {
    // Tenths add up to more than they are.
    earned: Math.round(earned * 10_000) / 10_000,
    complete: points.length > 0 && points.every((one) => one !== null),
  };
}

/**
 * A score and an assessment made on the page and sent whole; the score follows the total until
 * somebody types another.
 */
export function useSheet({ rubric, totalIsScore, sheet, score = null }: SheetStart) {
  const locale = useLocale();
  const show = (value: number | null) => (value === null ? "" : formatNumber(value, locale, 6));
  const [said, setSaid] = useState<Record<string, Said>>(() =>
    Object.fromEntries(
      (sheet?.criteria ?? []).map(({ criterion_id, ...one }) => [criterion_id, one]),
    ),
  );
  const [text, setText] = useState(show(score));
  const entry = parseEntry(text, locale);
  const followed = (all: Record<string, Said>) => {
    const { earned, complete } = totalOf(rubric, all);
    return totalIsScore && complete ? show(earned) : "";
  };
  const input: Judgement = {
    score: entry?.score ?? null,
    ...(rubric && {
      rubric_version: rubric.version,
      criteria: rubric.criteria.map(({ criterion_id }) => ({
        criterion_id,
        points: said[criterion_id]?.points ?? null,
        rating_id: said[criterion_id]?.rating_id ?? null,
        comment: said[criterion_id]?.comment ?? null,
      })),
    }),
  };
  return {
    said,
    text,
    setText,
    input,
    /** False: what was typed is no score. */
    readable: entry !== undefined && !entry?.excused,
    say(criterionId: string, one: Said) {
      const next = { ...said, [criterionId]: one };
      setSaid(next);
      setText((was) => (was === "" || was === followed(said) ? followed(next) : was));
    },
  };
}
