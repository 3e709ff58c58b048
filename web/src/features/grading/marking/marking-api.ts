import { http } from "../../../lib/http";
import type { Assignment } from "../api";

/** Graders see no names here from now on. */
export const hideNames = (assignmentId: number, version: number) =>
  http.put<Assignment>(`/assignments/${assignmentId}/anonymity`, { version });

/** Graders see names here from now on, for good; why is kept. */
export const showNames = (assignmentId: number, reason: string, version: number) =>
  http.post<Assignment>(`/assignments/${assignmentId}/anonymity-lifts`, { reason, version });
