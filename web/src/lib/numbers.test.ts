import { describe, expect, it } from "vitest";
import { formatBytes, parseDecimal } from "./numbers";

describe("parseDecimal", () => {
  it.each([
    ["17.5", "en", 17.5],
    ["17,5", "en", 17.5],
    ["17,5", "de", 17.5],
    ["1,500", "en", 1500],
    ["1.234,5", "de", 1234.5],
    ["١٧٫٥", "ar", 17.5],
    [" 18 ", "en", 18],
    [".5", "en", 0.5],
    ["-2", "en", -2],
    ["0", "en", 0],
  ])("reads %s in %s", (text, locale, value) => {
    expect(parseDecimal(text, locale)).toBe(value);
  });

  it.each(["", "A+", "1.2.3", "12x", "-"])("refuses %s", (text) => {
    expect(parseDecimal(text, "en")).toBeUndefined();
  });
});

describe("the size of a file", () => {
  it.each([
    [1, "1 byte"],
    [14, "14 bytes"],
    [1_400, "1.4 kB"],
    [25_000_000, "25 MB"],
  ])("of %d bytes is told in words", (bytes, words) => {
    expect(formatBytes(bytes, "en")).toBe(words);
  });
});
