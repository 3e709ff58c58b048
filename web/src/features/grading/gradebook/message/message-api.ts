import { http } from "../../../../lib/http";
import type { Schemas } from "../../../../lib/schemas";

/** A message with fields in braces, and whom it is for. */
export interface LearnerMessage {
  subject: string;
  body: string;
  assignment_id: number | null;
  user_ids: number[];
}

const path = (courseId: number) => `/courses/${courseId}/learner-messages`;

export const sendMessages = (courseId: number, message: LearnerMessage, key: string) =>
  http.post<Schemas["SendLearnerMessagesResponse"]>(path(courseId), message, key);

/** The message as the first of its learners would read it. */
export const previewMessage = (courseId: number, message: LearnerMessage) =>
  http.post<Schemas["LearnerMessage"]>(`${path(courseId)}/preview`, message);
