import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import type { Schemas } from "../../lib/schemas";

/** One time that somebody set a final grade by hand, or took it back. */
export type FinalGradeEntry = Schemas["OverrideEntry"];

export interface FinalGradeChange {
  percent: number | null;
  letter: string | null;
  status_code: string | null;
  reason: string;
  /** The version seen; 0 where nobody had set one. */
  version: number;
}

const pathOf = (courseId: number, userId: number) =>
  `/courses/${courseId}/learners/${userId}/final-grade`;

export const finalGradesQuery = (courseId: number, userId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "grades", userId, "final"],
    queryFn: async () => (await http.get<Page<FinalGradeEntry>>(pathOf(courseId, userId))).items,
  });

export const setFinalGrade = (courseId: number, userId: number, change: FinalGradeChange) =>
  http.put<Schemas["SetFinalGradeResponse"]>(pathOf(courseId, userId), change);

/** What can be said beside a final grade; an institution may use other codes by its programs. */
export const finalStatuses = [
  "incomplete",
  "in_progress",
  "deferred",
  "withdrawn",
  "audited",
] as const;
