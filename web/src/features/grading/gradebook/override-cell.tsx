import type { VirtualItem } from "@tanstack/react-virtual";
import type { StandingFinal } from "../grades-api";
import { overrideWords } from "./override-words";
import type { Speech } from "./score-cell";

interface OverrideCellProps {
  item: VirtualItem;
  rowIndex: number;
  set: StandingFinal | undefined;
  selected: true | undefined;
  active: boolean;
  speech: Speech;
}

/** A final grade set by hand, in the last column; typing or F2 opens what it takes to set one. */
export function OverrideCell(props: OverrideCellProps) {
  const { item, rowIndex, set, selected, active, speech } = props;
  const column = item.index + 1;
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-haspopup="dialog"
      className="gb-cell"
      style={{ insetInlineStart: item.start, inlineSize: item.size }}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      data-at={`${rowIndex}:${column}`}
    >
      <span className="gb-override">{overrideWords(set, speech.t, speech.locale) ?? "–"}</span>
    </div>
  );
}
