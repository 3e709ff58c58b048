import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../../lib/http";
import type { Schemas } from "../../../../lib/schemas";

/** Equal answers to a question. */
export type AnswerGroup = Schemas["AnswerGroup"];

export type GroupedMark = Schemas["GroupedMark"];

export type QuestionProgress = Schemas["QuestionProgress"];

/** How far the marking of each question has come; one nobody has answered is not there. */
export const marksQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "question-marks"],
    queryFn: async () =>
      (await http.get<Page<QuestionProgress>>(`/assignments/${assignmentId}/question-marks`)).items,
  });

export const claimAnswers = (
  assignmentId: number,
  wish: { question_id: string; count: number; known: string[] },
) =>
  http.post<{
    claims: { answer_key: string; group: AnswerGroup | null }[];
    progress: QuestionProgress;
  }>(`/assignments/${assignmentId}/answer-claims`, wish);

export const renewAnswers = (assignmentId: number, questionId: string, keys: string[]) =>
  http.put<void>(`/assignments/${assignmentId}/answer-claims`, {
    question_id: questionId,
    answer_keys: keys,
  });

/** Equal answers, without taking them. */
export const readAnswers = (assignmentId: number, questionId: string, key: string) =>
  http.get<AnswerGroup>(`/assignments/${assignmentId}/answer-claims/${key}`, {
    question_id: questionId,
  });

export const releaseAnswers = (
  assignmentId: number,
  questionId: string,
  key: string,
  skip: boolean,
) =>
  http.delete<void>(`/assignments/${assignmentId}/answer-claims/${key}`, {
    question_id: questionId,
    skip,
  });
