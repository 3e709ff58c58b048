import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";
import type { QuestionInput } from "./questions-api";

/** Answers judged anew by a version of the questions. */
export type KeyCorrection = Schemas["KeyCorrection"];

/** What other keys would make of the answers that have marks. */
export type CorrectionPreview = Schemas["PreviewKeyCorrectionResponse"];

export type CorrectionLine = Schemas["CorrectionLine"];

/** Nothing is kept. */
export const previewCorrection = (assignmentId: number, questions: QuestionInput[]) =>
  http.post<CorrectionPreview>(`/assignments/${assignmentId}/key-corrections/preview`, {
    questions,
  });

export const startCorrection = (assignmentId: number, version: number) =>
  http.post<KeyCorrection>(`/assignments/${assignmentId}/key-corrections`, { version });

export const undoCorrection = (correctionId: number) =>
  http.put<KeyCorrection>(`/key-corrections/${correctionId}/undo`);

export const correctionsQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "key-corrections"],
    queryFn: async () =>
      (await http.get<Page<KeyCorrection>>(`/assignments/${assignmentId}/key-corrections`)).items,
    // One that is under way ends by itself.
    refetchInterval: (query) =>
      query.state.data?.some((one) => one.status === "applying" || one.status === "undoing")
        ? 1_000
        : false,
  });
