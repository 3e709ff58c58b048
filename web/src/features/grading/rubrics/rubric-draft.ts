import { newKey } from "../../../lib/http";
import type { CriterionInput, RatingInput, Rubric, RubricInput } from "./rubrics-api";

/** A rating while it is edited; its points are what was typed. */
export interface RatingDraft extends Omit<RatingInput, "points"> {
  key: string;
  points: string;
}

export interface CriterionDraft extends Omit<CriterionInput, "points" | "ratings"> {
  key: string;
  points: string;
  ratings: RatingDraft[];
}

export interface RubricDraft {
  title: string;
  criteria: CriterionDraft[];
}

export const blankRating = (points = "0"): RatingDraft => ({
  key: newKey(),
  description: "",
  points,
});

export const blankCriterion = (): CriterionDraft => ({
  key: newKey(),
  description: "",
  long_description: "",
  points: "5",
  ratings: [blankRating("5"), blankRating("0")],
  ranges: false,
  free_comments: true,
  scoring: true,
});

export function draftOf(rubric: Rubric | undefined, say: (points: number) => string): RubricDraft {
  if (!rubric) return { title: "", criteria: [blankCriterion()] };
  return { title: rubric.title, criteria: rubric.criteria.map((one) => criterionOf(one, say)) };
}

export function criterionOf(
  criterion: CriterionInput,
  say: (points: number) => string,
): CriterionDraft {
  return {
    ...criterion,
    key: newKey(),
    points: say(criterion.points),
    ratings: criterion.ratings.map((rating) => ({
      ...rating,
      key: newKey(),
      points: say(rating.points),
    })),
  };
}

/** What is sent; points that are no number are left to the server, which says so beside the field. */
export function inputOf(
  draft: RubricDraft,
  read: (text: string) => number | undefined,
): RubricInput {
  const points = (text: string) => read(text) ?? (null as unknown as number);
  return {
    title: draft.title.trim(),
    criteria: draft.criteria.map(({ key: _, ratings, ...criterion }) => ({
      ...criterion,
      points: points(criterion.points),
      ratings: ratings.map(({ key: __, ...rating }) => ({
        ...rating,
        points: points(rating.points),
      })),
    })),
  };
}

/** The same list with one thing a place further up (-1) or down (1). */
export function moved<T>(list: T[], at: number, by: number): T[] {
  const to = at + by;
  if (to < 0 || to >= list.length) return list;
  const next = [...list];
  next.splice(to, 0, ...next.splice(at, 1));
  return next;
}
