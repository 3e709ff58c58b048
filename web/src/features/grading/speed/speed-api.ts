import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";
import type { Work } from "../api";

/** A piece of work on a grader's desk. */
export type GradingWork = Schemas["GradingWork"] & { work: Work };

export type Progress = Schemas["QueueProgress"];

export interface Claimed {
  user_id: number;
  /** Null where the page has it already. */
  work: GradingWork | null;
}

export interface ClaimWish {
  section_id: number | null;
  order: "oldest" | "name";
  /** How many pieces to hold in all. */
  count: number;
  known: number[];
}

export type SavedComment = Schemas["SavedComment"];

export const claimWork = (assignmentId: number, wish: ClaimWish) =>
  http.post<{ claims: Claimed[]; progress: Progress }>(
    `/assignments/${assignmentId}/grading-claims`,
    wish,
  );

export const renewClaims = (assignmentId: number, userIds: number[]) =>
  http.put<Page<{ user_id: number }>>(`/assignments/${assignmentId}/grading-claims`, {
    user_ids: userIds,
  });

export const releaseClaim = (assignmentId: number, userId: number, skip: boolean) =>
  http.delete<void>(`/assignments/${assignmentId}/grading-claims/${userId}`, { skip });

/** One piece of work, without taking it. */
export const readWork = (assignmentId: number, userId: number) =>
  http.get<GradingWork>(`/assignments/${assignmentId}/grading-claims/${userId}`);

export const saveCommentDraft = (
  assignmentId: number,
  userId: number,
  draft: { body: string; version: number },
) =>
  http.put<{ version: number; saved_at: string }>(
    `/assignments/${assignmentId}/comment-drafts/${userId}`,
    draft,
  );

export const requestRevision = (assignmentId: number, userId: number, note: string) =>
  http.post<void>(`/assignments/${assignmentId}/revision-requests`, { user_id: userId, note });

export const savedCommentsQuery = queryOptions({
  queryKey: ["saved-comments"],
  queryFn: async () => (await http.get<Page<SavedComment>>("/saved-comments")).items,
});

export const keepComment = (body: string) => http.post<SavedComment>("/saved-comments", { body });

/** It was said, and with which score; null where there was none. */
export const countUse = (id: number, percent: number | null) =>
  http.post<SavedComment>(`/saved-comments/${id}/uses`, { percent });

export const forgetComment = (id: number) => http.delete<void>(`/saved-comments/${id}`);
