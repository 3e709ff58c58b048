import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Table } from "../../../ui/table";
import type { GradebookModel } from "./gradebook-model";
import type { Entry } from "./score-text";
import type { Preview } from "./use-batch";
import type { Cell } from "./use-gradebook";

interface BatchPreviewProps {
  preview: Preview;
  model: GradebookModel;
  onConfirm: () => void;
  onClose: () => void;
}

/** More lines than this nobody reads; the counts above them are of all. */
const MOST_LINES = 100;

/** What many values at once would change, from what to what, before anything is changed. */
export function BatchPreview({ preview, model, onConfirm, onClose }: BatchPreviewProps) {
  const { t } = useTranslation();
  const { plan } = preview;
  const { changes, invalid, same, refused } = plan;
  const words = useEntryWords();
  const possible = changes.length > 0;
  const saving = changes.some(
    ({ userId, assignmentId }) => model.cell(userId, assignmentId).pending?.state === "saving",
  );
  return (
    <Dialog title={preview.title} wide onClose={onClose}>
      <div className="stack">
        {preview.notice && (
          <p className="notice" data-tone="warn" role="alert">
            {preview.notice}
          </p>
        )}
        {refused ? (
          <p role="alert">{t(refused.why, refused.values)}</p>
        ) : (
          <p>{t("grading.batch.counts", { changed: changes.length, same, bad: invalid.length })}</p>
        )}
        {invalid.length > 0 && (
          <CellTable title={t("grading.batch.invalid")} value={t("grading.batch.text")}>
            {invalid.slice(0, MOST_LINES).map((cell) => (
              <CellLine key={keyOf(cell)} cell={cell} model={model} value={t("grading.batch.text")}>
                {t(cell.why, { text: cell.text })}
              </CellLine>
            ))}
          </CellTable>
        )}
        {possible && (
          <CellTable title={t("grading.batch.changes")} value={t("grading.batch.fromTo")}>
            {changes.slice(0, MOST_LINES).map((cell) => (
              <CellLine
                key={keyOf(cell)}
                cell={cell}
                model={model}
                value={t("grading.batch.fromTo")}
              >
                <span className="figures">
                  {t("grading.batch.becomes", { from: words(cell.from), to: words(cell.to) })}
                </span>
              </CellLine>
            ))}
          </CellTable>
        )}
        {changes.length > MOST_LINES && (
          <p className="muted">{t("grading.batch.more", { count: changes.length - MOST_LINES })}</p>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t(possible ? "action.cancel" : "action.close")}</Button>
          {possible && (
            <Button kind="primary" busy={saving} onClick={onConfirm}>
              {t("grading.batch.apply", { count: changes.length })}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** A score in words, as the grid shows it. */
export function useEntryWords(): (entry: Entry) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return ({ score, excused }) => {
    if (excused) return t("grading.excused");
    return score === null ? t("grading.noScore") : formatNumber(score, locale, 4);
  };
}

interface CellTableProps {
  title: string;
  /** What the last column is called. */
  value: string;
  children: React.ReactNode;
}

export function CellTable({ title, value, children }: CellTableProps) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{title}</h3>
      <Table columns={[t("grading.learner"), t("grading.assignment"), value]}>{children}</Table>
    </section>
  );
}

interface CellLineProps {
  cell: Cell;
  model: GradebookModel;
  /** What the last column is called, where the table is stacked. */
  value: string;
  children: React.ReactNode;
}

export function CellLine({ cell, model, value, children }: CellLineProps) {
  const { t } = useTranslation();
  const student = model.students.find((one) => one.user_id === cell.userId);
  const assignment = model.assignments.find((one) => one.assignment_id === cell.assignmentId);
  return (
    <tr>
      <td data-label={t("grading.learner")}>{student?.name}</td>
      <td data-label={t("grading.assignment")}>{assignment?.title}</td>
      <td data-label={value}>{children}</td>
    </tr>
  );
}

function keyOf({ userId, assignmentId }: Cell): string {
  return `${userId}:${assignmentId}`;
}
