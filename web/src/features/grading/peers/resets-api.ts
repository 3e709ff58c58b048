import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";

export type Reset = Schemas["PeerReset"];

const key = (assignmentId: number, ...rest: unknown[]) => [
  "assignment",
  assignmentId,
  "peers",
  ...rest,
];

/** How many reviews would be taken away. */
export const resetPreviewQuery = (assignmentId: number, reviewer?: number) =>
  queryOptions({
    queryKey: key(assignmentId, "reset", reviewer),
    staleTime: 0,
    queryFn: () =>
      http.get<Schemas["ResetCounts"]>(`/assignments/${assignmentId}/peer-resets/preview`, {
        reviewer,
      }),
  });

export const resetReviews = (
  assignmentId: number,
  asked: { reviewer_id: number | null; reviews: number; handed_in: number },
) =>
  http.post<{ peer_reset_id: number; reviews: number }>(
    `/assignments/${assignmentId}/peer-resets`,
    asked,
  );

export const resetsQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: key(assignmentId, "resets"),
    queryFn: async () =>
      (await http.get<Page<Reset>>(`/assignments/${assignmentId}/peer-resets`)).items,
  });

export const undoReset = (assignmentId: number, id: number) =>
  http.post<{ restored: number }>(`/assignments/${assignmentId}/peer-resets/${id}/reversal`);
