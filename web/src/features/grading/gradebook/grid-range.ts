import type { GradebookAssignment, GradebookStudent } from "../grades-api";
import { type At, FIXED_COLUMNS } from "./grid-layout";
import type { Cell } from "./use-gradebook";

/** A rectangle of cells, its ends included. */
export interface Range {
  top: number;
  bottom: number;
  start: number;
  end: number;
}

/** What lies between two cells; the header is never part of it. */
export function rangeBetween(one: At, other: At): Range {
  return {
    top: Math.max(0, Math.min(one.row, other.row)),
    bottom: Math.max(0, one.row, other.row),
    start: Math.min(one.column, other.column),
    end: Math.max(one.column, other.column),
  };
}

export function isOne(range: Range): boolean {
  return range.top === range.bottom && range.start === range.end;
}

/** The part of a range that holds scores; undefined when there is none. */
export function scoresOf(range: Range): Range | undefined {
  if (range.end < FIXED_COLUMNS) return undefined;
  return { ...range, start: Math.max(range.start, FIXED_COLUMNS) };
}

/** The grid as a person sees it, filtered and in order. */
export interface Shown {
  students: GradebookStudent[];
  assignments: GradebookAssignment[];
}

export function cellAt(shown: Shown, row: number, column: number): Cell | undefined {
  const student = shown.students[row];
  const assignment = shown.assignments[column - FIXED_COLUMNS];
  if (!student || !assignment) return undefined;
  return { userId: student.user_id, assignmentId: assignment.assignment_id };
}

/** The score cells of a range, row by row. */
export function cellsOf(shown: Shown, range: Range): Cell[] {
  const scores = scoresOf(range);
  const cells: Cell[] = [];
  if (!scores) return cells;
  for (let row = scores.top; row <= scores.bottom; row += 1) {
    for (let column = scores.start; column <= scores.end; column += 1) {
      const cell = cellAt(shown, row, column);
      if (cell) cells.push(cell);
    }
  }
  return cells;
}
