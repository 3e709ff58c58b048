import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";
import type { Assignment } from "../api";
import type { Judgement } from "../rubrics/use-sheet";

/** Graders see no names here from now on. */
export const hideNames = (assignmentId: number, version: number) =>
  http.put<Assignment>(`/assignments/${assignmentId}/anonymity`, { version });

/** Graders see names here from now on, for good; why is kept. */
export const showNames = (assignmentId: number, reason: string, version: number) =>
  http.post<Assignment>(`/assignments/${assignmentId}/anonymity-lifts`, { reason, version });

export type Marking = Schemas["GetMarkingPlanResponse"];

export type Moderated = Schemas["ModeratedWork"];

export const markingQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "marking"],
    queryFn: () => http.get<Marking>(`/assignments/${assignmentId}/marking-plan`),
  });

export const saveMarking = (assignmentId: number, plan: Schemas["MarkingPlan"]) =>
  http.put<Marking>(`/assignments/${assignmentId}/marking-plan`, plan);

/** One person grades again; marks that were given are lost. */
export const removeMarking = (assignmentId: number, version: number, discard: boolean) =>
  http.delete<Marking>(`/assignments/${assignmentId}/marking-plan`, {
    version,
    discard_marks: discard,
  });

export const giveOut = (assignmentId: number, markerIds: number[]) =>
  http.post<Marking>(`/assignments/${assignmentId}/mark-allocations`, { marker_ids: markerIds });

export const saveMark = (
  assignmentId: number,
  userId: number,
  mark: Judgement & { comment: string; version: number },
) => http.put<Schemas["OwnMark"]>(`/assignments/${assignmentId}/provisional-marks/${userId}`, mark);

export const moderationQuery = (assignmentId: number, which: "" | "undecided" | "disputed") =>
  infiniteQueryOptions({
    queryKey: ["assignment", assignmentId, "moderation", which],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      http.get<Page<Moderated>>(`/assignments/${assignmentId}/mark-decisions`, {
        undecided: which === "undecided" || undefined,
        disputed: which === "disputed" || undefined,
        after: pageParam,
      }),
    getNextPageParam: (page) => page.next,
  });

export const agreementQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "agreement"],
    queryFn: () => http.get<Agreement>(`/assignments/${assignmentId}/marker-agreement`),
  });

export type Agreement = Schemas["GetMarkerAgreementResponse"];

export const acceptMarks = (assignmentId: number) =>
  http.post<{ accepted: number; left: number }>(`/assignments/${assignmentId}/mark-acceptances`);

export interface Decision {
  way: "rule" | "chosen" | "entered";
  marker_id?: number;
  score?: number | null;
  note?: string;
  version: number;
}

export const decideMark = (assignmentId: number, userId: number, decision: Decision) =>
  http.put<Moderated>(`/assignments/${assignmentId}/mark-decisions/${userId}`, decision);
