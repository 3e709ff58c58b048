import type { KeyboardEvent } from "react";
import { getPrefs } from "../../../lib/prefs";
import type { GridCommand } from "./grid-commands";
import type { At } from "./grid-layout";

export type GridAction =
  | { kind: "move"; to: At; extend?: boolean }
  | { kind: "column" }
  | { kind: "command"; command: GridCommand }
  | { kind: "edit"; text: string | null }
  | { kind: "excuse" }
  | { kind: "tray" }
  | { kind: "open" }
  | { kind: "clear" }
  | { kind: "leave" };

interface Bounds {
  at: At;
  rowCount: number;
  columnCount: number;
  pageRows: number;
  isScore: boolean;
  /** Letters are grades here, so they are typed rather than keys of the page. */
  takesWords: boolean;
  rtl: boolean;
}

/** What a key means on a focused cell that is not being edited; undefined leaves it to the page. */
export function actionFor(event: KeyboardEvent, bounds: Bounds): GridAction | undefined {
  const moved = movement(event, bounds);
  if (moved) {
    return { kind: "move", to: moved, extend: event.shiftKey && event.key !== "Tab" };
  }
  const { at, rowCount, isScore } = bounds;
  if (at.row < 0 && asksForMenu(event)) return { kind: "open" };
  switch (event.key) {
    case "Enter":
      if (!isScore) return { kind: "open" };
      return { kind: "move", to: { ...at, row: Math.min(at.row + 1, rowCount - 1) } };
    case "F2":
      // With Shift what spreadsheets call the comment, which needs no letter of the alphabet.
      if (!isScore) return undefined;
      return event.shiftKey ? { kind: "tray" } : { kind: "edit", text: null };
    case "Delete":
    case "Backspace":
      return isScore ? { kind: "clear" } : undefined;
    case "Escape":
      return { kind: "leave" };
  }
  if (event.ctrlKey || event.metaKey) return chord(event);
  if (!isScore || event.altKey) return undefined;
  if (/^[\d.,\-٠-٩۰-۹٫]$/.test(event.key)) return { kind: "edit", text: event.key };
  if (bounds.takesWords && /^\p{L}$/u.test(event.key)) return { kind: "edit", text: event.key };
  if (!getPrefs().singleKeys) return undefined;
  if (event.key === "e") return { kind: "excuse" };
  return event.key === "c" ? { kind: "tray" } : undefined;
}

function asksForMenu(event: KeyboardEvent): boolean {
  if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) return true;
  return event.key === "m" && !event.ctrlKey && !event.metaKey && getPrefs().singleKeys;
}

/** The chords of every spreadsheet. Copy and paste come as events of the clipboard instead. */
function chord(event: KeyboardEvent): GridAction | undefined {
  if (event.altKey) return undefined;
  switch (event.key.toLowerCase()) {
    case "a":
      return { kind: "column" };
    case "d":
      return { kind: "command", command: "fill" };
    case "z":
      return { kind: "command", command: event.shiftKey ? "redo" : "undo" };
    case "y":
      return { kind: "command", command: "redo" };
  }
  return undefined;
}

function movement(event: KeyboardEvent, bounds: Bounds): At | undefined {
  const { at, rowCount, columnCount, pageRows, rtl } = bounds;
  const last = { row: rowCount - 1, column: columnCount - 1 };
  const toEnd = event.key === (rtl ? "ArrowLeft" : "ArrowRight");
  const toStart = event.key === (rtl ? "ArrowRight" : "ArrowLeft");
  const far = event.ctrlKey || event.metaKey;
  if (toEnd) return { ...at, column: far ? last.column : Math.min(at.column + 1, last.column) };
  if (toStart) return { ...at, column: far ? 0 : Math.max(at.column - 1, 0) };
  switch (event.key) {
    case "ArrowDown":
      return { ...at, row: far ? last.row : Math.min(at.row + 1, last.row) };
    case "ArrowUp":
      return { ...at, row: far ? 0 : Math.max(at.row - 1, -1) };
    case "PageDown":
      return { ...at, row: Math.min(at.row + pageRows, last.row) };
    case "PageUp":
      return { ...at, row: Math.max(at.row - pageRows, 0) };
    case "Home":
      return { row: far ? 0 : at.row, column: 0 };
    case "End":
      return { row: far ? last.row : at.row, column: last.column };
    case "Tab": {
      // Tab walks along the row and leaves the grid at its ends.
      const column = at.column + (event.shiftKey ? -1 : 1);
      return column >= 0 && column <= last.column ? { ...at, column } : undefined;
    }
  }
  return undefined;
}
