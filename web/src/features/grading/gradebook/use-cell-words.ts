import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, formatPercent } from "../../../lib/numbers";
import { useTimeZone } from "../../../lib/session";
import { flag, type GradebookAssignment, type GradebookStudent } from "../grades-api";
import { saidOf, useLabels } from "../policy/use-labels";
import { useColumnState } from "./column-state";
import type { GradebookModel } from "./gradebook-model";
import { type At, FIXED_COLUMNS } from "./grid-layout";
import { overrideWords } from "./override-words";
import { scoreWords } from "./score-text";

/** "Row Ada Lovelace, column Essay 2, 18 of 20, late": what the live region says of a cell. */
export function useCellWords(
  model: GradebookModel,
  students: GradebookStudent[],
  assignments: GradebookAssignment[],
  /** What else is to be said of a cell: who is there too. */
  more: (at: At) => string,
): (at: At) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const state = useColumnState(model, useTimeZone());

  function score(userId: number, assignment: GradebookAssignment): string {
    const cell = model.cell(userId, assignment.assignment_id);
    const value = cell.pending ?? cell;
    const words = [
      value.excused
        ? t("grading.excused")
        : value.score === null
          ? t("grading.noScore")
          : t("grading.scoreOf", {
              score: scoreWords(value.score, model.scaleOf(assignment.assignment_id), locale, t),
              points: formatNumber(assignment.points_possible, locale),
            }),
    ];
    words.push(...saidOf(cell.flags, labels, assignment.assignment_id).map((one) => one.words));
    if (cell.flags & flag.withheld) words.push(t("calibration.withheld.word"));
    if (cell.flags & flag.automatic) words.push(t("gradePolicy.missing.byRule"));
    if (cell.flags & flag.latePass) words.push(t("grading.flag.latePass"));
    if (cell.flags & flag.lateExempt) words.push(t("grading.flag.lateExempt"));
    if (cell.flags & flag.notAssigned) words.push(t("grading.flag.notAssigned"));
    if (cell.flags & flag.resubmitted) words.push(t("gradePolicy.attempts.newer"));
    if (cell.flags & flag.needsGrading) words.push(t("grading.flag.toGrade"));
    if (cell.hidden) words.push(t("grading.posting.hiddenCell"));
    if (cell.pending?.state === "failed") words.push(t("grading.notSaved"));
    if (cell.pending?.state === "conflict") words.push(t("grading.changed"));
    return words.join(", ");
  }

  function value(at: At, student: GradebookStudent): string {
    const assignment = assignments[at.column - FIXED_COLUMNS];
    if (assignment) return score(student.user_id, assignment);
    const row = model.row(student.user_id);
    if (isFormula(at.column)) {
      const computed = model.computed(student.user_id);
      return computed === null ? t("grading.formula.nothing") : formatNumber(computed, locale);
    }
    if (at.column >= FIXED_COLUMNS) {
      return overrideWords(row?.o, t, locale) ?? t("grading.override.none");
    }
    const totals = row?.t;
    const total = at.column === 1 ? totals?.current : totals?.final;
    const seen = at.column === 1 ? totals?.learner_current : totals?.learner_final;
    const words = typeof total === "number" ? formatPercent(total, locale) : t("grading.noGrade");
    return seen === undefined || seen === total
      ? words
      : `${words}, ${t("grading.posting.differs")}`;
  }

  function isFormula(column: number): boolean {
    return model.more[column - FIXED_COLUMNS - assignments.length] === "formula";
  }

  function columnName(column: number): string {
    if (isFormula(column)) return model.formula?.name ?? "";
    if (column === 0) return t("grading.learner");
    if (column < FIXED_COLUMNS) {
      return t(column === 1 ? "grading.total.current" : "grading.total.final");
    }
    return assignments[column - FIXED_COLUMNS]?.title ?? t("grading.override.column");
  }

  return (at) => {
    const student = students[at.row];
    if (!student) {
      const heading = t("grading.grid.header", { column: columnName(at.column) });
      const assignment = assignments[at.column - FIXED_COLUMNS];
      return assignment ? `${heading}, ${state.words(assignment)}` : heading;
    }
    if (at.column === 0) return t("grading.grid.row", { name: student.name });
    const cell = t("grading.grid.cell", {
      name: student.name,
      column: columnName(at.column),
      value: value(at, student),
    });
    return [cell, more(at)].filter(Boolean).join(". ");
  };
}
