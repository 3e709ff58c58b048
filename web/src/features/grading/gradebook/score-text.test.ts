import { describe, expect, it } from "vitest";
import { changeOf } from "./score-text";

const at = (score: number | null, excused = false) => ({ score, excused });

describe("what a typed value asks for", () => {
  it("leaves a grader's word on lateness alone", () => {
    expect(changeOf(at(8), at(5))).toEqual({ score: 8 });
    expect(changeOf(at(null), at(5))).toEqual({ score: null });
  });

  it("excuses, and lifts an excuse without touching the score", () => {
    expect(changeOf(at(5, true), at(5))).toEqual({ status: "excused" });
    expect(changeOf(at(5), at(5, true))).toEqual({ status: "computed" });
    expect(changeOf(at(8), at(5, true))).toEqual({ score: 8 });
    expect(changeOf(at(null), at(5, true))).toEqual({ score: null, status: "computed" });
  });
});
