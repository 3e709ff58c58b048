import { describe, expect, it } from "vitest";
import { basePathOf, fileUrl } from "./base";

describe("where the application lives", () => {
  it.each([
    ["/", "/"],
    ["/courses/4", "/"],
    ["/t/demo/courses/4", "/t/demo/"],
    ["/t/demo", "/t/demo/"],
    ["/t", "/"],
  ])("reads %s as %s", (path, base) => {
    expect(basePathOf(path)).toBe(base);
  });

  it("finds signed addresses below the API and leaves whole ones alone", () => {
    expect(fileUrl("files/3/content?expires=1")).toBe("/api/v1/files/3/content?expires=1");
    expect(fileUrl("https://store.example/a")).toBe("https://store.example/a");
  });
});
