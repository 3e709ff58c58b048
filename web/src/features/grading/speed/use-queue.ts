import { useMemo } from "react";
import { type ClaimSource, useClaims } from "../queue/use-claims";
import {
  claimWork,
  type GradingWork,
  type Progress,
  readWork,
  releaseClaim,
  renewClaims,
} from "./speed-api";

export interface QueueFilter {
  section: number | null;
  order: "oldest" | "name";
}

/** Learners' work on an assignment, one piece after the other. */
export function useQueue(assignmentId: number, { section, order }: QueueFilter) {
  const source = useMemo<ClaimSource<number, GradingWork, Progress>>(
    () => ({
      claim: async (count, known) => {
        const wish = { section_id: section, order, count, known };
        const { claims, progress } = await claimWork(assignmentId, wish);
        return { claims: claims.map((one) => ({ key: one.user_id, item: one.work })), progress };
      },
      read: (userId) => readWork(assignmentId, userId),
      renew: (userIds) => renewClaims(assignmentId, userIds),
      release: (userId, skip) => releaseClaim(assignmentId, userId, skip),
    }),
    [assignmentId, section, order],
  );
  return useClaims(source);
}
