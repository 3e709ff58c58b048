import { http } from "../../../lib/http";
import { type UploadTicket, uploadParts } from "../../../lib/upload";
import { completeUpload, type WorkComment } from "../api";

/** Sends what was said; answers the number the server has it under. */
export async function sendVoice(
  assignmentId: number,
  blob: Blob,
  seconds: number,
  onProgress: (fraction: number) => void,
): Promise<number> {
  const ticket = await http.post<UploadTicket>(`/assignments/${assignmentId}/voice-uploads`, {
    content_type: blob.type,
    size_bytes: blob.size,
    seconds,
  });
  await uploadParts(blob, ticket, onProgress);
  return (await completeUpload(ticket.file_id)).file_id;
}

/** The same file in the same words is said once, however often it is sent. */
export const sayAloud = (
  submissionId: number,
  fileId: number,
  words: string,
  atOnce: boolean,
  key: string,
) =>
  http.post<WorkComment>(
    `/submissions/${submissionId}/comments`,
    { body: words, file_ids: [fileId], at_once: atOnce },
    key,
  );
