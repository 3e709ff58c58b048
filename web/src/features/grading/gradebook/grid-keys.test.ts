import { describe, expect, it } from "vitest";
import { actionFor } from "./grid-keys";

const bounds = {
  at: { row: 1, column: 4 },
  rowCount: 3,
  columnCount: 6,
  pageRows: 2,
  isScore: true,
  takesWords: false,
  rtl: false,
};

type Key = Parameters<typeof actionFor>[0];
const press = (key: string, more: object = {}) =>
  ({
    key,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  }) as unknown as Key;

describe("a key on a score", () => {
  it("is typed where letters are grades, and is a key of the page elsewhere", () => {
    const lettered = { ...bounds, takesWords: true };
    expect(actionFor(press("c"), bounds)).toEqual({ kind: "tray" });
    expect(actionFor(press("e"), bounds)).toEqual({ kind: "excuse" });
    expect(actionFor(press("c"), lettered)).toEqual({ kind: "edit", text: "c" });
    expect(actionFor(press("ن"), lettered)).toEqual({ kind: "edit", text: "ن" });
    expect(actionFor(press("8"), lettered)).toEqual({ kind: "edit", text: "8" });
  });

  it("opens the tray also where letters are typed", () => {
    const lettered = { ...bounds, takesWords: true };
    expect(actionFor(press("F2", { shiftKey: true }), lettered)).toEqual({ kind: "tray" });
    expect(actionFor(press("F2"), lettered)).toEqual({ kind: "edit", text: null });
  });
});
