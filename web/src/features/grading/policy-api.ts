import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import type { Schemas } from "../../lib/schemas";
import type { MissingPolicy } from "./policy/missing-api";

export const weightings = ["points", "percent", "none"] as const;
export type Weighting = Schemas["Weighting"];

export type LatePolicy = Required<Schemas["GradingRulesLate"]>;

export type LatePasses = Required<Schemas["LatePasses"]>;

export type LetterScheme = Required<Schemas["GradingRulesScheme"]>;

export type GradingPeriod = Schemas["GradingRulesPeriod"];

/** How a course's grades are worked out; the groups are rows of their own. */
export type GradingPolicy = Required<Schemas["GradingRules"]> & {
  letter_scheme: LetterScheme | null;
  late_passes: LatePasses | null;
  missing_policy: MissingPolicy | null;
  periods: GradingPeriod[];
};

/** The server says all of the rules, and wants all of them back. */
export type StoredPolicy = Schemas["StoredRules"] & { policy: GradingPolicy };

export const policyQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "grading-policy"],
    queryFn: () => http.get<StoredPolicy>(`/courses/${courseId}/grading-policy`),
  });

export const savePolicy = (courseId: number, change: StoredPolicy) =>
  http.put<StoredPolicy>(`/courses/${courseId}/grading-policy`, change);
