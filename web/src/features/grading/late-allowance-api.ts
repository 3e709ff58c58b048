import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import type { Schemas } from "../../lib/schemas";

/** What a learner is allowed beside the late policy. */
export type LateAllowance = Required<Schemas["AllowanceView"]>;

/** A grader says all of it anew. */
export interface AllowanceChange {
  exempt: boolean;
  exempt_from: number[];
  extra_passes: number;
  used: { assignment_id: number; count: number }[];
  reason: string;
  version: number;
}

export const myAllowanceQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "late-allowance", "mine"],
    queryFn: () => http.get<LateAllowance>(`/courses/${courseId}/late-allowance/mine`),
  });

const pathOf = (courseId: number, userId: number) =>
  `/courses/${courseId}/learners/${userId}/late-allowance`;

export const allowanceQuery = (courseId: number, userId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "late-allowance", userId],
    queryFn: () => http.get<LateAllowance>(pathOf(courseId, userId)),
  });

export const setAllowance = (courseId: number, userId: number, change: AllowanceChange) =>
  http.put<LateAllowance>(pathOf(courseId, userId), change);

/** How many passes are to be spent on an assignment in all. */
export const spendPasses = (assignmentId: number, count: number, version: number) =>
  http.put<LateAllowance>(`/assignments/${assignmentId}/late-passes/mine`, { count, version });

export const passesOn = (allowance: LateAllowance, assignmentId: number): number =>
  allowance.used.find((of) => of.assignment_id === assignmentId)?.count ?? 0;

/** When something is due once so many passes are spent on it. */
export function dueWith(allowance: LateAllowance, dueAt: string, count: number): string {
  const later = (allowance.seconds_each ?? 0) * count * 1000;
  return new Date(Date.parse(dueAt) + later).toISOString();
}
