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

/** A place that stays with its learner and assignment when rows or columns come, go or move. */
export interface Place extends Cell {
  at: At;
}

export function placeOf(shown: Shown, at: At): Place {
  const userId = shown.students[at.row]?.user_id ?? 0;
  const assignmentId = shown.assignments[at.column - FIXED_COLUMNS]?.assignment_id ?? 0;
  return { at, userId, assignmentId };
}

/** Where a place is now; when what it was at is no longer shown, the nearest there is. */
export function locate(shown: Shown, { at, userId, assignmentId }: Place): At {
  const { students, assignments } = shown;
  const column = at.column - FIXED_COLUMNS;
  let { row } = at;
  if (row >= 0 && students[row]?.user_id !== userId) {
    const found = students.findIndex((one) => one.user_id === userId);
    row = found >= 0 ? found : Math.min(row, students.length - 1);
  }
  // Columns that are no assignment stay where they are.
  if (!assignmentId || assignments[column]?.assignment_id === assignmentId) return { ...at, row };
  const found = assignments.findIndex((one) => one.assignment_id === assignmentId);
  return {
    row,
    column: FIXED_COLUMNS + (found >= 0 ? found : Math.min(column, assignments.length - 1)),
  };
}

export function isShown(shown: Shown, { userId, assignmentId }: Cell): boolean {
  return (
    shown.students.some((one) => one.user_id === userId) &&
    shown.assignments.some((one) => one.assignment_id === assignmentId)
  );
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
