import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";

export type MasteryLevel = Schemas["MasteryLevel"];

export type MasteryMethod = Schemas["MasteryMethod"];

export type Outcome = Schemas["Outcome"];

export type OutcomeGroup = Schemas["OutcomeGroup"];

export type CourseOutcome = Schemas["CourseOutcome"];

export type Alignment = Schemas["Alignment"];

export type CourseOutcomes = Schemas["ListCourseOutcomesResponse"];

export type OutcomeTree = Schemas["OutcomeTree"];

export type MasterySummary = Schemas["GetMasterySummaryResponse"];

export type OutcomeSummary = Schemas["OutcomeSummary"];

export type MasteryRow = Schemas["MasteryRow"];

export type LearnerMastery = Schemas["LearnerMastery"];

export type LearnerStanding = Schemas["LearnerStanding"];

/** An account with the courses below it, or one course. */
export type Owner = { accountId: number } | { courseId: number };

export interface OutcomeInput {
  code: string;
  title: string;
  display_name: string | null;
  description: string;
  learner_description: string;
  outcome_group_id: number | null;
  levels: { name: string; points: number }[];
  mastery_points: number;
  method: MasteryMethod["kind"];
  parameter: number | null;
  reason: string | null;
  version?: number;
}

export interface GroupInput {
  code: string;
  title: string;
  description: string;
  parent_id: number | null;
  version?: number;
}

export interface AlignmentInput {
  rubric_id: number | null;
  criterion_id: string | null;
  assignment_id: number | null;
}

export const courseOutcomesQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "outcomes"],
    queryFn: () => http.get<CourseOutcomes>(`/courses/${courseId}/outcomes`),
  });

export const accountOutcomesQuery = (accountId: number) =>
  queryOptions({
    queryKey: ["account", accountId, "outcomes"],
    queryFn: () => http.get<OutcomeTree>(`/accounts/${accountId}/outcomes`),
  });

export function saveOutcome(owner: Owner, outcomeId: number | undefined, input: OutcomeInput) {
  if (outcomeId !== undefined) return http.put<Outcome>(`/outcomes/${outcomeId}`, input);
  return "courseId" in owner
    ? http.post<Outcome>(`/courses/${owner.courseId}/outcomes`, input)
    : http.post<Outcome>(`/accounts/${owner.accountId}/outcomes`, input);
}

export const deleteOutcome = (outcome: Outcome) =>
  http.delete<void>(`/outcomes/${outcome.outcome_id}`, { version: outcome.version });

export function saveGroup(owner: Owner, groupId: number | undefined, input: GroupInput) {
  if (groupId !== undefined) return http.put<OutcomeGroup>(`/outcome-groups/${groupId}`, input);
  return "courseId" in owner
    ? http.post<OutcomeGroup>(`/courses/${owner.courseId}/outcome-groups`, input)
    : http.post<OutcomeGroup>(`/accounts/${owner.accountId}/outcome-groups`, input);
}

export const deleteGroup = (group: OutcomeGroup) =>
  http.delete<void>(`/outcome-groups/${group.outcome_group_id}`, { version: group.version });

export const takeOutcomes = (courseId: number, outcomeIds: number[]) =>
  http.post<Page<CourseOutcome>>(`/courses/${courseId}/course-outcomes`, {
    outcome_ids: outcomeIds,
  });

export const leaveOut = (courseOutcomeId: number) =>
  http.delete<void>(`/course-outcomes/${courseOutcomeId}`);

export const align = (taken: CourseOutcome, alignments: AlignmentInput[]) =>
  http.put<CourseOutcome>(`/course-outcomes/${taken.course_outcome_id}/alignments`, {
    alignments,
    version: taken.link_version,
  });

/** Of when, and of whom. */
export interface MasteryFilter {
  as_of: string | undefined;
  section: string | undefined;
  name: string | undefined;
  /** "any", or an outcome of the course. */
  not_mastered: string | undefined;
}

export const masterySummaryQuery = (courseId: number, { as_of, section }: MasteryFilter) =>
  queryOptions({
    queryKey: ["course", courseId, "mastery", "summary", as_of, section],
    queryFn: ({ signal }) =>
      http.get<MasterySummary>(`/courses/${courseId}/mastery-summary`, { as_of, section }, signal),
    // A change is worked out by itself.
    refetchInterval: (query) => (query.state.data?.refolding ? 1_500 : false),
  });

/** The first learners at once, the others in large pages after them; nothing is kept that is not shown. */
export const masteryQuery = (courseId: number, filter: MasteryFilter) =>
  infiniteQueryOptions({
    queryKey: ["course", courseId, "mastery", "rows", filter],
    gcTime: 0,
    queryFn: ({ pageParam, signal }) =>
      http.get<Page<MasteryRow>>(
        `/courses/${courseId}/mastery`,
        { ...filter, limit: pageParam ? 500 : 100, after: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const courseMasteryQuery = (courseId: number, userId: number, as_of: string | undefined) =>
  queryOptions({
    queryKey: ["course", courseId, "mastery", "learner", userId, as_of],
    queryFn: () => http.get<LearnerMastery>(`/courses/${courseId}/mastery/${userId}`, { as_of }),
  });

export const myMasteryQuery = queryOptions({
  queryKey: ["mastery", "mine"],
  queryFn: () => http.get<LearnerMastery>("/mastery/mine"),
});

export const observedMasteryQuery = (userId: number) =>
  queryOptions({
    queryKey: ["mastery", userId],
    queryFn: () => http.get<LearnerMastery>(`/learners/${userId}/mastery`),
  });
