import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";
import type { Schemas } from "../../lib/schemas";

export type GradebookImport = Schemas["GradebookImport"];

export type GradebookImportState = Schemas["ImportState"];

export type GradebookImportRow = Schemas["ImportRow"];

export const importKinds = [
  "changed",
  "conflict",
  "invalid",
  "unknown_learner",
  "unknown_column",
] as const;

export type ImportKind = (typeof importKinds)[number];

/** What is to be applied: conflicts as one, and single rows otherwise. */
export interface ImportChoice {
  conflicts: "keep" | "take";
  rows: { row_no: number; take: boolean }[];
}

const running: GradebookImportState[] = ["planning", "applying", "reversing"];

export const isRunning = (one: GradebookImport) => running.includes(one.state);

export const gradebookImportsQuery = (courseId: number) =>
  pagedQuery<GradebookImport>(
    ["gradebook-imports", courseId],
    `/courses/${courseId}/gradebook-imports`,
  );

export const gradebookImportQuery = (courseId: number, importId: number) =>
  queryOptions({
    queryKey: ["gradebook-import", courseId, importId],
    queryFn: () => http.get<GradebookImport>(`/courses/${courseId}/gradebook-imports/${importId}`),
    refetchInterval: (query) => (query.state.data && isRunning(query.state.data) ? 1_000 : false),
  });

/** The rows of one kind. They are of one comparison, so a state that changes makes no new ones. */
export const gradebookImportRowsQuery = (courseId: number, importId: number, kind: ImportKind) =>
  pagedQuery<GradebookImportRow>(
    ["gradebook-import", courseId, importId, "rows"],
    `/courses/${courseId}/gradebook-imports/${importId}/rows`,
    { kind },
  );

export function sendGrades(courseId: number, file: File): Promise<GradebookImport> {
  const form = new FormData();
  form.set("file", file);
  return http.post(`/courses/${courseId}/gradebook-imports`, form);
}

export const applyGrades = (courseId: number, importId: number, choice: ImportChoice) =>
  http.post<GradebookImport>(
    `/courses/${courseId}/gradebook-imports/${importId}/application`,
    choice,
  );

export const reverseGrades = (courseId: number, importId: number) =>
  http.post<GradebookImport>(`/courses/${courseId}/gradebook-imports/${importId}/reversal`, {});
