import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../lib/http";
import { pagedQuery } from "../../../lib/query-client";
import type { Schemas } from "../../../lib/schemas";

/** What the reviews of one learner's work suggest. */
export type PeerScore = Schemas["ListPeerScoresItem"];

export type PeerRule = NonNullable<Schemas["PeerRule"]>;

/** What taking over would do. */
export type Takeover = Schemas["TakeoverView"];

export type TakenOver = Schemas["PeerTakeover"];

export interface TakeoverChoice {
  rule: PeerRule;
  fewest: number;
  overwrites: boolean;
  /** Left out: everybody whose work was reviewed. */
  learners?: number[];
}

const key = (assignmentId: number, ...rest: unknown[]) => [
  "assignment",
  assignmentId,
  "peers",
  ...rest,
];

export const peerScoresQuery = (assignmentId: number, rule: PeerRule) =>
  pagedQuery<PeerScore>(key(assignmentId, "scores"), `/assignments/${assignmentId}/peer-scores`, {
    rule,
    limit: 200,
  });

export const takeoverQuery = (assignmentId: number, choice: TakeoverChoice) =>
  queryOptions({
    queryKey: key(assignmentId, "takeover", choice),
    staleTime: 0,
    queryFn: () =>
      http.post<Takeover>(`/assignments/${assignmentId}/peer-takeovers/preview`, choice),
  });

export const takeOver = (assignmentId: number, choice: TakeoverChoice, seen: string) =>
  http.post<{ peer_takeover_id: number; grades: number }>(
    `/assignments/${assignmentId}/peer-takeovers`,
    { ...choice, seen },
  );

export const takeoversQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: key(assignmentId, "takeovers"),
    queryFn: async () =>
      (await http.get<Page<TakenOver>>(`/assignments/${assignmentId}/peer-takeovers`)).items,
  });

export const takeBack = (assignmentId: number, id: number) =>
  http.post<{ reverted: number; kept: number }>(
    `/assignments/${assignmentId}/peer-takeovers/${id}/reversal`,
  );
