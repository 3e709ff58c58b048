import { http } from "../../../../lib/http";
import type { Schemas } from "../../../../lib/schemas";

/** A message with fields in braces, and whom it is for. */
export interface LearnerMessage {
  subject: string;
  body: string;
  assignment_id: number | null;
  user_ids: number[];
}

export const sendMessages = (courseId: number, message: LearnerMessage, key: string) =>
  http.post<Schemas["SendLearnerMessagesResponse"]>(
    `/courses/${courseId}/learner-messages`,
    message,
    key,
  );

/** The message as the first of its learners would read it. */
export const previewMessage = (courseId: number, message: LearnerMessage) =>
  http.post<Schemas["LearnerMessage"]>(`/courses/${courseId}/learner-messages/preview`, message);
