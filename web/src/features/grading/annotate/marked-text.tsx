import { Highlighter, Strikethrough } from "lucide-react";
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { IconButton } from "../../../ui/button";
import type { Note } from "./annotations-api";
import { textSelectors } from "./places";
import { linesOf, rangesOf, segmentsOf, selectedIn } from "./text-ranges";
import { useMarkable } from "./use-mark-keys";
import { useNotes } from "./use-notes";

/** So many lines are laid out together, and only when they come near. */
const BLOCK = 100;

interface MarkedTextProps {
  text: string;
  fileId: number | null;
  label: string;
  /** Words that run on, not code. */
  prose?: boolean;
  /** Where the whole text these lines are cut from has them; a notebook's cell, say. */
  base?: number;
  /** The whole text, when these lines are a part of it. */
  whole?: string;
  /** Number of the first line; null shows none. */
  firstLine?: number;
}

/** Text by lines with what was marked in it; words are marked by mouse, whole lines by keys alone. */
export function MarkedText(props: MarkedTextProps) {
  const { text, fileId, label, prose, base = 0, whole = text, firstLine = 1 } = props;
  const { t } = useTranslation();
  const { notes, editable, active, activate, add } = useNotes();
  const root = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<[number, number] | null>(null);
  const lines = useMemo(() => linesOf(text), [text]);
  const ranges = useMemo(() => {
    const mine = notes.filter((note) => note.file_id === fileId && note.page === null);
    return rangesOf(whole, mine).map((r) => ({ ...r, from: r.from - base, to: r.to - base }));
  }, [notes, fileId, whole, base]);

  useEffect(() => {
    const mark = root.current?.querySelector(`[data-notes~="${active}"]`);
    mark?.scrollIntoView({ block: "center" });
  }, [active]);

  function place(): [number, number] | null {
    if (!root.current) return null;
    const selected = selectedIn(root.current);
    if (selected) return selected;
    if (!chosen || !root.current.contains(document.activeElement)) return null;
    const [first, last] = [Math.min(...chosen), Math.max(...chosen)];
    const [from, to] = [lines[first], lines[last]];
    return from && to && to.at + to.line.length > from.at
      ? [from.at, to.at + to.line.length]
      : null;
  }

  function mark(kind: "highlight" | "strike"): boolean {
    const at = editable && place();
    if (!at) return false;
    window.getSelection()?.removeAllRanges();
    const selector = textSelectors(whole, base + at[0], base + at[1]);
    add({ file_id: fileId, kind, selector }).catch(() => {});
    return true;
  }
  useMarkable({ root: () => root.current, mark });

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20 }[event.key];
    const end = { Home: 0, End: lines.length - 1 }[event.key];
    if (step === undefined && end === undefined) return;
    event.preventDefault();
    const here = chosen?.[1] ?? -1;
    const to = Math.min(lines.length - 1, Math.max(0, end ?? here + (step ?? 0)));
    setChosen(event.shiftKey && chosen ? [chosen[0], to] : [to, to]);
    root.current?.querySelector(`[data-row="${to}"]`)?.scrollIntoView({ block: "nearest" });
    announce(t("notes.line", { line: firstLine + to, text: lines[to]?.line || t("notes.empty") }));
  }

  const blocks = useMemo(
    () =>
      Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, at) =>
        lines.slice(at * BLOCK, (at + 1) * BLOCK),
      ),
    [lines],
  );
  const [low, high] = chosen ? [Math.min(...chosen), Math.max(...chosen)] : [-1, -1];
  return (
    <div className="stack-tight">
      {editable && (
        <div className="row note-tools">
          <MarkButton kind="highlight" onMark={() => mark("highlight")} />
          <MarkButton kind="strike" onMark={() => mark("strike")} />
        </div>
      )}
      <div
        ref={root}
        className="work-text"
        data-prose={prose || undefined}
        dir="auto"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled, and lines are chosen, by keys
        tabIndex={0}
        role="group"
        aria-label={editable ? t("notes.textLabel", { name: label }) : label}
        onKeyDown={editable ? onKeyDown : undefined}
        onClick={(event) => {
          const on = (event.target as Element).closest<HTMLElement>("[data-notes]")?.dataset.notes;
          if (on && window.getSelection()?.isCollapsed) activate(Number(on.split(" ").at(-1)));
        }}
      >
        {blocks.map((block, at) => {
          const first = at * BLOCK;
          const from = block[0]?.at ?? 0;
          const last = block.at(-1);
          const to = (last?.at ?? 0) + (last?.line.length ?? 0);
          return (
            <TextBlock
              // biome-ignore lint/suspicious/noArrayIndexKey: a block is known by its number
              key={at}
              lines={block}
              first={first}
              firstLine={firstLine}
              ranges={ranges.filter((r) => r.from <= to && r.to >= from)}
              active={active}
              low={low}
              high={high}
            />
          );
        })}
      </div>
    </div>
  );
}

interface TextBlockProps {
  lines: { at: number; line: string }[];
  first: number;
  firstLine: number;
  ranges: { from: number; to: number; note: Note }[];
  active: number | null;
  low: number;
  high: number;
}

const same = (a: TextBlockProps, b: TextBlockProps) =>
  a.lines === b.lines &&
  a.ranges.length === b.ranges.length &&
  a.ranges.every((r, at) => r.note === b.ranges[at]?.note) &&
  (a.ranges.length === 0 || a.active === b.active) &&
  Math.max(a.low, a.first - 1) === Math.max(b.low, b.first - 1) &&
  Math.min(a.high, a.first + BLOCK) === Math.min(b.high, b.first + BLOCK);

/** Drawn again only when something in it changed. */
const TextBlock = memo(function TextBlock(props: TextBlockProps) {
  const { lines, first, firstLine, ranges, active, low, high } = props;
  return (
    <div className="work-block" style={{ containIntrinsicBlockSize: `${lines.length * 1.5}em` }}>
      {lines.map(({ at, line }, i) => (
        <div
          key={at}
          className="work-line"
          data-line={firstLine + first + i}
          data-row={first + i}
          data-chosen={(first + i >= low && first + i <= high) || undefined}
        >
          <span data-at={at} data-length={line.length}>
            {line === ""
              ? "\u00a0"
              : segmentsOf(line, at, ranges).map((part, n) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a piece is known by its place
                  <Piece key={n} text={part.text} notes={part.notes} active={active} />
                ))}
          </span>
        </div>
      ))}
    </div>
  );
}, same);

function Piece({ text, notes, active }: { text: string; notes: Note[]; active: number | null }) {
  if (notes.length === 0) return text;
  return (
    <mark
      data-notes={notes.map((note) => note.annotation_id).join(" ")}
      data-kind={notes.some((note) => note.kind === "strike") ? "strike" : "highlight"}
      data-active={notes.some((note) => note.annotation_id === active) || undefined}
    >
      {text}
    </mark>
  );
}

interface MarkButtonProps {
  kind: "highlight" | "strike";
  /** False when nothing is selected. */
  onMark: () => boolean;
}

/** Keeps what is selected selected while it is pressed. */
export function MarkButton({ kind, onMark }: MarkButtonProps) {
  const { t } = useTranslation();
  const Icon = kind === "strike" ? Strikethrough : Highlighter;
  return (
    <IconButton
      label={t(`notes.tool.${kind}`)}
      icon={<Icon size={18} />}
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        if (!onMark()) announce(t("notes.selectFirst"));
      }}
    />
  );
}
