import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";
import type { Schemas } from "../../lib/schemas";
import type { UploadTicket } from "../../lib/upload";
import type { Regrade } from "./regrade-api";
import type { Assessment } from "./rubrics/rubrics-api";

export const submissionTypes = [
  "text",
  "file",
  "url",
  "media",
  "questions",
  "on_paper",
  "none",
] as const;
export type SubmissionType = Schemas["SubmissionType"];

export const attemptsKept = ["latest", "highest", "average"] as const;

export type AssignmentGroup = Schemas["AssignmentGroup"];

export type GroupInput = Omit<
  AssignmentGroup,
  "assignment_group_id" | "slot" | "position" | "version"
>;

/** How a learner stands on one assignment; a score only once it may be seen. */
export type MyStanding = Schemas["MyStanding"];

/** What whoever makes or changes an assignment says; a change says all of it. */
export interface AssignmentInput {
  assignment_group_id: number | null;
  title: string;
  description: string;
  points_possible: number;
  grading_type: string;
  submission_types: SubmissionType[];
  due_at: string | null;
  unlocks_at: string | null;
  locks_at: string | null;
  attempts_allowed: number | null;
  position: number | null;
  omit_from_final: boolean;
  extra_credit: boolean;
  optional: boolean;
  only_named: boolean;
  attempts_kept: Schemas["AttemptsKept"];
  posts_manually: boolean;
  /** Learners of one group of this set hand in together. */
  group_set_id: number | null;
  grade_individually: boolean;
}

/** As it is listed: what was deleted never is. */
export type Assignment = Schemas["AssignmentView"] & { status: "draft" | "published" };

export type DateException = Schemas["ReplaceAssignmentDatesDateFields"];

export interface Dates {
  items: DateException[];
  version: number;
}

export type SubmittedFile = Schemas["FileLink"];

export type WorkComment = Schemas["CommentView"];

export type Receipt = Schemas["Receipt"];

/** What the server answers to work handed in. */
export type HandedIn = Schemas["SubmitWorkResponse"];

export type Submission = Schemas["SubmissionView"];

/** The grade of somebody who made the same work. */
export type Mate = Schemas["MateGrade"];

/** Everything about one learner's work on one assignment. */
export type Work = Schemas["WorkView"] & {
  assessment: Assessment | null;
  regrade: Regrade | null;
};

/** A learner's latest attempt, as graders list it; null where nothing is handed in. */
export type SubmissionRow = Schemas["ListSubmissionsResponse"];

export type Draft = Schemas["GetDraftResponse"];

export interface DraftChange {
  body_text: string;
  url: string;
  file_ids: number[];
  answers: Record<string, string>;
  version: number;
}

export const groupSetsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "group-sets"],
    queryFn: async () =>
      (await http.get<Page<Schemas["GroupSet"]>>(`/courses/${courseId}/group-sets`)).items,
  });

const assignmentsKey = (courseId: number) => ["course", courseId, "assignments"] as const;

export const assignmentGroupsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "assignment-groups"],
    queryFn: async () =>
      (await http.get<Page<AssignmentGroup>>(`/courses/${courseId}/assignment-groups`)).items,
  });

export const createGroup = (courseId: number, group: Partial<GroupInput>) =>
  http.post<AssignmentGroup>(`/courses/${courseId}/assignment-groups`, group);

export const saveGroup = (id: number, group: GroupInput & { version: number }) =>
  http.put<AssignmentGroup>(`/assignment-groups/${id}`, group);

export const deleteGroup = (id: number, version: number) =>
  http.delete<void>(`/assignment-groups/${id}`, { version });

export const assignmentsQuery = (courseId: number) =>
  queryOptions({
    queryKey: assignmentsKey(courseId),
    queryFn: async () =>
      (await http.get<Page<Assignment>>(`/courses/${courseId}/assignments`)).items,
  });

export const assignmentQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId],
    queryFn: () => http.get<Assignment>(`/assignments/${assignmentId}`),
  });

export const createAssignment = (
  courseId: number,
  input: AssignmentInput & { status: "draft" | "published" },
) => http.post<Assignment>(`/courses/${courseId}/assignments`, input);

export const saveAssignment = (id: number, input: AssignmentInput & { version: number }) =>
  http.put<Assignment>(`/assignments/${id}`, input);

export const deleteAssignment = ({ assignment_id, version }: Assignment) =>
  http.delete<void>(`/assignments/${assignment_id}`, { version });

export const setAssignmentStatus = (id: number, status: Assignment["status"], version: number) =>
  http.put<Assignment>(`/assignments/${id}/status`, { status, version });

export const datesQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "dates"],
    queryFn: () => http.get<Dates>(`/assignments/${assignmentId}/dates`),
  });

export const saveDates = (assignmentId: number, dates: Dates) =>
  http.put<Dates>(`/assignments/${assignmentId}/dates`, dates);

export const draftQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "draft"],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => http.get<Draft>(`/assignments/${assignmentId}/draft`),
  });

export const saveDraft = (assignmentId: number, draft: DraftChange) =>
  http.put<{ version: number; saved_at: string }>(`/assignments/${assignmentId}/draft`, draft);

export const startUpload = (assignmentId: number, file: File) =>
  http.post<UploadTicket>(`/assignments/${assignmentId}/uploads`, {
    name: file.name,
    size_bytes: file.size,
    content_type: file.type || "application/octet-stream",
  });

/** An upload that was interrupted, with what has arrived of it. */
export const resumeUpload = (fileId: number) => http.get<UploadTicket>(`/uploads/${fileId}`);

const MOST_WAIT_MS = 3000;

/** Ends an upload; asks again for as long as the file is being read for its receipt. */
export async function completeUpload(fileId: number): Promise<SubmittedFile> {
  for (let wait = 150; ; wait = Math.min(wait * 1.5, MOST_WAIT_MS)) {
    const answer = await http.post<SubmittedFile | { checking: true }>(
      `/uploads/${fileId}/completion`,
    );
    if (!("checking" in answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

export interface HandIn {
  type: SubmissionType;
  body_text?: string;
  url?: string;
  file_ids?: number[];
  answers?: Record<string, string>;
}

export const handIn = (assignmentId: number, work: HandIn, idempotencyKey: string) =>
  http.post<HandedIn>(`/assignments/${assignmentId}/submissions`, work, idempotencyKey);

export const myWorkQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "mine"],
    queryFn: () => http.get<Work>(`/assignments/${assignmentId}/submissions/mine`),
  });

export const gradingTypes = [
  "points",
  "percent",
  "letter",
  "gpa",
  "pass_fail",
  "not_graded",
] as const;

export const submissionShown = ["everybody", "handed_in", "ungraded", "not_handed_in"] as const;
export type SubmissionShown = (typeof submissionShown)[number];

export const submissionRowsQuery = (assignmentId: number, shown: SubmissionShown) =>
  pagedQuery<SubmissionRow>(
    ["assignment", assignmentId, "submissions"],
    `/assignments/${assignmentId}/submissions`,
    { show: shown, limit: 200 },
  );

/** One learner's work as a grader or an observer sees it, also where nothing is handed in. */
export const workQuery = (assignmentId: number, userId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "work", userId],
    queryFn: () => http.get<Work>(`/assignments/${assignmentId}/learners/${userId}/submissions`),
  });

export const addComment = (submissionId: number, body: string, atOnce: boolean) =>
  http.post<WorkComment>(`/submissions/${submissionId}/comments`, { body, at_once: atOnce });
