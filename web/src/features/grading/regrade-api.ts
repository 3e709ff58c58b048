import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import type { Schemas } from "../../lib/schemas";

/** A learner's wish that a grade be looked at again. */
export type Regrade = Required<Schemas["RegradeRequest"]>;

type RegradeRow = Required<Schemas["RegradeRequestRow"]>;

export const regradesQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "regrade-requests"],
    queryFn: () => http.get<Page<RegradeRow>>(`/courses/${courseId}/regrade-requests`),
  });

export const askForRegrade = (assignmentId: number, reason: string) =>
  http.post<Regrade>(`/assignments/${assignmentId}/regrade-requests`, { reason });

export const answerRegrade = (regrade: Regrade, answer: string) =>
  http.post<Regrade>(`/regrade-requests/${regrade.regrade_request_id}/answer`, {
    answer,
    version: regrade.version,
  });

export const withdrawRegrade = (regrade: Regrade) =>
  http.delete(`/regrade-requests/${regrade.regrade_request_id}?version=${regrade.version}`);
