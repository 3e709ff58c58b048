import type { VirtualItem } from "@tanstack/react-virtual";
import { memo } from "react";
import { formatPercent } from "../../../lib/numbers";
import type { GradebookAssignment, GradebookStudent } from "../grades-api";
import { FormulaCell } from "./formula/formula-cell";
import type { GradebookModel } from "./gradebook-model";
import { FIXED_COLUMNS, ROW_HEIGHT } from "./grid-layout";
import { OverrideCell } from "./override-cell";
import { CellGraderMarks } from "./presence/cell-graders";
import { type CellGraders, gradersAt, typists } from "./presence/presence-model";
import { HiddenMark, ScoreContent, type Speech } from "./score-cell";
import { type Leave, ScoreEditor } from "./score-editor";
import type { Entry } from "./score-text";

interface GridRowProps {
  model: GradebookModel;
  /** Only there so that a change of the model draws the row again. */
  revision: number;
  student: GradebookStudent;
  assignments: GradebookAssignment[];
  index: number;
  top: number;
  columns: VirtualItem[];
  nameWidth: number;
  activeColumn: number | undefined;
  /** The selected columns of this row, when several cells are selected. */
  selectedFrom: number;
  selectedTo: number;
  editing: { at: { column: number }; text: string; typed: boolean } | undefined;
  editLabel: string;
  /** Other graders who are in this line. */
  here: CellGraders[];
  speech: Speech;
  onCommit: (entry: Entry, leave: Leave) => void;
  onCancel: () => void;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { student, index, top, columns, nameWidth, activeColumn } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the cells of the row take the focus
    <div
      role="row"
      aria-rowindex={index + 2}
      className="gb-row"
      style={{ blockSize: ROW_HEIGHT, transform: `translateY(${top}px)` }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className="gb-cell gb-name"
        style={{ inlineSize: nameWidth }}
        aria-selected={isSelected(props, 0)}
        tabIndex={activeColumn === 0 ? 0 : -1}
        data-at={`${index}:0`}
      >
        <span>{student.name}</span>
      </div>
      {columns.map((item) => {
        const column = item.index + 1;
        if (column < FIXED_COLUMNS) return <TotalCell key={item.key} item={item} row={props} />;
        const after = column - FIXED_COLUMNS - props.assignments.length;
        if (after < 0) return <ScoreCell key={item.key} item={item} row={props} />;
        return props.model.more[after] === "formula" ? (
          <FormulaCell
            key={item.key}
            item={item}
            rowIndex={index}
            value={props.model.computed(student.user_id)}
            selected={isSelected(props, column)}
            active={activeColumn === column}
            speech={props.speech}
          />
        ) : (
          <OverrideCell
            key={item.key}
            item={item}
            rowIndex={index}
            set={props.model.row(student.user_id)?.o}
            selected={isSelected(props, column)}
            active={activeColumn === column}
            speech={props.speech}
          />
        );
      })}
    </div>
  );
});

/** Said only of what is selected: "not selected" at every step would drown the rest. */
function isSelected(row: GridRowProps, column: number): true | undefined {
  return (column >= row.selectedFrom && column <= row.selectedTo) || undefined;
}

interface CellProps {
  item: VirtualItem;
  row: GridRowProps;
}

function TotalCell({ item, row }: CellProps) {
  const column = item.index + 1;
  const totals = row.model.row(row.student.user_id)?.t;
  const seen = column === 1 ? totals?.learner_current : totals?.learner_final;
  const value = column === 1 ? totals?.current : totals?.final;
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-readonly
      className="gb-cell gb-total"
      style={{ insetInlineStart: item.start, inlineSize: item.size }}
      aria-selected={isSelected(row, column)}
      tabIndex={row.activeColumn === column ? 0 : -1}
      data-at={`${row.index}:${column}`}
    >
      {seen !== undefined && seen !== value && (
        <HiddenMark words={row.speech.t("grading.posting.differs")} />
      )}
      {value === null || value === undefined ? "–" : formatPercent(value, row.speech.locale)}
    </div>
  );
}

function ScoreCell({ item, row }: CellProps) {
  const column = item.index + 1;
  const assignment = row.assignments[column - FIXED_COLUMNS];
  if (!assignment) return null;
  const cell = row.model.cell(row.student.user_id, assignment.assignment_id);
  const editing = row.editing?.at.column === column ? row.editing : undefined;
  const here = gradersAt(row.here, assignment.assignment_id);
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      className="gb-cell"
      style={{ insetInlineStart: item.start, inlineSize: item.size }}
      aria-selected={isSelected(row, column)}
      tabIndex={row.activeColumn === column ? 0 : -1}
      data-at={`${row.index}:${column}`}
      data-state={cell.pending?.state}
      data-flash={cell.flashing || undefined}
      data-editing={editing ? true : undefined}
      data-others-type={typists(here).length > 0 || undefined}
    >
      <CellGraderMarks graders={here} speech={row.speech} />
      {editing ? (
        <ScoreEditor
          label={row.editLabel}
          initial={editing.text}
          scale={row.model.scaleOf(assignment.assignment_id)}
          typed={editing.typed}
          onCommit={row.onCommit}
          onCancel={row.onCancel}
        />
      ) : (
        <ScoreContent
          cell={cell}
          assignmentId={assignment.assignment_id}
          scale={row.model.scaleOf(assignment.assignment_id)}
          speech={row.speech}
        />
      )}
    </div>
  );
}
