import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Table } from "../../../ui/table";
import type { MigrationLine, RubricPreview } from "./rubrics-api";

interface PreviewDialogProps {
  preview: RubricPreview;
  busy: boolean;
  /** Saves; with true the assessments that exist are carried over as well. */
  onSave: (carryOver: boolean) => void;
  onClose: () => void;
}

/** What a change of a rubric in use would do, learner by learner, before anything is saved. */
export function PreviewDialog({ preview, busy, onSave, onClose }: PreviewDialogProps) {
  const { t } = useTranslation();
  const columns = [
    t("rubrics.preview.learner"),
    t("rubrics.preview.score"),
    t("rubrics.preview.total"),
    t("rubrics.preview.change"),
  ];
  return (
    <Dialog title={t("rubrics.preview.title")} wide onClose={onClose}>
      <div className="stack">
        <p>
          {t("rubrics.preview.count", { count: preview.assessment_count })}{" "}
          {t("rubrics.preview.scores", { count: preview.score_change_count })}
        </p>
        <Table columns={columns}>
          {preview.lines.map((line) => (
            <PreviewRow key={`${line.assignment_id}-${line.user_id}`} line={line} />
          ))}
        </Table>
        {preview.assessment_count > preview.lines.length && (
          <p className="small muted">
            {t("rubrics.preview.more", { count: preview.assessment_count - preview.lines.length })}
          </p>
        )}
        <p className="small muted">{t("rubrics.preview.help")}</p>
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button busy={busy} onClick={() => onSave(false)}>
            {t("rubrics.preview.leave")}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => onSave(true)}>
            {t("rubrics.preview.carry", { count: preview.assessment_count })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function PreviewRow({ line }: { line: MigrationLine }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const say = (value: number | null) => (value === null ? "–" : formatNumber(value, locale, 4));
  const change = (before: number | null, after: number | null) =>
    before === after
      ? say(before)
      : t("rubrics.preview.from", { from: say(before), to: say(after) });
  const words = [
    line.falls_away.length > 0 &&
      t("rubrics.preview.fallsAway", { criteria: line.falls_away.join(", ") }),
    !line.complete && t("rubrics.preview.open"),
  ].filter(Boolean);
  return (
    <tr>
      <td data-label={t("rubrics.preview.learner")}>{line.name}</td>
      <td className="figures" data-label={t("rubrics.preview.score")}>
        {change(line.score_before, line.score_after)}
      </td>
      <td className="figures" data-label={t("rubrics.preview.total")}>
        {change(line.total_before, line.total_after)}
      </td>
      <td data-label={t("rubrics.preview.change")}>{words.join(" · ")}</td>
    </tr>
  );
}
