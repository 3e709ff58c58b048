import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";
import { pagedQuery } from "../../../lib/query-client";
import type { Schemas } from "../../../lib/schemas";

export type SimilarityPolicy = Schemas["SimilarityPolicy"];
export type SimilarityLine = Schemas["ListSimilarityChecksResponse"];
export type SimilarityView = Schemas["SimilarityView"];
export type Match = Schemas["MatchView"];
export type TextRange = Schemas["TextRange"];

export const similarityPolicyQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "similarity-policy"],
    queryFn: () => http.get<SimilarityPolicy>(`/assignments/${assignmentId}/similarity-policy`),
  });

export const saveSimilarityPolicy = (assignmentId: number, policy: SimilarityPolicy) =>
  http.put<SimilarityPolicy>(`/assignments/${assignmentId}/similarity-policy`, policy);

export const similarityLinesQuery = (assignmentId: number) =>
  pagedQuery<SimilarityLine>(
    ["assignment", assignmentId, "similarity"],
    `/assignments/${assignmentId}/similarity-checks`,
    { limit: 100 },
  );

/** Asks for all of an assignment's work, or for one attempt, to be compared anew. */
export const compareAgain = (assignmentId: number, submissionId: number | null) =>
  http.post<void>(`/assignments/${assignmentId}/similarity-checks`, {
    submission_id: submissionId,
  });

/** Says that a source is none in this work, or is one after all. */
export const excludeSource = (submissionId: number, source: string, excluded: boolean) =>
  http.put<SimilarityView>(`/submissions/${submissionId}/similarity-exclusion`, {
    source,
    excluded,
  });

export const POLL_MS = 2000;

export const similarityQuery = (submissionId: number) =>
  queryOptions({
    queryKey: ["similarity", submissionId],
    queryFn: () => http.get<SimilarityView>(`/submissions/${submissionId}/similarity-check`),
    // While it is being compared somebody is waiting for it.
    refetchInterval: (query) =>
      query.state.data && isUnderWay(query.state.data.state) ? POLL_MS : false,
  });

export const otherTextQuery = (submissionId: number, other: number) =>
  queryOptions({
    queryKey: ["similarity", submissionId, "with", other],
    queryFn: () =>
      http.get<Schemas["GetSimilarityMatchResponse"]>(
        `/submissions/${submissionId}/similarity-matches/${other}`,
      ),
  });

export const isUnderWay = (state: SimilarityView["state"]) =>
  state === "waiting" || state === "comparing";
