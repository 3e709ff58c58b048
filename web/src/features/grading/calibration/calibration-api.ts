import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";
import type { Submission } from "../api";
import type { Rubric } from "../rubrics/rubrics-api";
import type { Judgement } from "../rubrics/use-sheet";

export type CalibrationLine = Schemas["CalibrationLine"];

/** A piece of work to be assessed, without what anybody else made of it. */
export type CalibrationPiece = Schemas["CalibrationPiece"] & {
  submission: Submission;
  rubric: Rubric | null;
};

export type CalibrationAgreement = Schemas["GetCalibrationAgreementResponse"];

export const calibrationQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "calibration"],
    queryFn: async () =>
      (await http.get<Page<CalibrationLine>>(`/assignments/${assignmentId}/calibration-works`))
        .items,
  });

export const pieceQuery = (assignmentId: number, userId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "calibration", userId],
    queryFn: () =>
      http.get<CalibrationPiece>(`/assignments/${assignmentId}/calibration-works/${userId}`),
  });

export const nearnessQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "calibration", "agreement"],
    queryFn: () =>
      http.get<CalibrationAgreement>(`/assignments/${assignmentId}/calibration-agreement`),
  });

export const setReference = (
  assignmentId: number,
  userId: number,
  reference: Judgement & { note: string; version: number },
) =>
  http.put<CalibrationPiece>(`/assignments/${assignmentId}/calibration-works/${userId}`, reference);

export const removeReference = (assignmentId: number, userId: number, version: number) =>
  http.delete<void>(`/assignments/${assignmentId}/calibration-works/${userId}`, { version });

export const answerCalibration = (
  assignmentId: number,
  userId: number,
  answer: Judgement & { comment: string },
) =>
  http.put<CalibrationPiece>(`/assignments/${assignmentId}/calibration-answers/${userId}`, answer);
