import type { VirtualItem } from "@tanstack/react-virtual";
import { formatNumber } from "../../../../lib/numbers";
import type { Speech } from "../score-cell";

interface FormulaCellProps {
  item: VirtualItem;
  rowIndex: number;
  value: number | null;
  selected: true | undefined;
  active: boolean;
  speech: Speech;
}

/** What a formula comes to for one learner; read and copied, never typed into. */
export function FormulaCell({ item, rowIndex, value, selected, active, speech }: FormulaCellProps) {
  const column = item.index + 1;
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-readonly
      className="gb-cell gb-total"
      style={{ insetInlineStart: item.start, inlineSize: item.size }}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      data-at={`${rowIndex}:${column}`}
    >
      {value === null ? "–" : formatNumber(value, speech.locale)}
    </div>
  );
}
