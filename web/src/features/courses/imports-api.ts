import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";
import type { Schemas } from "../../lib/schemas";

export type ImportState = Schemas["RosterImportState"];

/** What would change, for one kind of thing; `stored` is what is there now. */
export type ImportTally = Schemas["RosterTally"];

/** A reason to wait for somebody's approval: far more changes than a night brings. */
export type ImportHold = Schemas["RosterHold"];

export type RosterImport = Schemas["RosterImport"];

export type ImportJob = Schemas["JobRoutesListed"];

export const rowKinds = ["error", "warning", "create", "update", "delete"] as const;

export type ImportRow = Schemas["RosterImportRow"];

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
