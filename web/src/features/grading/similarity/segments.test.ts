import { describe, expect, it } from "vitest";
import { merged, segmentsOf } from "./segments";

const pieces = (...args: Parameters<typeof segmentsOf>) =>
  segmentsOf(...args).map(({ text, passage, leftOut }) => [text, passage, leftOut]);

describe("a text in pieces", () => {
  it("is whole again, with each passage and what is left out in pieces of their own", () => {
    const text = "one two three four five";
    expect(pieces(text, [{ start: 4, end: 7 }], [{ start: 14, end: 18 }])).toEqual([
      ["one ", undefined, undefined],
      ["two", 0, undefined],
      [" three ", undefined, undefined],
      ["four", undefined, true],
      [" five", undefined, undefined],
    ]);
  });

  it("takes passages that touch, one within what is left out, and one beyond the end", () => {
    const passages = [
      { start: 0, end: 2 },
      { start: 2, end: 4 },
      { start: 6, end: 99 },
    ];
    expect(pieces("abcdefgh", passages, [{ start: 1, end: 7 }])).toEqual([
      ["a", 0, undefined],
      ["b", 0, true],
      ["cd", 1, true],
      ["ef", undefined, true],
      ["g", 2, true],
      ["h", 2, undefined],
    ]);
    expect(pieces("", [], [])).toEqual([]);
  });
});

describe("passages of several sources", () => {
  it("are one where they touch, and what was given stays as it is", () => {
    const ranges = [
      { start: 5, end: 9 },
      { start: 0, end: 3 },
      { start: 8, end: 12 },
      { start: 3, end: 4 },
    ];
    expect(merged(ranges)).toEqual([
      { start: 0, end: 4 },
      { start: 5, end: 12 },
    ]);
    expect(ranges[0]).toEqual({ start: 5, end: 9 });
  });
});
