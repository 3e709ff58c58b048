import { describe, expect, it } from "vitest";
import { EditHistory } from "./edit-history";

const cell = { userId: 1, assignmentId: 10 };
const other = { userId: 2, assignmentId: 10 };

describe("the history of edits", () => {
  it("goes back and forth through versions, each upon the one written before", () => {
    const history = new EditHistory();
    history.push([{ ...cell, before: 1, after: 2 }]);
    history.push([{ ...cell, before: 2, after: 3 }]);

    let way = history.undo();
    expect(way?.restoring).toEqual([{ ...cell, restore: 2, version: 3 }]);
    history.wasUndone(way?.edits ?? [], [4]);
    way = history.undo();
    expect(way?.restoring).toEqual([{ ...cell, restore: 1, version: 4 }]);
    history.wasUndone(way?.edits ?? [], [5]);
    expect(history.canUndo).toBe(false);

    way = history.redo();
    expect(way?.restoring).toEqual([{ ...cell, restore: 2, version: 5 }]);
    history.wasRedone(way?.edits ?? [], [6]);
    way = history.redo();
    expect(way?.restoring).toEqual([{ ...cell, restore: 3, version: 6 }]);
  });

  it("leaves a cell alone that somebody else changed between two edits of ours", () => {
    const history = new EditHistory();
    history.push([
      { ...cell, before: 1, after: 2 },
      { ...other, before: 0, after: 1 },
    ]);
    // Version 3 is somebody else's.
    history.push([{ ...cell, before: 3, after: 4 }]);
    const way = history.undo();
    history.wasUndone(way?.edits ?? [], [5]);

    const earlier = history.undo();
    expect(earlier?.overtaken).toEqual([cell]);
    expect(earlier?.restoring).toEqual([{ ...other, restore: 0, version: 1 }]);
  });

  it("forgets what was undone once something new is done, and all but 50 steps", () => {
    const history = new EditHistory();
    for (let i = 0; i < 60; i += 1) history.push([{ ...cell, before: i, after: i + 1 }]);
    let steps = 0;
    for (let way = history.undo(); way; way = history.undo()) {
      history.wasUndone(way.edits, [100 + steps]);
      steps += 1;
    }
    expect(steps).toBe(50);
    expect(history.canRedo).toBe(true);
    history.push([{ ...other, before: 0, after: 1 }]);
    expect(history.canRedo).toBe(false);
  });
});
