import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { When } from "../../../ui/when";
import type { GradebookModel } from "./gradebook-model";
import type { Entry } from "./score-text";
import type { Cell } from "./use-gradebook";

interface ConflictDialogProps {
  cell: Cell;
  model: GradebookModel;
  onSave: (cell: Cell, entry: Entry, version: number) => Promise<void>;
  onRefresh: () => Promise<void>;
  onClose: () => void;
}

/** Somebody else changed the cell first: both values, who and when; nothing is overwritten unseen. */
export function ConflictDialog({ cell, model, onSave, onRefresh, onClose }: ConflictDialogProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { userId, assignmentId } = cell;
  const pending = model.cell(userId, assignmentId).pending;
  const student = model.students.find((s) => s.user_id === userId);
  const assignment = model.assignments.find((a) => a.assignment_id === assignmentId);
  if (!pending) return null;
  const now = pending.now;

  function words(score: number | null, excused: boolean): string {
    if (excused) return t("grading.excused");
    return score === null ? t("grading.noScore") : formatNumber(score, locale);
  }

  async function keepTheirs() {
    model.setPending(userId, assignmentId, undefined);
    onClose();
    await onRefresh();
  }

  function keepMine() {
    if (!pending) return;
    onClose();
    void onSave(cell, pending, now?.version ?? pending.version);
  }

  return (
    <Dialog title={t("grading.conflict.title")} onClose={onClose}>
      <div className="stack">
        <p>
          {t("grading.conflict.about", {
            name: student?.name ?? "",
            assignment: assignment?.title ?? "",
          })}
        </p>
        <dl className="facts">
          <div>
            <dt>{t("grading.conflict.mine")}</dt>
            <dd className="figures">{words(pending.score, pending.excused)}</dd>
          </div>
          <div>
            <dt>{t("grading.conflict.theirs")}</dt>
            <dd className="figures">
              {words(now?.entered_score ?? null, now?.status === "excused")}
            </dd>
          </div>
        </dl>
        {now?.graded_at && (
          <p className="muted">
            {now.graded_by?.name} <When at={now.graded_at} relative />
          </p>
        )}
        <div className="dialog-actions">
          <Button onClick={() => void keepTheirs()}>{t("grading.conflict.keepTheirs")}</Button>
          <Button kind="primary" onClick={keepMine}>
            {t("grading.conflict.keepMine")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
