import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { CellLine, CellTable, useEntryWords } from "./batch-preview";
import type { GradebookModel } from "./gradebook-model";
import type { Overtaken } from "./use-batch";

interface OvertakenDialogProps {
  cells: Overtaken[];
  model: GradebookModel;
  onClose: () => void;
}

/** What an undo left as it is, because somebody else has changed it since. */
export function OvertakenDialog({ cells, model, onClose }: OvertakenDialogProps) {
  const { t } = useTranslation();
  const words = useEntryWords();

  function stands({ userId, assignmentId, now }: Overtaken): string {
    const { score, excused } = model.cell(userId, assignmentId);
    if (!now) return words({ score, excused });
    const value = words({ score: now.entered_score, excused: now.status === "excused" });
    return t("grading.conflict.stands", { name: now.graded_by.name ?? "", value });
  }

  return (
    <Dialog title={t("grading.batch.leftTitle")} wide onClose={onClose}>
      <div className="stack">
        <p>{t("grading.batch.left", { count: cells.length })}</p>
        <CellTable title={t("grading.batch.leftCells")} value={t("grading.batch.stands")}>
          {cells.map((cell) => (
            <CellLine
              key={`${cell.userId}:${cell.assignmentId}`}
              cell={cell}
              model={model}
              value={t("grading.batch.stands")}
            >
              {stands(cell)}
            </CellLine>
          ))}
        </CellTable>
        <div className="dialog-actions">
          <Button kind="primary" onClick={onClose}>
            {t("action.close")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
