import type { TFunction } from "i18next";
import { formatNumber } from "../../../lib/numbers";
import type { At } from "../gradebook/grid-layout";
import type { MasteryRow, OutcomeSummary } from "./outcomes-api";

export interface Speech {
  t: TFunction;
  locale: string;
}

type Cell = MasteryRow["cells"][number] | undefined;

export function scoreOf(cell: Cell, locale: string): string {
  return typeof cell?.score === "number" ? formatNumber(cell.score, locale) : "–";
}

/** The learner sees another score, because something is not posted. */
export function isDifferent(cell: Cell): boolean {
  return cell !== undefined && cell.score !== cell.learner_score;
}

/** How many of a class have reached mastery. */
export function masteredIn({ scale, levels }: OutcomeSummary): number {
  return levels.reduce(
    (sum, count, at) =>
      (scale.levels[at]?.points ?? 0) >= scale.mastery_points ? sum + count : sum,
    0,
  );
}

/** "Row Ada, column W1 Writing, 2.5, Near": what the live region says of a cell. */
export function cellWords(
  { t, locale }: Speech,
  at: At,
  row: MasteryRow | undefined,
  outcomes: readonly OutcomeSummary[],
  learnerCount: number,
): string {
  const outcome = outcomes[at.column - 1];
  const column = outcome ? `${outcome.code} ${outcome.title}` : t("grading.learner");
  if (!row) {
    const heading = t("grading.grid.header", { column });
    const mastered = outcome && masteredIn(outcome);
    return outcome
      ? `${heading}, ${t("outcomes.grid.mastered", { mastered, count: learnerCount })}`
      : heading;
  }
  if (!outcome) return t("grading.grid.row", { name: row.name });
  const cell = row.cells[at.column - 1];
  const level = cell?.level ? outcome.scale.levels[cell.level - 1]?.name : t("outcomes.noLevel");
  const value = [
    typeof cell?.score === "number" && scoreOf(cell, locale),
    level,
    isDifferent(cell) && t("outcomes.grid.differs"),
  ];
  return t("grading.grid.cell", {
    name: row.name,
    column,
    value: value.filter(Boolean).join(", "),
  });
}
