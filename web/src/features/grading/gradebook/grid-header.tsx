import type { VirtualItem } from "@tanstack/react-virtual";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "../../../lib/dates";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import type { GradebookAssignment } from "../grades-api";
import { useColumnState } from "./column-state";
import type { GradebookModel } from "./gradebook-model";
import { FIXED_COLUMNS, HEADER_HEIGHT } from "./grid-layout";

interface GridHeaderProps {
  model: GradebookModel;
  columns: VirtualItem[];
  assignments: GradebookAssignment[];
  nameWidth: number;
  /** The column that has the grid's one tab stop, if it is here. */
  activeColumn: number | undefined;
  /** Only there so that a change of the model draws the headings again. */
  revision: number;
  zone: string;
}

/** By column, before the assignments. */
const totalNames = ["", "grading.total.current", "grading.total.final"];

/** Not drawn again while rows scroll: dates and counts in words cost more than all the scores below them. */
export const GridHeader = memo(function GridHeader(props: GridHeaderProps) {
  const { model, columns, assignments, nameWidth, activeColumn, zone } = props;
  const { t } = useTranslation();
  const state = useColumnState(model, zone);
  function other(column: number) {
    const total = totalNames[column];
    if (total) return t(total);
    return model.more[column - FIXED_COLUMNS - assignments.length] === "formula"
      ? model.formula?.name
      : t("grading.override.column");
  }
  const tabIndex = (column: number) => (activeColumn === column ? 0 : -1);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the cells of the row take the focus
    <div role="row" aria-rowindex={1} className="gb-head" style={{ blockSize: HEADER_HEIGHT }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className="gb-cell gb-name"
        style={{ inlineSize: nameWidth }}
        tabIndex={tabIndex(0)}
        data-at="-1:0"
      >
        <span>{t("grading.learner")}</span>
      </div>
      {columns.map((item) => {
        const column = item.index + 1;
        const assignment = assignments[column - FIXED_COLUMNS];
        return (
          <div
            key={item.key}
            role="columnheader"
            aria-colindex={column + 1}
            className={column < FIXED_COLUMNS ? "gb-cell gb-total" : "gb-cell"}
            style={{ insetInlineStart: item.start, inlineSize: item.size }}
            tabIndex={tabIndex(column)}
            data-at={`-1:${column}`}
            data-assignment={assignment?.assignment_id}
            aria-haspopup={assignment ? "menu" : undefined}
            title={assignment ? state.words(assignment) : undefined}
          >
            {assignment ? (
              <AssignmentHead assignment={assignment} state={state.short(assignment)} zone={zone} />
            ) : (
              <span className="gb-title">{other(column)}</span>
            )}
          </div>
        );
      })}
    </div>
  );
});

interface AssignmentHeadProps {
  assignment: GradebookAssignment;
  state: string;
  zone: string;
}

function AssignmentHead({ assignment, state, zone }: AssignmentHeadProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = formatNumber(assignment.points_possible, locale);
  const due = assignment.due_at && formatDateTime(assignment.due_at, locale, zone);
  return (
    <>
      <span className="gb-title" title={assignment.title}>
        {assignment.title}
      </span>
      <span className="muted" title={due ? t("grading.dueAt", { date: due }) : undefined}>
        {t("grading.ofPoints", { points })}
        {assignment.status === "draft" && ` · ${t("grading.status.draft")}`}
      </span>
      {state && <span className="gb-state muted">{state}</span>}
    </>
  );
}
