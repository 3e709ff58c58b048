import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";

/** A question as who answers it sees it. */
export type AskedQuestion = Schemas["AskedQuestion"];

export type Asked = Schemas["ListQuestionsResponse"];

/** All questions with what answers are judged by. */
export type QuestionSet = Schemas["GetQuestionKeyResponse"];

export type Question = Schemas["Question"];

export type AnswerKey = Schemas["AnswerKey"];

export type AnswerKind = Schemas["AnswerKind"];

export type QuestionMark = Schemas["QuestionMark"];

export const answerKinds = ["exact", "numeric", "pattern", "code", "free_text"] as const;

/** Answers by the ids of their questions, as they were typed. */
export type Answers = Record<string, string>;

export const questionsQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "questions"],
    queryFn: () => http.get<Asked>(`/assignments/${assignmentId}/questions`),
  });

export const questionKeyQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "question-key"],
    queryFn: () => http.get<QuestionSet>(`/assignments/${assignmentId}/question-key`),
  });

export interface QuestionInput {
  question_id: string | null;
  prompt: string;
  points: number | null;
  key: object;
  credit_all?: boolean;
  also?: AnswerKey[];
}

export const saveQuestions = (
  assignmentId: number,
  input: { questions: QuestionInput[]; version: number },
) => http.put<Schemas["QuestionSet"]>(`/assignments/${assignmentId}/question-key`, input);

export interface MarkInput {
  question_id: string;
  score: number | null;
  feedback: string;
  marks: { submission_id: number; version: number }[];
}

export const saveMarks = (assignmentId: number, input: MarkInput) =>
  http.put<{ marks: QuestionMark[] }>(`/assignments/${assignmentId}/question-marks`, input);
