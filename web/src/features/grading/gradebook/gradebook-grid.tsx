import "./gradebook.css";
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import type { GradebookAssignment, GradebookStudent } from "../grades-api";
import { useLabels } from "../policy/use-labels";
import type { GradebookModel } from "./gradebook-model";
import type { GridCommand } from "./grid-commands";
import { pageRows, scrollTo, useGridFocus } from "./grid-focus";
import { GridHeader } from "./grid-header";
import { actionFor } from "./grid-keys";
import {
  type At,
  FIXED_COLUMNS,
  HEADER_HEIGHT,
  nameWidth as roomForNames,
  SCROLLBAR,
  scoreWidth,
  useGridLayout,
} from "./grid-layout";
import { isShown, locate, type Place, placeOf, type Range } from "./grid-range";
import { GridRow } from "./grid-row";
import { useCellPresence } from "./presence/use-cell-presence";
import type { Presence } from "./presence/use-presence";
import type { Leave } from "./score-editor";
import { type Entry, takesWords } from "./score-text";
import { useCellWords } from "./use-cell-words";
import type { Cell } from "./use-gradebook";
import { atOf, useGridSelection } from "./use-grid-selection";

export type Opened = {
  kind: "tray" | "explain" | "learner" | "assignment" | "override";
  userId: number;
  assignmentId: number;
  /** What was typed to open it. */
  text?: string | null;
};

interface GradebookGridProps {
  model: GradebookModel;
  revision: number;
  students: GradebookStudent[];
  assignments: GradebookAssignment[];
  zone: string;
  onEnter: (userId: number, assignmentId: number, entry: Entry, version: number) => void;
  onOpen: (opened: Opened) => void;
  onCommand: (command: GridCommand, range: Range) => void;
  onPaste: (text: string, range: Range) => void;
  /** Kept at the selected range, for what acts on it from outside. */
  selected: RefObject<Range>;
  /** Takes the focus to a cell, for what names one from outside. */
  jump?: RefObject<(cell: Cell) => boolean>;
  /** Who else is here; absent where nobody else can be seen. */
  presence?: Presence;
  /** Looked at and copied from, not changed. */
  readOnly?: boolean;
}

interface Editing extends Place {
  text: string;
  typed: boolean;
  version: number;
}

/** The ARIA grid: one tab stop, arrows move, typing edits. */
export function GradebookGrid(props: GradebookGridProps) {
  const { model, students, assignments, zone, onEnter, onOpen, onCommand, onPaste } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const scroller = useRef<HTMLDivElement>(null);
  // What has the focus or is being typed stays with its learner, whoever joins or leaves meanwhile.
  const [focus, setFocus] = useState(() => placeOf(props, { row: 0, column: FIXED_COLUMNS }));
  const active = locate(props, focus);
  const [begun, setEditing] = useState<Editing>();
  const editing =
    begun && isShown(props, begun) ? { ...begun, at: locate(props, begun) } : undefined;
  const wantsFocus = useGridFocus(scroller, active, editing !== undefined);
  const leaving = useRef(false);
  const hadFocus = useRef(false);
  const nameWidth = roomForNames();
  const [hasFocus, setHasFocus] = useState(false);
  const here = useCellPresence(props.presence, hasFocus ? focus : undefined, editing !== undefined);
  const words = useCellWords(model, students, assignments, (at) => here.words(target(at)));
  const columnCount = assignments.length + FIXED_COLUMNS + model.more.length;
  const layout = useGridLayout({
    scroller,
    rowCount: students.length,
    columnCount: columnCount - 1,
    widthOf: scoreWidth,
    headerHeight: HEADER_HEIGHT,
    nameWidth,
    active,
  });
  const { rows, columns } = layout;

  const selection = useGridSelection({
    model,
    shown: props,
    active,
    words,
    onExtend: goTo,
    onPaste,
    onClear: (range) => onCommand("clear", range),
  });
  const { range, several } = selection;
  props.selected.current = range;
  if (props.jump) props.jump.current = jumpTo;

  const isGone = begun !== undefined && editing === undefined;
  useLayoutEffect(() => {
    if (!isGone) return;
    setEditing(undefined);
    announce(t("grading.grid.gone"));
  }, [isGone, t]);

  function moveTo(at: At) {
    selection.begin(undefined);
    goTo(at);
    announce(words(at));
  }

  function goTo(at: At) {
    leaving.current = false;
    wantsFocus.current = true;
    setFocus(placeOf(props, at));
    scrollTo(layout, at);
  }

  function jumpTo(cell: Cell): boolean {
    const row = students.findIndex((one) => one.user_id === cell.userId);
    const column = assignments.findIndex((one) => one.assignment_id === cell.assignmentId);
    if (row < 0 || column < 0) return false;
    moveTo({ row, column: column + FIXED_COLUMNS });
    return true;
  }

  function target(at: At) {
    const assignment = assignments[at.column - FIXED_COLUMNS];
    const student = students[at.row];
    return { userId: student?.user_id ?? 0, assignmentId: assignment?.assignment_id ?? 0 };
  }

  /** Graded without names: the way to it is the column, not the learner. */
  function isAnonymous(assignmentId: number) {
    return assignments.some((one) => one.assignment_id === assignmentId && one.anonymous);
  }

  function open(at: At) {
    const { userId, assignmentId } = target(at);
    if (at.row < 0) {
      if (assignmentId) onOpen({ kind: "assignment", userId, assignmentId });
    } else if (at.column === 0) onOpen({ kind: "learner", userId, assignmentId });
    else if (at.column < FIXED_COLUMNS) onOpen({ kind: "explain", userId, assignmentId });
    else if (isAnonymous(assignmentId)) onOpen({ kind: "assignment", userId, assignmentId });
    else if (assignmentId) onOpen({ kind: "tray", userId, assignmentId });
    else if (isOverride(at)) onOpen({ kind: "override", userId, assignmentId });
  }

  function isOverride(at: At) {
    return model.more[at.column - FIXED_COLUMNS - assignments.length] === "override";
  }

  function edit(at: At, typedText: string | null) {
    if (props.readOnly) return;
    const { userId, assignmentId } = target(at);
    if (!assignmentId) {
      return isOverride(at) && onOpen({ kind: "override", userId, assignmentId, text: typedText });
    }
    if (isAnonymous(assignmentId)) return open(at);
    const cell = model.cell(userId, assignmentId);
    const value = cell.pending ?? cell;
    const plain = value.score === null ? "" : formatNumber(value.score, locale, 6);
    setEditing({
      ...placeOf(props, at),
      text: typedText ?? (value.excused ? "EX" : plain),
      typed: typedText !== null,
      version: cell.version,
    });
  }

  function enter({ userId, assignmentId }: Cell, entry: Entry, version: number) {
    if (props.readOnly) return;
    if (!assignmentId || isAnonymous(assignmentId)) return open(active);
    const cell = model.cell(userId, assignmentId);
    const same = cell.score === entry.score && cell.excused === entry.excused && !cell.pending;
    if (!same) onEnter(userId, assignmentId, entry, version);
  }

  function commit(entry: Entry, leave: Leave) {
    if (!editing) return;
    const { at, version } = editing;
    enter(editing, entry, version);
    setEditing(undefined);
    if (leave === "stay") return;
    const step = { down: [1, 0], up: [-1, 0], end: [0, 1], start: [0, -1] }[leave] as [
      number,
      number,
    ];
    moveTo({
      row: Math.min(Math.max(at.row + step[0], 0), students.length - 1),
      column: Math.min(Math.max(at.column + step[1], 0), columnCount - 1),
    });
  }

  // Rows are drawn again only when something of theirs changes, so what they call must not change.
  const labels = useLabels();
  const speech = useMemo(() => ({ t, locale, labels }), [t, locale, labels]);
  const latestCommit = useRef(commit);
  latestCommit.current = commit;
  const onCommit = useCallback((entry: Entry, leave: Leave) => {
    latestCommit.current(entry, leave);
  }, []);
  const onCancel = useCallback(() => {
    setEditing(undefined);
    wantsFocus.current = true;
  }, [wantsFocus]);

  function onKeyDown(event: KeyboardEvent) {
    const isScore = active.row >= 0 && active.column >= FIXED_COLUMNS;
    const action = actionFor(event, {
      at: active,
      rowCount: students.length,
      columnCount,
      pageRows: pageRows(scroller, layout),
      isScore,
      takesWords: isScore && takesWords(model.scaleOf(target(active).assignmentId)),
      rtl: document.documentElement.dir === "rtl",
    });
    // Escape and then Tab leaves the grid from anywhere in it.
    if (!action || (event.key === "Tab" && leaving.current)) return;
    event.preventDefault();
    const { userId, assignmentId } = target(active);
    const cell = model.cell(userId, assignmentId);
    switch (action.kind) {
      case "move":
        return action.extend ? selection.extend(action.to) : moveTo(action.to);
      case "column":
        return selection.selectColumn();
      case "command":
        return onCommand(action.command, range);
      case "edit":
        return edit(active, action.text);
      case "clear":
        if (several) return onCommand("clear", range);
        return enter({ userId, assignmentId }, { score: null, excused: false }, cell.version);
      case "excuse":
        return enter(
          { userId, assignmentId },
          { score: cell.score, excused: !cell.excused },
          cell.version,
        );
      case "tray":
      case "open":
        return open(active);
      case "leave":
        // Escape first gives the selection up, and only then the grid.
        if (several) return moveTo(active);
        leaving.current = true;
        return announce(t("grading.grid.leave"));
    }
  }

  function onClick(event: MouseEvent) {
    const at = atOf(event.target);
    if (!at || (editing && editing.at.row === at.row && editing.at.column === at.column)) return;
    if (event.shiftKey && at.row >= 0) return selection.extend(at);
    selection.begin(undefined);
    setFocus(placeOf(props, at));
    if (at.row >= 0 && at.column >= FIXED_COLUMNS) {
      wantsFocus.current = true;
      // A second tap opens the editor: the way in where there is no keyboard.
      if (hadFocus.current && event.detail !== 2) edit(at, null);
    } else open(at);
  }

  const inRange = (row: number) => several && row >= range.top && row <= range.bottom;

  return (
    <div
      ref={scroller}
      className="gb"
      style={{ blockSize: rows.getTotalSize() + SCROLLBAR }}
      role="grid"
      tabIndex={-1}
      aria-label={t("grading.grid.label")}
      aria-describedby="gb-help"
      aria-multiselectable
      aria-readonly={props.readOnly}
      aria-rowcount={students.length + 1}
      aria-colcount={columnCount}
      onKeyDown={onKeyDown}
      onFocus={() => setHasFocus(true)}
      onBlur={(event) => setHasFocus(event.currentTarget.contains(event.relatedTarget))}
      onPointerDown={(event) => {
        const cell = (event.target as HTMLElement).closest("[data-at]");
        hadFocus.current = cell !== null && cell === document.activeElement;
        selection.beginDrag(event, atOf(event.target));
      }}
      {...selection.handlers}
      onClick={onClick}
      onDoubleClick={(event) => {
        const at = atOf(event.target);
        if (at && at.row >= 0 && at.column >= FIXED_COLUMNS) edit(at, null);
      }}
    >
      <div style={{ blockSize: rows.getTotalSize(), inlineSize: columns.getTotalSize() }}>
        <GridHeader
          model={model}
          columns={columns.getVirtualItems()}
          assignments={assignments}
          nameWidth={nameWidth}
          activeColumn={active.row === -1 ? active.column : undefined}
          revision={props.revision}
          zone={zone}
        />
        {rows.getVirtualItems().map((item) => {
          const student = students[item.index];
          if (!student) return null;
          return (
            <GridRow
              key={student.user_id}
              model={model}
              revision={props.revision}
              student={student}
              assignments={assignments}
              index={item.index}
              top={item.start}
              columns={columns.getVirtualItems()}
              nameWidth={nameWidth}
              activeColumn={active.row === item.index ? active.column : undefined}
              selectedFrom={inRange(item.index) ? range.start : Number.POSITIVE_INFINITY}
              selectedTo={inRange(item.index) ? range.end : -1}
              editing={editing?.at.row === item.index ? editing : undefined}
              editLabel={editing?.at.row === item.index ? words(editing.at) : ""}
              here={here.others.line(student.user_id)}
              speech={speech}
              onCommit={onCommit}
              onCancel={onCancel}
            />
          );
        })}
      </div>
    </div>
  );
}
