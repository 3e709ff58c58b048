import { flag, type Gradebook } from "../grades-api";
import type { GradebookModel } from "./gradebook-model";
import { FIXED_COLUMNS } from "./grid-layout";
import { cellAt, cellsOf, type Range, type Shown, scoresOf } from "./grid-range";
import { type Entry, parseEntry, type Scale } from "./score-text";
import type { Cell } from "./use-gradebook";

/** A cell that is to hold another value, upon the version that was seen. */
export interface PlannedChange extends Cell {
  from: Entry;
  to: Entry;
  version: number;
  /** The version of the grade that is brought back, where one is. */
  restore?: number;
}

/** Text that cannot be this cell's score, and why: the key of a message. */
export interface InvalidText extends Cell {
  text: string;
  why: string;
}

/** What many values at once would do. Nothing has been done yet. */
export interface Plan {
  changes: PlannedChange[];
  same: number;
  invalid: InvalidText[];
  /** Why the whole block cannot be taken: the key of a message and what it names. */
  refused?: { why: string; values: Record<string, number> };
}

/** As many as the server takes in one request. */
export const MOST_CHANGES = 5_000;
const LARGEST_SCORE = 1_000_000;

export function nothing(refused?: Plan["refused"]): Plan {
  return { changes: [], same: 0, invalid: [], refused };
}

/** What each of these cells is to hold; those that hold it already are only counted. */
export function planOf(model: GradebookModel, wanted: (Cell & { to: Entry })[]): Plan {
  const plan = nothing();
  const anonymous = new Set(
    model.assignments.filter((one) => one.anonymous).map((one) => one.assignment_id),
  );
  for (const { userId, assignmentId, to } of wanted) {
    if (anonymous.has(assignmentId)) {
      const text = to.excused ? "EX" : String(to.score ?? "");
      plan.invalid.push({ userId, assignmentId, text, why: "marking.anonymous.cell" });
      continue;
    }
    const { score, excused, version } = model.cell(userId, assignmentId);
    // What looks the same stays, also where points were taken off: entered again, they would be
    // taken off twice.
    const same = excused ? to.excused : !to.excused && score === to.score;
    if (same) plan.same += 1;
    else plan.changes.push({ userId, assignmentId, from: { score, excused }, to, version });
  }
  return tooMany(plan) ?? plan;
}

/** A block from a spreadsheet laid upon the grid, its first cell on the first of the range. */
export function planBlock(
  model: GradebookModel,
  shown: Shown,
  block: string[][],
  range: Range,
  locale: string,
  /** Whether points were taken off what stood at this place of the block when it was copied here. */
  isDeducted: (y: number, x: number) => boolean = () => false,
): Plan {
  const height = block.length;
  const width = block[0]?.length ?? 0;
  if (block.some((row) => row.length !== width)) {
    return nothing({ why: "grading.block.ragged", values: {} });
  }
  const only = height === 1 && width === 1 ? block[0]?.[0] : undefined;
  const target = scoresOf(range);
  if (!target || (only === undefined && range.start !== target.start)) {
    return nothing({ why: "grading.block.noScores", values: {} });
  }
  const rows = shown.students.length - target.top;
  const columns = shown.assignments.length - (target.start - FIXED_COLUMNS);
  if (height > rows || width > columns) {
    return nothing({ why: "grading.block.overEdge", values: { height, width, rows, columns } });
  }
  // One value goes into every selected cell; a block keeps its shape.
  const texts =
    only === undefined
      ? block.flatMap((row, y) =>
          row.map((text, x) => ({
            text,
            deducted: isDeducted(y, x),
            cell: cellAt(shown, target.top + y, target.start + x),
          })),
        )
      : cellsOf(shown, target).map((cell) => ({ text: only, deducted: isDeducted(0, 0), cell }));
  const wanted: (Cell & { to: Entry })[] = [];
  const invalid: InvalidText[] = [];
  for (const { text, deducted, cell } of texts) {
    if (!cell) continue;
    const read = deducted
      ? "grading.block.deducted"
      : readScore(text, locale, model.scaleOf(cell.assignmentId));
    if (typeof read === "string") invalid.push({ ...cell, text, why: read });
    else wanted.push({ ...cell, to: read });
  }
  return withInvalid(planOf(model, wanted), invalid);
}

/** The first row of a range, or the one above a single row, copied into those below it. */
export function planFillDown(model: GradebookModel, shown: Shown, range: Range): Plan {
  const one = range.top === range.bottom;
  const source = one ? range.top - 1 : range.top;
  const target = { ...range, top: one ? range.top : range.top + 1 };
  if (source < 0) return nothing();
  const above = shown.students[source]?.user_id ?? 0;
  const wanted: (Cell & { to: Entry })[] = [];
  const invalid: InvalidText[] = [];
  for (const cell of cellsOf(shown, target)) {
    const { score, excused, flags } = model.cell(above, cell.assignmentId);
    // What was entered before lateness took points off is not known here.
    if (flags & flag.deducted && !excused) {
      invalid.push({ ...cell, text: String(score ?? ""), why: "grading.block.deducted" });
    } else wanted.push({ ...cell, to: { score: excused ? null : score, excused } });
  }
  return withInvalid(planOf(model, wanted), invalid);
}

function withInvalid(plan: Plan, invalid: InvalidText[]): Plan {
  return { ...plan, invalid: [...invalid, ...plan.invalid] };
}

export function planClear(model: GradebookModel, shown: Shown, range: Range): Plan {
  const empty = { score: null, excused: false };
  return planOf(
    model,
    cellsOf(shown, range).map((cell) => ({ ...cell, to: empty })),
  );
}

/** One score for those of a column who have none; or, if told so, for everybody. */
export function planDefault(
  model: GradebookModel,
  assignmentId: number,
  to: Entry,
  everybody: boolean,
): Plan {
  const cells = model.students.map(({ user_id }) => ({ userId: user_id, assignmentId, to }));
  return planOf(
    model,
    cells.filter(({ userId }) => {
      const cell = model.cell(userId, assignmentId);
      if (cell.flags & flag.notAssigned) return false;
      return everybody || (cell.score === null && !cell.excused);
    }),
  );
}

/**
 * Zero for what is truly missing. The server says what is: past due, nothing handed in, expected
 * online, not excused, not optional; here it must have no score either.
 */
export function planZeroMissing(model: GradebookModel, assignmentIds: number[]): Plan {
  const zero = { score: 0, excused: false };
  const wanted = assignmentIds.flatMap((assignmentId) =>
    model.students
      .map(({ user_id }) => ({ userId: user_id, assignmentId, to: zero }))
      .filter(({ userId }) => {
        const { flags, score } = model.cell(userId, assignmentId);
        const speaksAgainst = flag.submitted | flag.excused | flag.notAssigned;
        return flags & flag.missing && !(flags & speaksAgainst) && score === null;
      }),
  );
  return planOf(model, wanted);
}

/** What missing work earned is taken back where nobody entered it; the rules do not give it again. */
export function planTakeBack(model: GradebookModel, assignmentId: number): Plan {
  const to = { score: null, excused: false };
  return planOf(
    model,
    model.students
      .filter(({ user_id }) => model.cell(user_id, assignmentId).flags & flag.automatic)
      .map(({ user_id }) => ({ userId: user_id, assignmentId, to })),
  );
}

/** Each cell of a column as it was in an earlier gradebook, by the version that stood there then. */
export function planRestore(model: GradebookModel, assignmentId: number, past: Gradebook): Plan {
  const plan = nothing();
  const column = (past.assignments ?? []).findIndex((one) => one.assignment_id === assignmentId);
  if (column < 0) return nothing({ why: "grading.restoreColumn.notThere", values: {} });
  const rows = new Map(past.rows.map((row) => [row.u, row]));
  for (const { user_id: userId } of model.students) {
    const { score, excused, version } = model.cell(userId, assignmentId);
    const row = rows.get(userId);
    const restore = row?.v[column] ?? 0;
    const wasExcused = ((row?.f[column] ?? 0) & flag.excused) !== 0;
    const to = { score: restore === 0 ? null : (row?.s[column] ?? null), excused: wasExcused };
    if (restore === version) plan.same += 1;
    else {
      const from = { score, excused };
      plan.changes.push({ userId, assignmentId, from, to, version, restore });
    }
  }
  return tooMany(plan) ?? plan;
}

/** What a person's text means as a score, or the key of the message that says why it is none. */
export function readScore(text: string, locale: string, scale?: Scale): Entry | string {
  const entry = parseEntry(text, locale, scale);
  if (!entry) return "grading.block.notAScore";
  const score = entry.score ?? 0;
  if (score < 0) return "grading.block.negative";
  if (score > LARGEST_SCORE) return "grading.block.tooLarge";
  return Math.abs(score * 10_000 - Math.round(score * 10_000)) > 1e-6
    ? "grading.block.tooFine"
    : entry;
}

function tooMany(plan: Plan): Plan | undefined {
  const count = plan.changes.length;
  return count > MOST_CHANGES
    ? nothing({ why: "grading.block.tooMany", values: { count, most: MOST_CHANGES } })
    : undefined;
}
