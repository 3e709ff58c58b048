import { describe, expect, it } from "vitest";
import { flag, type Gradebook } from "../grades-api";
import { planBlock, planDefault, planFillDown, planTakeBack, planZeroMissing } from "./block-plan";
import { fromTsv, toTsv } from "./clipboard-text";
import { GradebookModel } from "./gradebook-model";
import { FIXED_COLUMNS } from "./grid-layout";

const totals = { current: null, final: null, current_letter: null, final_letter: null };

/** Four learners and three assignments; the first learner has 1, 2 and 3. */
function gradebook(flags: number[][] = []): GradebookModel {
  const model = new GradebookModel();
  const book: Gradebook = {
    version: 1,
    structure_version: 1,
    calculator_version: 1,
    refolding: false,
    students: [1, 2, 3, 4].map((user_id) => ({
      user_id,
      name: `Learner ${user_id}`,
      sortable_name: `Learner ${user_id}`,
      section_ids: [],
    })),
    assignments: [10, 11, 12].map((assignment_id) => ({
      assignment_id,
      title: `Work ${assignment_id}`,
      points_possible: 10,
      group_id: 1,
      due_at: null,
      status: "published",
    })),
    groups: [],
    rows: [1, 2, 3, 4].map((u, row) => ({
      u,
      s: u === 1 ? [1, 2, 3] : [null, null, null],
      f: flags[row] ?? [0, 0, 0],
      v: u === 1 ? [5, 5, 5] : [0, 0, 0],
      t: totals,
    })),
  };
  model.load(book, "en");
  return model;
}

function paste(text: string, row: number, column: number, size: [number, number] = [1, 1]) {
  const model = gradebook();
  const start = column + FIXED_COLUMNS;
  const range = { top: row, bottom: row + size[0] - 1, start, end: start + size[1] - 1 };
  return planBlock(model, model, fromTsv(text), range, "en");
}

describe("a block from a spreadsheet", () => {
  it("says what would change, what is the same and what cannot be used", () => {
    const plan = paste("1\t7\tten\r\nEX\t1e9\t-2\r\n", 0, 0);
    expect(plan.same).toBe(1);
    expect(plan.changes).toEqual([
      {
        userId: 1,
        assignmentId: 11,
        from: { score: 2, excused: false },
        to: { score: 7, excused: false },
        version: 5,
      },
      {
        userId: 2,
        assignmentId: 10,
        from: { score: null, excused: false },
        to: { score: null, excused: true },
        version: 0,
      },
    ]);
    expect(plan.invalid.map(({ text, why }) => [text, why.split(".").at(-1)])).toEqual([
      ["ten", "notAScore"],
      ["1e9", "notAScore"],
      ["-2", "negative"],
    ]);
  });

  it("is refused when it would hang over the edge", () => {
    const plan = paste("1\t2\t3\t4\n1\t2\t3\t4\n1\t2\t3\t4", 0, 0);
    expect(plan.changes).toEqual([]);
    expect(plan.refused).toEqual({
      why: "grading.block.overEdge",
      values: { height: 3, width: 4, rows: 4, columns: 3 },
    });
    expect(paste("1\n2", 3, 0).refused?.values).toMatchObject({ height: 2, rows: 1 });
  });

  it("is refused when its rows are not equally long, or where no scores are", () => {
    expect(paste("1\t2\n3", 0, 0).refused?.why).toBe("grading.block.ragged");
    expect(paste("1\t2", 0, -1).refused?.why).toBe("grading.block.noScores");
  });

  it("fills the whole selection with a single value", () => {
    const plan = paste("8", 1, 0, [3, 2]);
    expect(plan.changes).toHaveLength(6);
    expect(new Set(plan.changes.map((change) => change.to.score))).toEqual(new Set([8]));
  });

  it("refuses what is too large or too fine in words", () => {
    const whys = paste("1000001\t1.00001\t1.0001", 1, 0).invalid.map((one) => one.why);
    expect(whys).toEqual(["grading.block.tooLarge", "grading.block.tooFine"]);
  });
});

describe("text on the clipboard", () => {
  it("comes back as it went, whatever is in it", () => {
    const rows = [
      ["Ada", "18", ""],
      ['say "hi"', "two\nlines", "tab\there"],
    ];
    expect(fromTsv(toTsv(rows))).toEqual(rows);
  });

  it("takes a line break at the end for what it is", () => {
    expect(fromTsv("1\t2\n")).toEqual([["1", "2"]]);
    expect(fromTsv("")).toEqual([[""]]);
    expect(fromTsv("1\t\r\n\t2")).toEqual([
      ["1", ""],
      ["", "2"],
    ]);
  });
});

describe("whole columns", () => {
  it("fills down from the first row, or from above a single one", () => {
    const model = gradebook();
    const columns = { start: FIXED_COLUMNS, end: FIXED_COLUMNS + 2 };
    expect(planFillDown(model, model, { top: 0, bottom: 3, ...columns }).changes).toHaveLength(9);
    const one = planFillDown(model, model, { top: 1, bottom: 1, ...columns });
    expect(one.changes.map((change) => change.to.score)).toEqual([1, 2, 3]);
    expect(planFillDown(model, model, { top: 0, bottom: 0, ...columns }).changes).toEqual([]);
  });

  it("gives a default grade to those who have none, or to everybody when told so", () => {
    const model = gradebook([[], [flag.excused], [flag.notAssigned]]);
    const entry = { score: 8, excused: false };
    const ids = (everybody: boolean) =>
      planDefault(model, 10, entry, everybody).changes.map((change) => change.userId);
    expect(ids(false)).toEqual([4]);
    expect(ids(true)).toEqual([1, 2, 4]);
  });

  it("takes back what missing work earned and nothing a person gave", () => {
    const model = gradebook([[flag.missing | flag.automatic], [flag.missing], [0]]);
    expect(planTakeBack(model, 10).changes).toEqual([
      expect.objectContaining({ userId: 1, to: { score: null, excused: false } }),
    ]);
  });

  it("gives zero only to what is truly missing", () => {
    const missing = flag.missing;
    const model = gradebook([
      [missing],
      [missing],
      [missing | flag.submitted],
      [missing | flag.excused],
    ]);
    // The first has a score; of the second nothing is there; the third handed in; the fourth need not.
    expect(planZeroMissing(model, [10]).changes.map((change) => change.userId)).toEqual([2]);
  });
});
