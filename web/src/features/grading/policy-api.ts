import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";

export const weightings = ["points", "percent", "none"] as const;
export type Weighting = (typeof weightings)[number];

export interface LatePolicy {
  /** Taken off for every interval begun. */
  deduct_percent: number;
  interval_seconds: number;
  minimum_percent: number;
  grace_seconds: number;
}

/** How a course's grades are worked out; the groups are rows of their own. */
export interface GradingPolicy {
  weighting: Weighting;
  late_policy: LatePolicy | null;
  missing_policy: { deduct_percent: number } | null;
  /** Kept as they are; a change says all of the rules. */
  periods: unknown[];
  weight_periods: boolean;
  letter_scheme: unknown;
}

export interface StoredPolicy {
  policy: GradingPolicy;
  version: number;
}

export const policyQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "grading-policy"],
    queryFn: () => http.get<StoredPolicy>(`/courses/${courseId}/grading-policy`),
  });

export const savePolicy = (courseId: number, change: StoredPolicy) =>
  http.put<StoredPolicy>(`/courses/${courseId}/grading-policy`, change);
