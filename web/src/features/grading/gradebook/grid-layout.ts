import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback } from "react";

export const HEADER_HEIGHT = 84;
export const ROW_HEIGHT = 40;
const TOTAL_WIDTH = 104;
const SCORE_WIDTH = 120;

/** Columns before the assignments: the name, the total now, the total if nothing else comes in. */
export const FIXED_COLUMNS = 3;

/** The cell that has the focus: row −1 is the header, column 0 the name. */
export interface At {
  row: number;
  column: number;
}

interface LayoutOptions {
  scroller: RefObject<HTMLDivElement | null>;
  rowCount: number;
  assignmentCount: number;
  nameWidth: number;
  active: At;
}

/**
 * Virtual rows and columns. The focused row and column are always part of what is drawn, so that
 * the focus cannot be lost by scrolling it away.
 */
export function useGridLayout(options: LayoutOptions) {
  const { scroller, rowCount, assignmentCount, nameWidth, active } = options;
  const isRtl = document.documentElement.dir === "rtl";

  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    paddingStart: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    rangeExtractor: useExtractor(active.row),
  });

  // Column 0 is sticky and always drawn; the virtual columns are the totals and the assignments.
  const columns = useVirtualizer({
    horizontal: true,
    isRtl,
    count: assignmentCount + FIXED_COLUMNS - 1,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (index < FIXED_COLUMNS - 1 ? TOTAL_WIDTH : SCORE_WIDTH),
    overscan: 3,
    paddingStart: nameWidth,
    scrollPaddingStart: nameWidth,
    rangeExtractor: useExtractor(active.column - 1),
  });

  return { rows, columns };
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
