import { describe, expect, it } from "vitest";
import { compile, type FormulaFault, toShown, toStored } from "./formula";

const assignments = [
  { assignment_id: 7, title: "Essay 1" },
  { assignment_id: 8, title: "Essay 2" },
  { assignment_id: 9, title: "Twin" },
  { assignment_id: 10, title: "twin " },
];
const scores = new Map<number, number | null>([
  [7, 8],
  [8, null],
  [9, 4],
]);
const source = {
  score: (id: number) => scores.get(id) ?? null,
  total: (which: "current" | "final") => (which === "current" ? 80 : 40),
};

function value(typed: string): number | null | FormulaFault {
  const stored = toStored(typed, assignments);
  if (typeof stored !== "string") return stored;
  const formula = compile(stored, assignments);
  return typeof formula === "function" ? formula(source) : formula;
}

describe("a formula", () => {
  it.each([
    ["[Essay 1] * 2 + 1", 17],
    ["-[essay 1] / 4", -2],
    ["[Essay 1] + [Essay 2]", null],
    ["sum([Essay 1], [Essay 2], 1)", 9],
    ["avg([Essay 1], [Essay 2])", 8],
    ["avg([Essay 2])", null],
    ["count([Essay 1], [Essay 2])", 1],
    ["max(current, final) - min(current, final)", 40],
    ["round([Essay 1] / 3, 2)", 2.67],
    ["[Essay 1] >= 8 ? 1 : 0", 1],
    ["[Essay 1] / 0", null],
  ])("%s comes to %s", (typed, expected) => expect(value(typed)).toBe(expected));

  it.each([
    ["[Essay 3]", "assignment", "Essay 3"],
    ["[Twin]", "twice", "Twin"],
    ["alert(1)", "name", "alert"],
    ["constructor", "name", "constructor"],
    ["'text'", "syntax", "text"],
    ["[Essay 1].constructor", "syntax", ""],
    ["[Essay 1] +", "syntax", ""],
    ["", "syntax", ""],
    ["avg()", "name", "avg"],
    [`${"1+".repeat(200)}1`, "syntax", ""],
  ])("%s is refused and says why", (typed, why, name) =>
    expect(value(typed)).toMatchObject({ why, name }),
  );

  it("is kept by number, so that it outlives another title", () => {
    const stored = toStored("[Essay 1] + [Essay 2]", assignments) as string;
    expect(stored).toBe("[7] + [8]");
    const renamed = [{ assignment_id: 7, title: "Paper" }];
    expect(toShown(stored, renamed)).toBe("[Paper] + [8]");
    expect(compile(stored, renamed)).toMatchObject({ why: "assignment", name: "8" });
  });
});
