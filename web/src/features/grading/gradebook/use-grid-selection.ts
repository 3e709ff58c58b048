import { type ClipboardEvent, type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useLocale } from "../../../lib/i18n";
import { flag } from "../grades-api";
import { rememberCopy, toTsv } from "./clipboard-text";
import type { GradebookModel } from "./gradebook-model";
import { type At, FIXED_COLUMNS } from "./grid-layout";
import {
  isOne,
  locate,
  type Place,
  placeOf,
  type Range,
  rangeBetween,
  type Shown,
} from "./grid-range";

interface SelectionOptions {
  model: GradebookModel;
  shown: Shown;
  active: At;
  /** What the live region says of one cell. */
  words: (at: At) => string;
  /** Takes the focus to a cell without changing where the selection began. */
  onExtend: (to: At) => void;
  onPaste: (text: string, range: Range) => void;
  onClear: (range: Range) => void;
}

/** The rectangle from where a person began to the cell that has the focus, and its clipboard. */
export function useGridSelection(options: SelectionOptions) {
  const { model, shown, active, words, onExtend, onPaste, onClear } = options;
  const { t } = useTranslation();
  const locale = useLocale();
  const [begun, setBegun] = useState<Place>();
  const anchor = begun && locate(shown, begun);
  const setAnchor = (at: At | undefined) => setBegun(at && placeOf(shown, at));
  const dragging = useRef<At>(undefined);
  const range = rangeBetween(anchor ?? active, active);
  const several = anchor !== undefined && !isOne(range);

  function begin(at: At | undefined) {
    setAnchor(at);
  }

  /** Goes on from where it began, or from the focused cell. */
  function extend(to: At) {
    const from = anchor ?? active;
    const end = { ...to, row: Math.max(0, to.row) };
    setAnchor({ ...from, row: Math.max(0, from.row) });
    onExtend(end);
    say(from, end);
  }

  function selectColumn() {
    const last = shown.students.length - 1;
    const from = { row: last, column: active.column };
    const to = { row: 0, column: active.column };
    setAnchor(from);
    onExtend(to);
    say(from, to);
  }

  function say(from: At, to: At) {
    const { top, bottom, start, end } = rangeBetween(from, to);
    const rows = bottom - top + 1;
    const columns = end - start + 1;
    const cell = words(to);
    announce(rows * columns === 1 ? cell : t("grading.range.selected", { rows, columns, cell }));
  }

  function text(row: number, column: number): string {
    const student = shown.students[row];
    const assignment = shown.assignments[column - FIXED_COLUMNS];
    if (!student) return "";
    if (column === 0) return student.name;
    const line = model.row(student.user_id);
    if (!assignment && column >= FIXED_COLUMNS) {
      const isFormula = model.more[column - FIXED_COLUMNS - shown.assignments.length] === "formula";
      const value = isFormula ? model.computed(student.user_id) : line?.o?.percent;
      return plain(value ?? null, locale);
    }
    const totals = line?.t;
    if (!assignment) return plain((column === 1 ? totals?.current : totals?.final) ?? null, locale);
    const cell = model.cell(student.user_id, assignment.assignment_id);
    const value = cell.pending ?? cell;
    return value.excused ? "EX" : plain(value.score, locale);
  }

  function isDeducted(row: number, column: number): boolean {
    const { userId, assignmentId } = placeOf(shown, { row, column });
    const { flags, excused } = model.cell(userId, assignmentId);
    return (flags & flag.deducted) !== 0 && !excused;
  }

  function onCopy(event: ClipboardEvent): boolean {
    if (isText(event.target)) return false;
    const rows: string[][] = [];
    for (let row = range.top; row <= range.bottom; row += 1) {
      const line: string[] = [];
      for (let column = range.start; column <= range.end; column += 1) line.push(text(row, column));
      rows.push(line);
    }
    const tsv = toTsv(rows);
    event.clipboardData.setData("text/plain", tsv);
    rememberCopy(tsv, (y, x) => isDeducted(range.top + y, range.start + x));
    event.preventDefault();
    announce(t("grading.range.copied", { count: rows.length * (rows[0]?.length ?? 0) }));
    return true;
  }

  const handlers = {
    onCopy,
    onCut: (event: ClipboardEvent) => {
      if (onCopy(event)) onClear(range);
    },
    onPaste: (event: ClipboardEvent) => {
      const pasted = event.clipboardData.getData("text/plain");
      if (isText(event.target) || pasted === "") return;
      event.preventDefault();
      onPaste(pasted, range);
    },
    onPointerMove: (event: PointerEvent) => {
      // The button may have been let go outside the grid.
      if ((event.buttons & 1) === 0) dragging.current = undefined;
      const from = dragging.current;
      const to = from && atOf(event.target);
      if (!to || to.row < 0 || (to.row === active.row && to.column === active.column)) return;
      if (anchor?.row !== from.row || anchor.column !== from.column) setAnchor(from);
      onExtend(to);
      say(from, to);
    },
    onPointerUp: () => {
      dragging.current = undefined;
    },
  };

  /** A mouse that is held down draws a range; a finger scrolls. */
  function beginDrag(event: PointerEvent, at: At | undefined) {
    const draws = event.pointerType === "mouse" && event.button === 0 && !event.shiftKey;
    dragging.current = draws && at && at.row >= 0 ? at : undefined;
  }

  return { range, several, begin, extend, selectColumn, beginDrag, handlers };
}

/** The cell an event happened in. */
export function atOf(target: EventTarget): At | undefined {
  const cell = (target as HTMLElement).closest<HTMLElement>("[data-at]");
  const [row, column] = (cell?.dataset.at ?? "").split(":").map(Number);
  return row === undefined || column === undefined ? undefined : { row, column };
}

function isText(target: EventTarget): boolean {
  return target instanceof HTMLInputElement;
}

/** As a spreadsheet of this language reads it: no grouping, its own decimal sign. */
function plain(value: number | null, locale: string): string {
  if (value === null) return "";
  const options = { useGrouping: false, maximumFractionDigits: 4, numberingSystem: "latn" };
  return new Intl.NumberFormat(locale, options).format(value);
}
