import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";
import type { Schemas } from "../../lib/schemas";

export type GradebookExport = Schemas["GradebookExport"];

export type ExportFormat = Schemas["ExportFormat"];

export const exportFormats = ["xlsx", "csv", "json", "banner", "powerschool", "oneroster"] as const;

/** Those that take one total of each learner, not every score. */
export const takesOneTotal = (format: string) => format === "banner" || format === "powerschool";

export interface WantedExport {
  format: ExportFormat;
  section_ids?: number[];
  total?: "current" | "final";
  store_code?: string;
}

export const exportsQuery = (courseId: number) =>
  pagedQuery<GradebookExport>(
    ["gradebook-exports", courseId],
    `/courses/${courseId}/gradebook-exports`,
  );

/** One export, looked at every second until its file is there or its job has given up. */
export const exportQuery = (courseId: number, exportId: number) =>
  queryOptions({
    queryKey: ["gradebook-export", courseId, exportId],
    queryFn: () => http.get<GradebookExport>(`/courses/${courseId}/gradebook-exports/${exportId}`),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? 1_000 : false),
  });

export const createExport = (courseId: number, wanted: WantedExport) =>
  http.post<GradebookExport>(`/courses/${courseId}/gradebook-exports`, wanted);

export function isUnderWay(one: GradebookExport): boolean {
  return one.state === "waiting" && !hasFailed(one);
}

export function hasFailed(one: GradebookExport): boolean {
  return one.state === "waiting" && (one.job?.state === "dead" || one.job?.state === "cancelled");
}
