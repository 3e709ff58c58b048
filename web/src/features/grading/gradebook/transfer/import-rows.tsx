import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../../lib/address";
import { useLocale } from "../../../../lib/i18n";
import { formatNumber } from "../../../../lib/numbers";
import { itemsOf } from "../../../../lib/query-client";
import { SelectField } from "../../../../ui/field";
import { QueryView, ShowMore } from "../../../../ui/query-view";
import { Table } from "../../../../ui/table";
import {
  type GradebookImport,
  type GradebookImportRow,
  gradebookImportRowsQuery,
  type ImportKind,
  importKinds,
} from "../../imports-api";
import type { Choosing } from "./import-choice";

interface ImportRowsProps {
  one: GradebookImport;
  choosing: Choosing;
}

/** What a file says that does not stand here, one kind at a time, with how much there is of each. */
export function ImportRows({ one, choosing }: ImportRowsProps) {
  const { t } = useTranslation();
  const [{ kind: wanted }, setFilters] = useFilters();
  const kind = importKinds.find((known) => known === wanted) ?? firstKind(one);
  const query = useInfiniteQuery(
    gradebookImportRowsQuery(one.course_id, one.gradebook_import_id, kind),
  );
  const cells = kind === "changed" || kind === "conflict";
  return (
    <section className="stack" aria-labelledby="import-rows">
      <div className="row-between">
        <h2 id="import-rows">{t("grading.files.differences")}</h2>
        <SelectField
          label={t("grading.files.show")}
          value={kind}
          onChange={(event) => setFilters({ kind: event.target.value })}
          choices={importKinds.map((value) => ({
            value,
            label: t(`grading.files.kind.${value}`, { count: one.summary[value] }),
          }))}
        />
      </div>
      <p className="muted">{t(`grading.files.kindHelp.${kind}`)}</p>
      <QueryView query={query} lines={3}>
        {(data) => {
          const rows = itemsOf(data);
          if (rows.length === 0) return <p className="muted">{t("grading.files.noRows")}</p>;
          return cells ? (
            <Cells rows={rows} one={one} choosing={choosing} />
          ) : (
            <Wrong rows={rows} />
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </section>
  );
}

/** What has to be decided is looked at first. */
function firstKind(one: GradebookImport): ImportKind {
  const { conflict, changed } = one.summary;
  if (conflict > 0) return "conflict";
  return changed > 0 ? "changed" : (importKinds.find((kind) => one.summary[kind] > 0) ?? "changed");
}

function Cells({ rows, one, choosing }: ImportRowsProps & { rows: GradebookImportRow[] }) {
  const { t } = useTranslation();
  const words = useScoreWords();
  const open = one.state === "planned";
  const columns = ["take", "learner", "assignment", "here", "file", "seen"] as const;
  const label = (column: (typeof columns)[number]) => t(`grading.files.column.${column}`);
  return (
    <Table columns={columns.map(label)}>
      {rows.map((row) => (
        <tr key={row.row_no}>
          <td data-label={label("take")}>
            <input
              type="checkbox"
              aria-label={t("grading.files.takeCell", {
                name: row.learner,
                assignment: row.column_name,
              })}
              checked={open ? choosing.takes(row) : row.taken}
              disabled={!open}
              onChange={(event) => choosing.decide(row, event.target.checked)}
            />
          </td>
          <th scope="row" data-label={label("learner")}>
            {row.learner}
          </th>
          <td data-label={label("assignment")}>{row.column_name}</td>
          <td data-label={label("here")} className="figures">
            {words(row.current_score, row.current_excused)}
          </td>
          <td data-label={label("file")} className="figures">
            <strong>{words(row.score, row.excused)}</strong>
          </td>
          <td data-label={label("seen")} className="figures">
            {row.seen_known ? (
              words(row.seen_score, row.seen_excused)
            ) : (
              <span className="muted">{t("grading.files.unseen")}</span>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Wrong({ rows }: { rows: GradebookImportRow[] }) {
  const { t } = useTranslation();
  const columns = ["line", "learner", "assignment", "file", "because"] as const;
  const label = (column: (typeof columns)[number]) => t(`grading.files.column.${column}`);
  return (
    <Table columns={columns.map(label)}>
      {rows.map((row) => (
        <tr key={row.row_no}>
          <td data-label={label("line")} className="figures">
            {row.line ?? "–"}
          </td>
          <td data-label={label("learner")}>{row.learner ?? "–"}</td>
          <td data-label={label("assignment")}>{row.column_name ?? "–"}</td>
          <td data-label={label("file")} className="mono">
            {row.value ?? "–"}
          </td>
          <td data-label={label("because")}>{row.reason}</td>
        </tr>
      ))}
    </Table>
  );
}

function useScoreWords() {
  const { t } = useTranslation();
  const locale = useLocale();
  return (score: number | null, excused: boolean) => {
    if (excused) return t("grading.files.excused");
    return score === null ? t("grading.files.noScore") : formatNumber(score, locale, 4);
  };
}
