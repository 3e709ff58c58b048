import { describe, expect, it } from "vitest";
import { columnsOf, isRtl, LINE, wrap } from "./words";

const widthOf = (text: string) => text.length;

describe("words in a margin", () => {
  it("break at spaces, between words where a script has no spaces, and anywhere at last", () => {
    expect(wrap("one two three", 8, widthOf)).toEqual(["one two", "three"]);
    expect(wrap("one two", 7, widthOf)).toEqual(["one two"]);
    expect(wrap("see Donaudampfschiff", 8, widthOf)).toEqual(["see Dona", "udampfsc", "hiff"]);
    const thai = wrap("ภาษาไทยเขียนติดกัน", 9, widthOf);
    expect(thai.length).toBeGreaterThan(1);
    expect(thai.join("")).toBe("ภาษาไทยเขียนติดกัน");
    expect(thai.every((line) => line.length <= 9)).toBe(true);
    expect(wrap("👩‍👩‍👧‍👦x", 1, widthOf)).toEqual(["👩‍👩‍👧‍👦", "x"]);
    expect(wrap("", 5, widthOf)).toEqual([""]);
  });

  it("are written in the direction of their first letter", () => {
    expect(isRtl("«أحسنت» well done")).toBe(true);
    expect(isRtl("12. שלום")).toBe(true);
    expect(isRtl("well done, أحسنت")).toBe(false);
    expect(isRtl("?!")).toBe(false);
  });

  it("take as many columns as they need and lose no line", () => {
    const body = Array.from({ length: 25 }, (_, at) => `line ${at}`).join("\n");
    const notes = [
      { number: 1, author: "Ines", body },
      { number: 2, author: "Ines", body: "أحسنت" },
    ];
    const columns = columnsOf(notes, 40, 10 * LINE, widthOf);
    expect(columns).toHaveLength(3);
    expect(columns.flat()).toHaveLength(1 + 25 + 1 + 1);
    expect(columns.every((rows) => rows.every((row) => row.top <= 10 * LINE))).toBe(true);
    expect(columns.flat().map((row) => row.number)).toContain(2);
    expect(columns.flat().at(-1)).toMatchObject({ text: "أحسنت", rtl: true, bold: false });
  });
});
