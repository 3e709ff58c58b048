import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import {
  fromSvg,
  type Line,
  middleOf,
  type Point,
  pathOf,
  pointIn,
  rectangle,
  shapeSelectors,
  simplify,
} from "./places";
import { type NoteWithDrawing, useNotes } from "./use-notes";

export type Tool = "none" | "point" | "area" | "drawing";

/** Strokes that follow each other this soon are one drawing. */
const PAUSE_MS = 1200;
const STEP = 0.02;
const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface ShapeLayerProps {
  fileId: number;
  /** Null on a picture. */
  page: number | null;
  tool: Tool;
  onDone: () => void;
  label: string;
}

/** What was drawn on a page or a picture, and drawing on it: by pointer, or with arrow keys. */
export function ShapeLayer({ fileId, page, tool, onDone, label }: ShapeLayerProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { notes, active, activate, add, drawings } = useNotes();
  const root = useRef<HTMLDivElement>(null);
  const [strokes, setStrokes] = useState<Point[][]>([]);
  const [from, setFrom] = useState<Point | null>(null);
  const [cross, setCross] = useState<Point>({ x: 0.5, y: 0.5 });
  const pending = useRef<Line[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const here = notes.filter((note) => note.file_id === fileId && note.page === page);
  const missing = here.some((note) => note.svg === null);

  useEffect(() => {
    if (!missing) return;
    drawings({ file_id: fileId, page_from: page ?? 0, page_to: page ?? 0 });
  }, [missing, drawings, fileId, page]);

  useEffect(() => {
    if (here.some((note) => note.annotation_id === active)) {
      root.current
        ?.querySelector(`[data-note-shape="${active}"]`)
        ?.scrollIntoView({ block: "center" });
    }
  }, [active, here]);

  function keep(kind: Exclude<Tool, "none">, lines: Line[]) {
    const note = { file_id: fileId, kind, selector: shapeSelectors(lines, page) };
    add(note).then(kind === "drawing" ? undefined : onDone, () => {});
  }

  function finish() {
    clearTimeout(timer.current);
    if (pending.current.length === 0) return;
    const lines = pending.current;
    pending.current = [];
    setStrokes([]);
    keep("drawing", lines);
  }
  const finishNow = useRef(finish);
  finishNow.current = finish;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tool ends the drawing, and so does leaving
  useEffect(() => () => finishNow.current(), [tool]);

  const at = (event: PointerEvent) =>
    pointIn(root.current?.getBoundingClientRect() ?? new DOMRect(), event);

  function onPointerDown(event: PointerEvent) {
    if (tool === "none" || event.button !== 0) return;
    event.preventDefault();
    const point = at(event);
    if (tool === "point") return keep("point", [{ points: [point], closed: false }]);
    event.currentTarget.setPointerCapture(event.pointerId);
    clearTimeout(timer.current);
    setFrom(point);
    setCross(point);
    if (tool === "drawing") setStrokes((all) => [...all, [point]]);
  }

  function onPointerMove(event: PointerEvent) {
    if (!from) return;
    const point = at(event);
    setCross(point);
    if (tool !== "drawing") return;
    setStrokes((all) => [...all.slice(0, -1), [...(all.at(-1) ?? []), point]]);
  }

  function onPointerUp(event: PointerEvent) {
    if (!from) return;
    const point = at(event);
    setFrom(null);
    if (tool === "area" && Math.abs(point.x - from.x) + Math.abs(point.y - from.y) > 0.01) {
      keep("area", [rectangle(from, point)]);
    }
    if (tool !== "drawing") return;
    const stroke = simplify([...(strokes.at(-1) ?? []), point]);
    if (stroke.length > 1) pending.current.push({ points: stroke, closed: false });
    timer.current = setTimeout(() => finishNow.current(), PAUSE_MS);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (tool === "none") return;
    if (event.key === "Escape") {
      setFrom(null);
      return onDone();
    }
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (from) keep("area", [rectangle(from, cross)]);
      else keep("point", [{ points: [cross], closed: false }]);
      setFrom(null);
    } else if (dx || dy) {
      event.preventDefault();
      if (event.shiftKey && !from) setFrom(cross);
      const step = event.ctrlKey ? STEP / 4 : STEP;
      const next = pointIn(
        { left: 0, top: 0, width: 1, height: 1 },
        { clientX: cross.x + dx * step, clientY: cross.y + dy * step },
      );
      setCross(next);
      const percent = (value: number) => formatNumber(Math.round(value * 100), locale);
      announce(t("notes.cross", { x: percent(next.x), y: percent(next.y) }));
    }
  }

  const working = tool !== "none";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has a role while something is being put on it
    <div
      ref={root}
      className="shapes"
      data-tool={tool}
      data-sheet={page ?? 0}
      {...(working && {
        tabIndex: 0,
        role: "application",
        "aria-label": t("notes.layer", { name: label }),
      })}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onKeyDown={onKeyDown}
    >
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
        {here.map((note) => (
          <Shape
            key={note.annotation_id}
            note={note}
            active={active === note.annotation_id}
            onPick={() => activate(note.annotation_id)}
          />
        ))}
        {strokes.map((points, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: strokes only ever follow each other
          <path key={n} data-kind="drawing" d={pathOf([{ points, closed: false }])} />
        ))}
        {from && tool !== "drawing" && (
          <path data-kind="area" data-active d={pathOf([rectangle(from, cross)])} />
        )}
      </svg>
      {here.map((note, n) => (
        <Pin key={note.annotation_id} note={note} number={n + 1} />
      ))}
      {working && tool !== "drawing" && (
        <span
          className="cross"
          style={{ left: `${cross.x * 100}%`, top: `${cross.y * 100}%` }}
          aria-hidden
        />
      )}
    </div>
  );
}

interface ShapeProps {
  note: NoteWithDrawing;
  active: boolean;
  onPick: () => void;
}

/** Drawn from its numbers: nothing of what was sent becomes part of the page. */
function Shape({ note, active, onPick }: ShapeProps) {
  if (note.kind === "point" || !note.svg) return null;
  const lines = fromSvg(note.svg);
  const strike = note.kind === "strike";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: every note is also in the list of notes
    <path
      data-kind={note.kind}
      data-note-shape={note.annotation_id}
      data-active={active || undefined}
      d={pathOf(strike ? lines.map(middleOf) : lines)}
      onClick={onPick}
    />
  );
}

function Pin({ note, number }: { note: NoteWithDrawing; number: number }) {
  const { t } = useTranslation();
  const { active, activate } = useNotes();
  const point = note.kind === "point" ? fromSvg(note.svg)[0]?.points[0] : undefined;
  if (!point) return null;
  return (
    <button
      type="button"
      className="pin"
      tabIndex={-1}
      data-note-shape={note.annotation_id}
      data-active={active === note.annotation_id || undefined}
      style={{ left: `${point.x * 100}%`, top: `${point.y * 100}%` }}
      aria-label={note.body || t("notes.kind.point")}
      onClick={() => activate(note.annotation_id)}
    >
      {number}
    </button>
  );
}
