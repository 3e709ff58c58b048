import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";
import { pagedQuery } from "../../../lib/query-client";
import type { Schemas } from "../../../lib/schemas";
import { type UploadTicket, uploadParts } from "../../../lib/upload";
import { completeUpload, type WorkComment } from "../api";

export type SubmissionDownload = Schemas["SubmissionDownload"];

export type FeedbackImport = Schemas["FeedbackImport"];

export type FeedbackState = Schemas["FeedbackState"];

export type FeedbackFile = Schemas["FeedbackFile"];

export const feedbackKinds = [
  "recognised",
  "unknown",
  "duplicate",
  "wrong_type",
  "standing",
] as const;

export type FeedbackKind = (typeof feedbackKinds)[number];

const running: FeedbackState[] = ["planning", "applying", "reversing"];

export const isRunning = (one: FeedbackImport) => running.includes(one.state);

/** How many of a ZIP's files somebody has to say something about. */
export const inDoubt = ({ summary }: FeedbackImport) =>
  summary.unknown + summary.duplicate + summary.wrong_type;

export const downloadsQuery = (assignmentId: number) => ({
  ...pagedQuery<SubmissionDownload>(
    ["assignment", assignmentId, "submission-downloads"],
    `/assignments/${assignmentId}/submission-downloads`,
  ),
});

export const downloadQuery = (assignmentId: number, id: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "submission-download", id],
    queryFn: () =>
      http.get<SubmissionDownload>(`/assignments/${assignmentId}/submission-downloads/${id}`),
    refetchInterval: ({ state: { data } }) =>
      data && (data.state !== "waiting" || data.stopped) ? false : 1_000,
  });

export const askForWork = (assignmentId: number) =>
  http.post<SubmissionDownload>(`/assignments/${assignmentId}/submission-downloads`, {});

export const startFeedbackUpload = (assignmentId: number, file: File) =>
  http.post<UploadTicket>(`/assignments/${assignmentId}/feedback-uploads`, {
    name: file.name,
    size_bytes: file.size,
    content_type: file.type || "application/octet-stream",
  });

export const feedbackImportsQuery = (assignmentId: number) =>
  pagedQuery<FeedbackImport>(
    ["assignment", assignmentId, "feedback-imports"],
    `/assignments/${assignmentId}/feedback-imports`,
  );

export const feedbackImportQuery = (assignmentId: number, id: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "feedback-import", id],
    queryFn: () => http.get<FeedbackImport>(`/assignments/${assignmentId}/feedback-imports/${id}`),
    refetchInterval: (query) => (query.state.data && isRunning(query.state.data) ? 1_000 : false),
  });

export const feedbackFilesQuery = (assignmentId: number, id: number, kind: FeedbackKind) =>
  pagedQuery<FeedbackFile>(
    ["assignment", assignmentId, "feedback-import", id, "files"],
    `/assignments/${assignmentId}/feedback-imports/${id}/files`,
    { kind },
  );

/** Sends a ZIP in parts and has it looked through; nothing is attached by that. */
export async function sendFeedback(
  assignmentId: number,
  file: File,
  onProgress: (fraction: number) => void,
): Promise<FeedbackImport> {
  const ticket = await startFeedbackUpload(assignmentId, file);
  await uploadParts(file, ticket, onProgress);
  const { file_id } = await completeUpload(ticket.file_id);
  return http.post(`/assignments/${assignmentId}/feedback-imports`, { file_id });
}

export const applyFeedback = (assignmentId: number, id: number, leaveOut: boolean) =>
  http.post<FeedbackImport>(`/assignments/${assignmentId}/feedback-imports/${id}/application`, {
    leave_out: leaveOut,
  });

export const takeFeedbackBack = (assignmentId: number, id: number) =>
  http.post<FeedbackImport>(`/assignments/${assignmentId}/feedback-imports/${id}/reversal`, {});

export const sayWithFiles = (
  submissionId: number,
  body: string,
  fileIds: number[],
  atOnce: boolean,
) =>
  http.post<WorkComment>(`/submissions/${submissionId}/comments`, {
    body,
    file_ids: fileIds,
    at_once: atOnce,
  });
