import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";

export type ImportState = "reading" | "planned" | "refused" | "applying" | "applied" | "failed";

/** What would change, for one kind of thing. */
export interface ImportCounts {
  create: number;
  update: number;
  delete: number;
  unchanged: number;
  error: number;
}

export interface RosterImport {
  roster_import_id: number;
  state: ImportState;
  file_name: string;
  format: string | null;
  created_at: string;
  created_by_name?: string | null;
  /** Keyed by what the rows are about: users, courses, sections, enrollments … */
  summary: Record<string, Partial<ImportCounts>> | null;
  error_count?: number;
  job_id?: number | null;
  refused_because?: string | null;
  progress_percent?: number | null;
}

export interface ImportRow {
  file: string | null;
  line: number | null;
  kind: "error" | "create" | "update" | "delete";
  subject: string;
  key: string;
  message: string | null;
  changes?: Record<string, { from: unknown; to: unknown }> | null;
}

export const importsQuery = () => pagedQuery<RosterImport>(["imports"], "/roster-imports");

const running: ImportState[] = ["reading", "applying"];

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ["import", id],
    queryFn: () => http.get<RosterImport>(`/roster-imports/${id}`),
    refetchInterval: (query) =>
      query.state.data && running.includes(query.state.data.state) ? 1_000 : false,
  });

export const importRowsQuery = (id: number, kind: string) =>
  pagedQuery<ImportRow>(["import", id, "rows"], `/roster-imports/${id}/rows`, { kind });

export function uploadRoster(file: File): Promise<RosterImport> {
  const form = new FormData();
  form.set("file", file);
  return http.post("/roster-imports?format=auto", form);
}

export const applyImport = (id: number) =>
  http.post<{ job_id: number }>(`/roster-imports/${id}/application`);
