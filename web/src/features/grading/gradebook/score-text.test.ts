import { describe, expect, it } from "vitest";
import { changeOf, letterOf, parseEntry, refusedWords, type Scale } from "./score-text";

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

describe("what is typed where it is not points", () => {
  const bands = [
    { letter: "A", lower_percent: 90 },
    { letter: "B+", lower_percent: 87 },
    { letter: "B−", lower_percent: 80 },
    { letter: "F", lower_percent: 0 },
  ];
  const by = (type: string, points = 20): Scale => ({ type, points, bands });
  const score = (text: string, scale: Scale, locale = "en") =>
    parseEntry(text, locale, scale)?.score;

  it("reads percents of any points, and numbers as points", () => {
    expect(score("85 %", by("points"))).toBe(17);
    expect(score("٨٥٪", by("percent"), "ar")).toBe(17);
    expect(score("85", by("percent"))).toBe(85);
    expect(score("33.333%", by("points", 3))).toBe(1);
    expect(score("85 %", by("points", 0))).toBeUndefined();
  });

  it("reads letters as what a final grade by letter stands for, and shows the same letter", () => {
    for (const { letter } of bands) {
      const points = score(letter.toLowerCase(), by("letter")) ?? -1;
      expect(letterOf(points, by("letter"))).toBe(letter);
    }
    expect(score("b+", by("gpa"))).toBe(17.8);
    expect(score("b-", by("letter"))).toBe(17.2);
    expect(score("Q", by("letter"))).toBeUndefined();
    expect(score("A", by("points"))).toBeUndefined();
    expect(refusedWords("Q", by("letter")).values).toEqual({ text: "Q", letters: "A, B+, B−, F" });
    expect(refusedWords("A", { ...by("letter"), bands: [] }).key).toBe("grading.noLetters");
  });

  it("reads pass and fail, and excuses everywhere", () => {
    expect(score("Pass", by("pass_fail"))).toBe(20);
    expect(score("f", by("pass_fail"))).toBe(0);
    expect(score("راسب", by("pass_fail"), "ar")).toBe(0);
    expect(score("maybe", by("pass_fail"))).toBeUndefined();
    expect(parseEntry("ex", "en", by("letter"))).toEqual({ score: null, excused: true });
  });
});
