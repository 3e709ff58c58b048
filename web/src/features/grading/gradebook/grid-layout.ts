import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback } from "react";

export const HEADER_HEIGHT = 84;
export const ROW_HEIGHT = 40;
const TOTAL_WIDTH = 104;
const SCORE_WIDTH = 120;

/** Columns before the assignments: the name, the total now, the total if nothing else comes in. */
export const FIXED_COLUMNS = 3;

/** Room for the sideways scrollbar below the last row. */
export const SCROLLBAR = 18;

/** The cell that has the focus: row −1 is the header, column 0 the name. */
export interface At {
  row: number;
  column: number;
}

interface LayoutOptions {
  scroller: RefObject<HTMLDivElement | null>;
  rowCount: number;
  /** Columns beside the name, and how wide each is. */
  columnCount: number;
  widthOf: (index: number) => number;
  headerHeight: number;
  nameWidth: number;
  active: At;
}

export type GridLayout = ReturnType<typeof useGridLayout>;

/** Totals are narrower than scores. */
export function scoreWidth(index: number): number {
  return index < FIXED_COLUMNS - 1 ? TOTAL_WIDTH : SCORE_WIDTH;
}

/** Room for names, which is scarce on a phone. */
export function nameWidth(): number {
  return window.innerWidth < 640 ? 128 : 220;
}

/**
 * Virtual rows and columns. The focused row and column are always part of what is drawn, so that
 * the focus cannot be lost by scrolling it away.
 */
export function useGridLayout(options: LayoutOptions) {
  const { scroller, rowCount, columnCount, widthOf, headerHeight, nameWidth, active } = options;
  const isRtl = document.documentElement.dir === "rtl";

  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    paddingStart: headerHeight,
    scrollPaddingStart: headerHeight,
    rangeExtractor: useExtractor(active.row),
  });

  // Column 0 is sticky and always drawn; the virtual columns are those beside it.
  const columns = useVirtualizer({
    horizontal: true,
    isRtl,
    count: columnCount,
    getScrollElement: () => scroller.current,
    estimateSize: widthOf,
    overscan: 3,
    paddingStart: nameWidth,
    scrollPaddingStart: nameWidth,
    rangeExtractor: useExtractor(active.column - 1),
  });

  return { rows, columns, headerHeight, rowHeight: ROW_HEIGHT };
}

interface Range {
  startIndex: number;
  endIndex: number;
  overscan: number;
  count: number;
}

function useExtractor(active: number) {
  return useCallback(
    (range: Range) => {
      const start = Math.max(range.startIndex - range.overscan, 0);
      const end = Math.min(range.endIndex + range.overscan, range.count - 1);
      const shown: number[] = [];
      if (active >= 0 && active < start) shown.push(active);
      for (let i = start; i <= end; i += 1) shown.push(i);
      if (active > end && active < range.count) shown.push(active);
      return shown;
    },
    [active],
  );
}
