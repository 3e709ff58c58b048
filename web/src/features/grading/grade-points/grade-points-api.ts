import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";

export type LearnerGradePoints = Schemas["LearnerGradePoints"];

export type TermGradePoints = Schemas["TermGradePoints"];

export type CourseGradePoints = Schemas["CourseGradePoints"];

export type GradePointAverage = Schemas["GradePointAverage"];

export const myGradePointsQuery = queryOptions({
  queryKey: ["grade-points", "mine"],
  queryFn: () => http.get<LearnerGradePoints>("/grade-points/mine"),
});

export const observedGradePointsQuery = (userId: number) =>
  queryOptions({
    queryKey: ["grade-points", userId],
    queryFn: () => http.get<LearnerGradePoints>(`/learners/${userId}/grade-points`),
  });

/** What the averages would be with these letters, by course. The server works it out. */
export const forecastGradePoints = (guesses: ReadonlyMap<number, string>) =>
  http.post<LearnerGradePoints>("/grade-points/mine/forecasts", {
    guesses: [...guesses].map(([course_id, letter]) => ({ course_id, letter })),
  });
