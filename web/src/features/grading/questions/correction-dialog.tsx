import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Table } from "../../../ui/table";
import type { CorrectionLine, CorrectionPreview } from "./corrections-api";

interface CorrectionDialogProps {
  preview: CorrectionPreview;
  busy: boolean;
  /** Saves; with true the answers that have marks are judged anew as well. */
  onSave: (judgeAnew: boolean) => void;
  onClose: () => void;
}

/** What changed keys would do, learner by learner, before anything is saved. */
export function CorrectionDialog({ preview, busy, onSave, onClose }: CorrectionDialogProps) {
  const { t } = useTranslation();
  const say = (name: string) => t(`questions.corrections.${name}`);
  return (
    <Dialog title={say("title")} wide onClose={onClose}>
      <div className="stack">
        <p>
          {t("questions.corrections.scores", { count: preview.score_change_count })}{" "}
          {preview.told_count > 0 && t("questions.corrections.told", { count: preview.told_count })}
        </p>
        {preview.program_count > 0 && (
          <p>{t("questions.corrections.programs", { count: preview.program_count })}</p>
        )}
        {preview.lines.length > 0 && (
          <Table columns={[say("learner"), say("score"), say("answers"), say("stays")]}>
            {preview.lines.map((line) => (
              <LineRow key={line.user_id} line={line} />
            ))}
          </Table>
        )}
        {preview.learner_count > preview.lines.length && (
          <p className="small muted">
            {t("questions.corrections.more", {
              count: preview.learner_count - preview.lines.length,
            })}
          </p>
        )}
        <p className="small muted">{say("help")}</p>
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button busy={busy} onClick={() => onSave(false)}>
            {say("leave")}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => onSave(true)}>
            {say("apply")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function LineRow({ line }: { line: CorrectionLine }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const say = (value: number | null) => (value === null ? "–" : formatNumber(value, locale, 4));
  return (
    <tr>
      <td data-label={t("questions.corrections.learner")}>{line.name}</td>
      <td className="figures" data-label={t("questions.corrections.score")}>
        {line.score_before === line.score_after
          ? say(line.score_before)
          : t("questions.corrections.from", {
              from: say(line.score_before),
              to: say(line.score_after),
            })}
      </td>
      <td className="figures" data-label={t("questions.corrections.answers")}>
        {formatNumber(line.mark_count, locale)}
      </td>
      <td data-label={t("questions.corrections.stays")}>
        {line.left && t(`questions.corrections.left.${line.left}`)}
      </td>
    </tr>
  );
}
