import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { SelectField } from "../../../ui/field";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { Table } from "../../../ui/table";
import { type ImportRow, importRowsQuery, type RosterImport, rowKinds } from "../imports-api";

/** Rows of the plan by kind; refused rows come first, with the reason for each. */
export function ImportRows({ one }: { one: RosterImport }) {
  const { t } = useTranslation();
  const [{ kind = firstKind(one) }, setFilters] = useFilters();
  const query = useInfiniteQuery(importRowsQuery(one.roster_import_id, kind));
  return (
    <section className="stack" aria-labelledby="import-rows">
      <div className="row-between">
        <h2 id="import-rows">{t("courses.imports.rows")}</h2>
        <SelectField
          label={t("courses.imports.show")}
          value={kind}
          onChange={(event) => setFilters({ kind: event.target.value })}
          choices={rowKinds.map((value) => ({ value, label: t(`courses.imports.row.${value}`) }))}
        />
      </div>
      <QueryView query={query} lines={3}>
        {(data) => {
          const rows = itemsOf(data);
          if (rows.length === 0) return <p className="muted">{t("courses.imports.noRows")}</p>;
          return (
            <Table
              columns={["where", "what", "why"].map((column) => t(`courses.imports.${column}`))}
            >
              {rows.map((row) => (
                <tr key={row.row_no}>
                  <td data-label={t("courses.imports.where")} className="figures">
                    {row.file}
                    {row.line ? `:${row.line}` : ""}
                    {row.column_name && ` (${row.column_name})`}
                  </td>
                  <td data-label={t("courses.imports.what")}>
                    {row.thing && t(`courses.imports.thing.${row.thing}`)}{" "}
                    <span className="mono">{row.label}</span>
                  </td>
                  <td data-label={t("courses.imports.why")}>
                    {row.reason ?? <Changes row={row} />}
                  </td>
                </tr>
              ))}
            </Table>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </section>
  );
}

/** What was refused is looked at first; without refusals, what would be added. */
function firstKind(one: RosterImport): string {
  if (one.summary.errors > 0) return "error";
  return one.summary.warnings > 0 ? "warning" : "create";
}

interface Change {
  field: string;
  from: unknown;
  to: unknown;
}

function changesOf(changes: unknown): Change[] {
  return Array.isArray(changes) ? (changes as Change[]) : [];
}

function Changes({ row }: { row: ImportRow }) {
  const { t } = useTranslation();
  const changes = changesOf(row.changes);
  if (changes.length === 0) return t(`courses.imports.row.${row.kind}`);
  return (
    <ul>
      {changes.map(({ field, from, to }) => (
        <li key={field}>
          <span className="muted">{field}</span>{" "}
          {t("courses.imports.change", { from: String(from ?? "–"), to: String(to ?? "–") })}
        </li>
      ))}
    </ul>
  );
}
