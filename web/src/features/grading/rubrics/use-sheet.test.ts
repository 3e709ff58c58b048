import { describe, expect, it } from "vitest";
import type { Rubric } from "./rubrics-api";
import { totalOf } from "./use-sheet";

const said = (points: number | null) => ({ points, rating_id: null, comment: null });

describe("the total of an assessment that is sent whole", () => {
  const rubric = {
    criteria: [
      { criterion_id: "a", scoring: true },
      { criterion_id: "b", scoring: true },
      { criterion_id: "tone", scoring: false },
    ],
  } as Rubric;

  it("counts what counts, and is complete once nothing of it is open", () => {
    expect(totalOf(rubric, { a: said(0.1), tone: said(9) })).toEqual({
      earned: 0.1,
      complete: false,
    });
    expect(totalOf(rubric, { a: said(0.1), b: said(0.2) })).toEqual({
      earned: 0.3,
      complete: true,
    });
    expect(totalOf(undefined, {})).toEqual({ earned: 0, complete: false });
  });
});
