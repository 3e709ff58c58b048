import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { SelectField } from "../../../ui/field";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { type ImportRow, importRowsQuery } from "../imports-api";

const kinds = ["error", "create", "update", "delete"];

/** Rows of the plan by kind; refused rows come first, with the reason for each. */
export function ImportRows({ importId }: { importId: number }) {
  const { t } = useTranslation();
  const [{ kind = "error" }, setFilters] = useFilters();
  const query = useInfiniteQuery(importRowsQuery(importId, kind));
  return (
    <section className="stack" aria-labelledby="import-rows">
      <div className="row-between">
        <h2 id="import-rows">{t("courses.imports.rows")}</h2>
        <SelectField
          label={t("courses.imports.show")}
          value={kind}
          onChange={(event) => setFilters({ kind: event.target.value })}
          choices={kinds.map((value) => ({ value, label: t(`courses.imports.count.${value}`) }))}
        />
      </div>
      <QueryView query={query} lines={3}>
        {(data) => {
          const rows = itemsOf(data);
          if (rows.length === 0) return <p className="muted">{t("courses.imports.noRows")}</p>;
          return (
            <div className="table-wrap">
              <table className="table" data-stack>
                <thead>
                  <tr>
                    <th>{t("courses.imports.where")}</th>
                    <th>{t("courses.imports.what")}</th>
                    <th>{t("courses.imports.why")}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: rows only ever grow at the end
                    <tr key={i}>
                      <td data-label={t("courses.imports.where")} className="figures">
                        {row.file}
                        {row.line !== null && `:${row.line}`}
                      </td>
                      <td data-label={t("courses.imports.what")}>
                        {t(`courses.imports.subject.${row.subject}`, { defaultValue: row.subject })}{" "}
                        <span className="mono">{row.key}</span>
                      </td>
                      <td data-label={t("courses.imports.why")}>
                        {row.message ?? <Changes row={row} />}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </section>
  );
}

function Changes({ row }: { row: ImportRow }) {
  const { t } = useTranslation();
  const entries = Object.entries(row.changes ?? {});
  if (entries.length === 0) return t(`courses.imports.count.${row.kind}`);
  return (
    <ul>
      {entries.map(([field, { from, to }]) => (
        <li key={field}>
          <span className="muted">{field}</span>{" "}
          {t("courses.imports.change", { from: String(from ?? "–"), to: String(to ?? "–") })}
        </li>
      ))}
    </ul>
  );
}
