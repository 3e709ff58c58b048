import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../lib/http";
import { hasStatus } from "../../../lib/problem";
import { pagedQuery } from "../../../lib/query-client";
import type { Schemas } from "../../../lib/schemas";
import type { Submission } from "../api";
import type { Assessment } from "../rubrics/rubrics-api";

/** How learners review each other's work on an assignment. */
export type PeerPlan = Schemas["PeerPlanView"];

export type PeerNames = Schemas["PeerNames"];

export type PeerPlanInput = Omit<PeerPlan, "assignment_id" | "allocated_at" | "reviews_due_at"> & {
  reviews_due_at: string | null;
};

/** What handing out would do, and what does not come out even. */
export type Allocation = Schemas["AllocationView"];

export type ReviewerLine = Schemas["ReviewerLine"];

export type Pair = Schemas["PairLine"];

export type MyReview = Schemas["ListMyPeerReviewsItem"];

export type MyReviews = Schemas["ListMyPeerReviewsResponse"];

/** One review with the work it is of. */
export type PeerReview = Schemas["PeerReviewView"] & {
  work: Submission;
  assessment: Assessment | null;
};

export type SavedReview = Schemas["SavePeerReviewResponse"] & { assessment: Assessment | null };

export type Received = Schemas["ListReceivedPeerReviewsResponse"];

export type ReceivedReview = Schemas["ListReceivedPeerReviewsItem"] & {
  assessment: Assessment | null;
};

export interface ReviewChange {
  criteria?: {
    criterion_id: string;
    points: number | null;
    rating_id: string | null;
    comment: string | null;
  }[];
  comment?: string;
  hand_in?: boolean;
  rubric_version?: number;
  version: number;
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (hasStatus(error, 404) || hasStatus(error, 403)) return null;
    throw error;
  }
}

const key = (assignmentId: number, ...rest: unknown[]) => [
  "assignment",
  assignmentId,
  "peers",
  ...rest,
];

/** Null where learners do not review each other. */
export const peerPlanQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: key(assignmentId, "plan"),
    queryFn: () => orNull(http.get<PeerPlan>(`/assignments/${assignmentId}/peer-plan`)),
  });

export const savePeerPlan = (assignmentId: number, plan: PeerPlanInput) =>
  http.put<PeerPlan>(`/assignments/${assignmentId}/peer-plan`, plan);

export const removePeerPlan = (assignmentId: number, version: number) =>
  http.delete<void>(`/assignments/${assignmentId}/peer-plan`, { version });

export const allocationQuery = (assignmentId: number, planVersion: number) =>
  queryOptions({
    queryKey: key(assignmentId, "allocation", planVersion),
    queryFn: () => http.get<Allocation>(`/assignments/${assignmentId}/peer-allocation`),
  });

export const startAllocation = (assignmentId: number) =>
  http.post<{ job_id: string }>(`/assignments/${assignmentId}/peer-allocations`);

/** How far the handing out has come. */
export const allocationJobQuery = (jobId: string | undefined) =>
  queryOptions({
    queryKey: ["peer-allocation-job", jobId],
    enabled: jobId !== undefined,
    queryFn: () => http.get<{ state: string; error: string | null }>(`/jobs/${jobId}`),
    refetchInterval: (query) =>
      /^(done|dead|cancelled)$/.test(query.state.data?.state ?? "") ? false : 500,
  });

export const reviewersQuery = (assignmentId: number) =>
  pagedQuery<ReviewerLine>(
    key(assignmentId, "reviewers"),
    `/assignments/${assignmentId}/peer-reviewers`,
    {
      limit: 200,
    },
  );

export const pairsQuery = (assignmentId: number, userId: number) =>
  queryOptions({
    queryKey: key(assignmentId, "pairs", userId),
    queryFn: async () =>
      (await http.get<Page<Pair>>(`/assignments/${assignmentId}/learners/${userId}/peer-reviews`))
        .items,
  });

export const addPair = (assignmentId: number, reviewerId: number, authorId: number) =>
  http.post<{ peer_review_id: number }>(`/assignments/${assignmentId}/peer-reviews`, {
    reviewer_id: reviewerId,
    author_id: authorId,
  });

export const removePair = (id: number) => http.delete<void>(`/peer-reviews/${id}`);

export const restorePair = (id: number) => http.post<void>(`/peer-reviews/${id}/restoration`);

/** Null where nothing is reviewed. */
export const myReviewsQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: key(assignmentId, "mine"),
    queryFn: () => orNull(http.get<MyReviews>(`/assignments/${assignmentId}/peer-reviews/mine`)),
  });

export const receivedQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: key(assignmentId, "received"),
    queryFn: () => orNull(http.get<Received>(`/assignments/${assignmentId}/peer-reviews/received`)),
  });

export const peerReviewQuery = (id: number) =>
  queryOptions({
    queryKey: ["peer-review", id],
    placeholderData: undefined,
    queryFn: () => http.get<PeerReview>(`/peer-reviews/${id}`),
  });

export const savePeerReview = (id: number, change: ReviewChange) =>
  http.put<SavedReview>(`/peer-reviews/${id}`, change);
