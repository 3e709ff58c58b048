import { type RefObject, useLayoutEffect, useRef } from "react";
import type { At, GridLayout } from "./grid-layout";

/** The focus goes to the active cell when that is asked for and the cell has been drawn. */
export function useGridFocus(
  scroller: RefObject<HTMLDivElement | null>,
  active: At,
  isHeld = false,
): RefObject<boolean> {
  const isWanted = useRef(false);
  useLayoutEffect(() => {
    if (!isWanted.current || isHeld) return;
    isWanted.current = false;
    const cell = scroller.current?.querySelector<HTMLElement>(
      `[data-at="${active.row}:${active.column}"]`,
    );
    cell?.focus({ preventScroll: true });
  });
  return isWanted;
}

/** Brings a cell into sight, clear of the heading and the names. */
export function scrollTo({ rows, columns }: GridLayout, at: At): void {
  if (at.row >= 0) rows.scrollToIndex(at.row);
  if (at.column >= 1) columns.scrollToIndex(at.column - 1);
  else columns.scrollToOffset(0);
}

/** How many rows a page is, so that one row of the page before stays in sight. */
export function pageRows(
  scroller: RefObject<HTMLDivElement | null>,
  { headerHeight, rowHeight }: GridLayout,
): number {
  const height = scroller.current?.clientHeight ?? 400;
  return Math.max(1, Math.floor((height - headerHeight) / rowHeight) - 1);
}
