import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";
import type { UploadTicket } from "../../lib/upload";

export const submissionTypes = ["text", "file", "url", "media", "on_paper", "none"] as const;
export type SubmissionType = (typeof submissionTypes)[number];

export interface AssignmentGroup {
  assignment_group_id: number;
  name: string;
  position: number;
  weight_percent: number | null;
  version: number;
}

/** How a learner stands on one assignment, in a learner's lists. */
export interface OwnStanding {
  submitted_at: string | null;
  attempt: number | null;
  late: boolean;
  missing: boolean;
  excused: boolean;
  score: number | null;
}

export interface Assignment {
  assignment_id: number;
  course_id: number;
  assignment_group_id: number;
  title: string;
  description: string | null;
  points_possible: number;
  submission_types: SubmissionType[];
  status: "draft" | "published";
  due_at: string | null;
  unlock_at: string | null;
  lock_at: string | null;
  attempts_allowed: number | null;
  position?: number;
  version: number;
  /** Why nothing can be handed in now; null when it can. */
  locked_because?: string | null;
  mine?: OwnStanding | null;
  needs_grading_count?: number;
}

export type AssignmentInput = Omit<
  Assignment,
  | "assignment_id"
  | "course_id"
  | "status"
  | "version"
  | "position"
  | "mine"
  | "needs_grading_count"
  | "locked_because"
>;

export interface DateException {
  section_id: number | null;
  user_id: number | null;
  name?: string;
  due_at: string | null;
  unlock_at: string | null;
  lock_at: string | null;
}

export interface SubmittedFile {
  file_id: number | string;
  name: string;
  size_bytes: number;
  content_type: string;
  url?: string;
}

export interface SubmissionComment {
  comment_id: number;
  author_name: string;
  text: string;
  created_at: string;
}

export interface Receipt {
  number: string;
  sha256: string;
}

export interface Submission {
  submission_id: number;
  assignment_id: number;
  user_id: number;
  attempt: number;
  type: SubmissionType;
  body_text: string | null;
  url: string | null;
  files: SubmittedFile[];
  submitted_at: string;
  late: boolean;
  receipt: Receipt;
  comments: SubmissionComment[];
}

/** One learner's line in the grader's list, with or without a submission. */
export interface SubmissionRow {
  user_id: number;
  name: string;
  sortable_name: string;
  submission_id: number | null;
  attempt: number | null;
  submitted_at: string | null;
  late: boolean;
  missing: boolean;
  score: number | null;
  status: string | null;
  grade_version: number | null;
}

export interface Draft {
  body_text: string | null;
  url: string | null;
  file_ids: SubmittedFile["file_id"][];
  files?: SubmittedFile[];
  saved_at?: string | null;
  version: number;
}

const assignmentsKey = (courseId: number) => ["course", courseId, "assignments"] as const;

export const assignmentGroupsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "assignment-groups"],
    queryFn: async () =>
      (await http.get<Page<AssignmentGroup>>(`/courses/${courseId}/assignment-groups`)).items,
  });

export const createGroup = (courseId: number, name: string) =>
  http.post<AssignmentGroup>(`/courses/${courseId}/assignment-groups`, { name });

export const assignmentsQuery = (courseId: number) =>
  queryOptions({
    queryKey: assignmentsKey(courseId),
    queryFn: async () =>
      (await http.get<Page<Assignment>>(`/courses/${courseId}/assignments`, { limit: 500 })).items,
  });

export const assignmentQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId],
    queryFn: () => http.get<Assignment>(`/assignments/${assignmentId}`),
  });

export const createAssignment = (courseId: number, input: AssignmentInput) =>
  http.post<Assignment>(`/courses/${courseId}/assignments`, input);

export const saveAssignment = (id: number, input: AssignmentInput & { version: number }) =>
  http.put<Assignment>(`/assignments/${id}`, input);

export const deleteAssignment = (id: number) => http.delete<void>(`/assignments/${id}`);

export const setAssignmentStatus = (id: number, status: Assignment["status"], version: number) =>
  http.put<Assignment>(`/assignments/${id}/status`, { status, version });

export const datesQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "dates"],
    queryFn: async () =>
      (await http.get<{ items: DateException[] }>(`/assignments/${assignmentId}/dates`)).items,
  });

export const saveDates = (assignmentId: number, items: DateException[]) =>
  http.put<void>(`/assignments/${assignmentId}/dates`, { items });

export const draftQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "draft"],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => http.get<Draft>(`/assignments/${assignmentId}/draft`),
  });

export const saveDraft = (assignmentId: number, draft: Omit<Draft, "files" | "saved_at">) =>
  http.put<Draft>(`/assignments/${assignmentId}/draft`, draft);

export const startUpload = (assignmentId: number, file: File) =>
  http.post<UploadTicket>(`/assignments/${assignmentId}/uploads`, {
    name: file.name,
    size_bytes: file.size,
    content_type: file.type || "application/octet-stream",
  });

export const completeUpload = (uploadId: UploadTicket["upload_id"]) =>
  http.post<SubmittedFile>(`/uploads/${uploadId}/completion`);

export interface HandIn {
  type: SubmissionType;
  body_text?: string;
  url?: string;
  file_ids?: SubmittedFile["file_id"][];
}

export const handIn = (assignmentId: number, work: HandIn, idempotencyKey: string) =>
  http.post<Submission>(`/assignments/${assignmentId}/submissions`, work, idempotencyKey);

export const mySubmissionsQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "mine"],
    queryFn: async () =>
      (await http.get<Page<Submission>>(`/assignments/${assignmentId}/submissions/mine`)).items,
  });

export const submissionRowsQuery = (
  assignmentId: number,
  filters: Record<string, string | undefined>,
) =>
  pagedQuery<SubmissionRow>(
    ["assignment", assignmentId, "submissions"],
    `/assignments/${assignmentId}/submissions`,
    filters,
  );

export const submissionQuery = (submissionId: number) =>
  queryOptions({
    queryKey: ["submission", submissionId],
    queryFn: () => http.get<Submission>(`/submissions/${submissionId}`),
  });

export const addComment = (submissionId: number, text: string) =>
  http.post<SubmissionComment>(`/submissions/${submissionId}/comments`, { text });
