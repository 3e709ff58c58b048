import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { flag } from "../grades-api";
import type { GradebookModel } from "./gradebook-model";

type CellData = ReturnType<GradebookModel["cell"]>;

/** What a score cell says: the value that stands, or the person's own while it is on its way. */
export function ScoreContent({ cell }: { cell: CellData }) {
  const locale = useLocale();
  const value = cell.pending ?? cell;
  const text = value.excused
    ? "EX"
    : value.score === null
      ? "–"
      : formatNumber(value.score, locale);
  return (
    <>
      <ScoreMark cell={cell} />
      <span>{text}</span>
    </>
  );
}

function ScoreMark({ cell }: { cell: CellData }) {
  const { t } = useTranslation();
  if (cell.pending?.state === "failed") return <Mark tone="bad">{t("grading.notSaved")}</Mark>;
  if (cell.pending?.state === "conflict") return <Mark tone="bad">{t("grading.changed")}</Mark>;
  if (cell.pending) return <Mark>{t("save.saving")}</Mark>;
  if (cell.flags & flag.excused) return null;
  if (cell.flags & flag.notAssigned) return <Mark>{t("grading.flag.notAssigned")}</Mark>;
  if (cell.flags & flag.missing) return <Mark tone="bad">{t("grading.flag.missing")}</Mark>;
  if (cell.flags & flag.late) return <Mark tone="warn">{t("grading.flag.late")}</Mark>;
  if (cell.flags & flag.needsGrading) return <Mark>{t("grading.flag.toGrade")}</Mark>;
  if (cell.score !== null && !(cell.flags & flag.posted))
    return <Mark>{t("grading.flag.hidden")}</Mark>;
  return null;
}

function Mark({ tone, children }: { tone?: "bad" | "warn"; children: string }) {
  return (
    <span className="gb-mark" data-tone={tone}>
      {children}
    </span>
  );
}
