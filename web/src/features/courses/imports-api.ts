import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";

export type ImportState = "planning" | "planned" | "refused" | "applying" | "applied" | "outdated";

/** What would change, for one kind of thing; `stored` is what is there now. */
export interface ImportTally {
  kind: string;
  stored: number;
  creates: number;
  updates: number;
  deletes: number;
  unchanged: number;
}

/** A reason to wait for somebody's approval: far more changes than a night brings. */
export interface ImportHold {
  kind: string;
  code: string;
  because: string;
}

export interface RosterImport {
  roster_import_id: number;
  file_name: string;
  size_bytes: number;
  format: string;
  state: ImportState;
  file_rows: number;
  summary: {
    errors: number;
    warnings: number;
    kinds: ImportTally[];
    holds: ImportHold[];
  };
  job_id: string | null;
  created_at: string;
}

export interface ImportJob {
  state: string;
  progress: number;
  total: number | null;
  error: string | null;
}

export const rowKinds = ["error", "warning", "create", "update", "delete"] as const;

export interface ImportRow {
  row_no: number;
  kind: (typeof rowKinds)[number];
  thing: string | null;
  label: string | null;
  file: string | null;
  line: number | null;
  column_name: string | null;
  reason: string | null;
  changes: unknown;
}

export const importsQuery = () => pagedQuery<RosterImport>(["imports"], "/roster-imports");

const running: ImportState[] = ["planning", "applying"];

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

/** How far the work behind an import has come. */
export const importJobQuery = (jobId: string | null, watch: boolean) =>
  queryOptions({
    queryKey: ["import-job", jobId],
    enabled: jobId !== null,
    queryFn: () => http.get<ImportJob>(`/jobs/${jobId}`),
    refetchInterval: watch ? 1_000 : false,
  });

export const applyImport = (id: number, confirm_holds: boolean) =>
  http.post<{ job_id: string }>(`/roster-imports/${id}/application`, { confirm_holds });
