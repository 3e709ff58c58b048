import type { Note } from "./annotations-api";
import { findText } from "./places";

/** A piece of a line, and the notes that lie on it. */
export interface Segment {
  text: string;
  notes: Note[];
}

interface Range {
  from: number;
  to: number;
  note: Note;
}

/** Where each note lies in a text; those whose words are not there are left out. */
export function rangesOf(text: string, notes: readonly Note[]): Range[] {
  return notes.flatMap((note) => {
    const found = findText(text, note.annotation.target.selector);
    return found ? [{ from: found[0], to: found[1], note }] : [];
  });
}

/** Cuts a line that begins at a place of the text wherever a note begins or ends. */
export function segmentsOf(line: string, at: number, ranges: readonly Range[]): Segment[] {
  const end = at + line.length;
  const here = ranges.filter((range) => range.from < end && range.to > at);
  if (here.length === 0) return [{ text: line, notes: [] }];
  const cuts = new Set([at, end]);
  for (const { from, to } of here) {
    cuts.add(Math.max(at, from));
    cuts.add(Math.min(end, to));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, i) => {
    const to = places[i + 1] as number;
    return {
      text: line.slice(from - at, to - at),
      notes: here.filter((r) => r.from <= from && r.to >= to).map((r) => r.note),
    };
  });
}

/** Lines with the place each begins at. */
export function linesOf(text: string): { at: number; line: string }[] {
  let at = 0;
  return text.split("\n").map((line) => {
    const begins = at;
    at += line.length + 1;
    return { at: begins, line };
  });
}

/** One way of ending lines, or places would differ between machines. */
export const plainLines = (text: string) => text.replace(/\r\n?/g, "\n");

/** The place in the text of a point of the document inside one of its lines. */
export function placeOf(root: HTMLElement, node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const line = element?.closest<HTMLElement>("[data-at]");
  if (!line || !root.contains(line)) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, offset);
  const length = Number(line.dataset.length);
  return Number(line.dataset.at) + Math.min(length, before.toString().length);
}

/** What is selected within the lines of an element, as places of the text. */
export function selectedIn(root: HTMLElement): [number, number] | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const from = placeOf(root, range.startContainer, range.startOffset);
  const to = placeOf(root, range.endContainer, range.endOffset);
  return from !== null && to !== null && to > from ? [from, to] : null;
}
