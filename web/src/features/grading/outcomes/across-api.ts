import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";
import { pagedQuery } from "../../../lib/query-client";
import type { Schemas } from "../../../lib/schemas";
import type { Owner } from "./outcomes-api";

export type CourseStanding = Schemas["CourseStanding"];

export type WaitingLearner = Schemas["WaitingLearner"];

export type OutcomeExport = Schemas["OutcomeExport"];

export type OutcomeImport = Schemas["OutcomeImport"];

export type OutcomeHistory = Schemas["GetOutcomeResponse"];

export const outcomeQuery = (outcomeId: number) =>
  queryOptions({
    queryKey: ["outcome", outcomeId],
    queryFn: () => http.get<OutcomeHistory>(`/outcomes/${outcomeId}`),
  });

export const outcomeCoursesQuery = (outcomeId: number) =>
  pagedQuery<CourseStanding>(["outcome", outcomeId, "courses"], `/outcomes/${outcomeId}/courses`);

export const waitingLearnersQuery = (courseOutcomeId: number) =>
  pagedQuery<WaitingLearner>(
    ["course-outcome", courseOutcomeId, "waiting"],
    `/course-outcomes/${courseOutcomeId}/waiting-learners`,
  );

export const createOutcomeExport = (outcomeId: number) =>
  http.post<OutcomeExport>(`/outcomes/${outcomeId}/exports`);

/** Looked at every second until the file is there or its job has given up. */
export const outcomeExportQuery = (outcomeId: number, exportId: number) =>
  queryOptions({
    queryKey: ["outcome", outcomeId, "export", exportId],
    queryFn: () => http.get<OutcomeExport>(`/outcomes/${outcomeId}/exports/${exportId}`),
    refetchInterval: (query) =>
      query.state.data?.state === "waiting" && !hasFailed(query.state.data) ? 1_000 : false,
  });

export const hasFailed = (one: OutcomeExport) =>
  one.state === "waiting" && (one.job?.state === "dead" || one.job?.state === "cancelled");

export function importOutcomes(owner: Owner, file: File) {
  const form = new FormData();
  form.append("file", file);
  return "courseId" in owner
    ? http.post<OutcomeImport>(`/courses/${owner.courseId}/outcome-imports`, form)
    : http.post<OutcomeImport>(`/accounts/${owner.accountId}/outcome-imports`, form);
}

/** The address of an owner's outcomes as CSV. */
export const tablePath = (owner: Owner) =>
  "courseId" in owner
    ? `/courses/${owner.courseId}/outcome-table`
    : `/accounts/${owner.accountId}/outcome-table`;
