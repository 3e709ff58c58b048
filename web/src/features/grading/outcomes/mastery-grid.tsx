import "../gradebook/gradebook.css";
import type { VirtualItem } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, memo, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useLocale } from "../../../lib/i18n";
import { pageRows, scrollTo, useGridFocus } from "../gradebook/grid-focus";
import { actionFor } from "../gradebook/grid-keys";
import {
  type At,
  ROW_HEIGHT,
  nameWidth as roomForNames,
  SCROLLBAR,
  useGridLayout,
} from "../gradebook/grid-layout";
import { atOf } from "../gradebook/use-grid-selection";
import { MasteryHeader } from "./mastery-header";
import { cellWords, isDifferent, type Speech, scoreOf } from "./mastery-words";
import type { MasteryRow, OutcomeSummary } from "./outcomes-api";
import { toneOf } from "./standing-view";

interface MasteryGridProps {
  outcomes: readonly OutcomeSummary[];
  rows: MasteryRow[];
  /** How many there will be once everybody is here. */
  rowCount: number;
  /** Of the whole class. */
  learnerCount: number;
  onOpen: (row: MasteryRow, outcome: OutcomeSummary) => void;
}

const HEADER_HEIGHT = 108;
const widthOf = () => 168;

/** Learners by outcomes: one stop for Tab, arrows inside, Enter shows how a number came about. */
export function MasteryGrid(props: MasteryGridProps) {
  const { outcomes, rows, learnerCount, onOpen } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  // Handed down: a hook in each of the rows would cost frames.
  const speech: Speech = useMemo(() => ({ t, locale }), [t, locale]);
  const scroller = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<At>({ row: 0, column: 1 });
  // Filters and changes of the course may have taken away what had the focus.
  const active = {
    row: Math.min(focus.row, rows.length - 1),
    column: Math.min(focus.column, outcomes.length),
  };
  const wantsFocus = useGridFocus(scroller, active);
  const nameWidth = roomForNames();
  const layout = useGridLayout({
    scroller,
    rowCount: rows.length,
    columnCount: outcomes.length,
    widthOf,
    headerHeight: HEADER_HEIGHT,
    nameWidth,
    active,
  });
  const columns = layout.columns.getVirtualItems();

  function moveTo(at: At) {
    wantsFocus.current = true;
    setFocus(at);
    scrollTo(layout, at);
    announce(cellWords(speech, at, rows[at.row], outcomes, learnerCount));
  }

  function open(at: At) {
    const [row, outcome] = [rows[at.row], outcomes[at.column - 1]];
    if (row && outcome) onOpen(row, outcome);
  }

  function onKeyDown(event: KeyboardEvent) {
    // Tab leaves: there is nothing to type in here.
    if (event.key === "Tab") return;
    const action = actionFor(event, {
      at: active,
      rowCount: rows.length,
      columnCount: outcomes.length + 1,
      pageRows: pageRows(scroller, layout),
      isScore: false,
      takesWords: false,
      rtl: document.documentElement.dir === "rtl",
    });
    if (action?.kind !== "move" && action?.kind !== "open") return;
    event.preventDefault();
    if (action.kind === "move") moveTo(action.to);
    else open(active);
  }

  function onClick(event: MouseEvent) {
    const at = atOf(event.target);
    if (!at) return;
    setFocus(at);
    open(at);
  }

  return (
    <div
      ref={scroller}
      className="gb mastery"
      style={{ blockSize: layout.rows.getTotalSize() + SCROLLBAR }}
      role="grid"
      tabIndex={-1}
      aria-label={t("course.mastery")}
      aria-describedby="mastery-help"
      aria-readonly
      aria-rowcount={props.rowCount + 1}
      aria-colcount={outcomes.length + 1}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div
        style={{
          blockSize: layout.rows.getTotalSize(),
          inlineSize: layout.columns.getTotalSize(),
        }}
      >
        <MasteryHeader
          outcomes={outcomes}
          columns={columns}
          learnerCount={learnerCount}
          nameWidth={nameWidth}
          height={HEADER_HEIGHT}
          activeColumn={active.row === -1 ? active.column : undefined}
        />
        {layout.rows.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <Line
              key={row.user_id}
              row={row}
              index={index}
              top={start}
              outcomes={outcomes}
              columns={columns}
              nameWidth={nameWidth}
              activeColumn={active.row === index ? active.column : undefined}
              speech={speech}
            />
          );
        })}
      </div>
    </div>
  );
}

interface LineProps {
  row: MasteryRow;
  index: number;
  top: number;
  outcomes: readonly OutcomeSummary[];
  columns: VirtualItem[];
  nameWidth: number;
  /** The column that has the grid's one tab stop, if it is in this row. */
  activeColumn: number | undefined;
  speech: Speech;
}

const Line = memo(function Line(props: LineProps) {
  const { row, index, top, outcomes, columns, nameWidth, activeColumn } = props;
  const { t, locale } = props.speech;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the cells of the row take the focus
    <div
      role="row"
      aria-rowindex={index + 2}
      className="gb-row"
      style={{ blockSize: ROW_HEIGHT, transform: `translateY(${top}px)` }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className="gb-cell gb-name"
        style={{ inlineSize: nameWidth }}
        tabIndex={activeColumn === 0 ? 0 : -1}
        data-at={`${index}:0`}
      >
        <span>{row.name}</span>
      </div>
      {columns.map((item) => {
        const outcome = outcomes[item.index];
        const cell = row.cells[item.index];
        if (!outcome) return null;
        const level = cell?.level ?? null;
        const tone = toneOf(outcome.scale, level);
        return (
          <div
            key={outcome.course_outcome_id}
            role="gridcell"
            aria-colindex={item.index + 2}
            className="gb-cell"
            style={{ insetInlineStart: item.start, inlineSize: item.size }}
            tabIndex={activeColumn === item.index + 1 ? 0 : -1}
            data-at={`${index}:${item.index + 1}`}
            data-tone={tone}
          >
            {level !== null && (
              <span className="gb-mark" data-tone={tone}>
                {outcome.scale.levels[level - 1]?.name}
              </span>
            )}
            <span>
              {scoreOf(cell, locale)}
              {isDifferent(cell) && (
                <>
                  <span aria-hidden>*</span>
                  <span className="visually-hidden">{t("outcomes.grid.differs")}</span>
                </>
              )}
            </span>
          </div>
        );
      })}
    </div>
  );
});
