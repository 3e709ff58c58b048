import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import type { Schemas } from "../../lib/schemas";

/** One time that grades of an assignment were shown to learners, or hidden. */
export type Posting = Schemas["PostingView"];

export type PostingKind = Schemas["PostingKind"];

export interface PostingWanted {
  kind: PostingKind;
  /** Grades entered later stay hidden. */
  only_graded: boolean;
  /** None: everybody. */
  section_ids: number[];
  /** Where names are hidden: whoever posts knows that they will be shown. */
  lift_anonymity: boolean;
}

/** When learners see a grade: as it is entered, from an instant on, or once it is posted. */
export interface PostingPolicy {
  posts_manually: boolean;
  posts_at: string | null;
}

export const postingsKey = (assignmentId: number) =>
  ["assignment", assignmentId, "postings"] as const;

export const postingsQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: postingsKey(assignmentId),
    queryFn: async () =>
      (await http.get<Page<Posting>>(`/assignments/${assignmentId}/postings`, { limit: 10 })).items,
  });

export const createPosting = (assignmentId: number, wanted: PostingWanted) =>
  http.post<Posting>(`/assignments/${assignmentId}/postings`, wanted);

export const undoPosting = (postingId: number) => http.post<Posting>(`/postings/${postingId}/undo`);

export const savePostingPolicy = (
  assignmentId: number,
  policy: PostingPolicy & { version: number },
) => http.put<Schemas["AssignmentView"]>(`/assignments/${assignmentId}/posting-policy`, policy);
