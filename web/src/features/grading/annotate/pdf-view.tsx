import "./pdf.css";
import { ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button, IconButton } from "../../../ui/button";
import { Skeleton } from "../../../ui/states";
import { CopyButton } from "./copy/copy-button";
import { MarkButton } from "./marked-text";
import { openPdf, type Pdf } from "./pdf-engine";
import { PdfPage } from "./pdf-page";
import { type Box, markOf, shapeSelectors } from "./places";
import { ShapeTools, useShapeTool } from "./shape-tools";
import { useNotes } from "./use-notes";

const ZOOM_STEP = 0.5;
const MOST_ZOOM = 3;

interface PdfViewProps {
  url: string;
  name: string;
  fileId: number;
}

/** A PDF page by page: drawn when a page comes near, and given up when it is far. */
export default function PdfView({ url, name, fileId }: PdfViewProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { editable, add, notes, active } = useNotes();
  const [pdf, setPdf] = useState<Pdf>();
  const [failed, setFailed] = useState(false);
  const [shape, setShape] = useState(Math.SQRT2);
  const [page, setPage] = useState(1);
  const root = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const width = useWidth(root, pdf !== undefined);
  const near = useNear(root, pdf?.numPages ?? 0, setPage);

  useEffect(() => {
    const { opened, close } = openPdf(url);
    opened
      .then(async (opened) => {
        const view = (await opened.getPage(1)).getViewport({ scale: 1 });
        setShape(view.height / view.width);
        setPdf(opened);
      })
      .catch(() => setFailed(true));
    return close;
  }, [url]);

  const go = (to: number) => sheet(root.current, to)?.scrollIntoView({ block: "start" });

  const goes = notes.find((note) => note.annotation_id === active && note.file_id === fileId)?.page;
  useEffect(() => {
    if (goes) sheet(root.current, goes)?.scrollIntoView({ block: "nearest" });
  }, [goes]);

  function mark(kind: "highlight" | "strike"): boolean {
    const found = editable && root.current && selectedWords(root.current);
    if (!found) return false;
    window.getSelection()?.removeAllRanges();
    const selector = shapeSelectors(found.lines, found.page, found.words);
    add({ file_id: fileId, kind, selector }).catch(() => {});
    return true;
  }
  const tools = useShapeTool(
    () => root.current,
    () => sheet(root.current, page)?.querySelector<HTMLElement>(".shapes")?.focus(),
    mark,
  );
  const { tool, onDone } = tools;

  if (failed) return <p className="muted">{t("notes.pdfFailed")}</p>;
  if (!pdf) return <Skeleton lines={8} />;
  return (
    <div className="stack-tight">
      <div className="row note-tools">
        {editable && (
          <>
            <MarkButton kind="highlight" onMark={() => mark("highlight")} />
            <MarkButton kind="strike" onMark={() => mark("strike")} />
            <ShapeTools {...tools} />
          </>
        )}
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            go(Number(new FormData(event.currentTarget).get("page")));
          }}
        >
          <input
            key={page}
            className="input page-number"
            name="page"
            type="number"
            min={1}
            max={pdf.numPages}
            defaultValue={page}
            aria-label={t("notes.goToPage")}
          />
          <span className="small muted">
            {t("notes.ofPages", { count: formatNumber(pdf.numPages, locale) })}
          </span>
          <Button type="submit" kind="quiet">
            {t("notes.go")}
          </Button>
        </form>
        <IconButton
          label={t("notes.smaller")}
          icon={<ZoomOut size={18} />}
          disabled={zoom <= 1}
          onClick={() => setZoom(zoom - ZOOM_STEP)}
        />
        <IconButton
          label={t("notes.larger")}
          icon={<ZoomIn size={18} />}
          disabled={zoom >= MOST_ZOOM}
          onClick={() => setZoom(zoom + ZOOM_STEP)}
        />
        <CopyButton pdf={pdf} url={url} name={name} fileId={fileId} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: pages are scrolled by keys */}
      <div ref={root} className="pdf" dir="ltr" tabIndex={0} role="group" aria-label={name}>
        {Array.from({ length: pdf.numPages }, (_, at) => (
          <PdfPage
            // biome-ignore lint/suspicious/noArrayIndexKey: a page is known by its number
            key={at}
            pdf={pdf}
            number={at + 1}
            near={near.has(at + 1)}
            shape={shape}
            fileId={fileId}
            name={name}
            tool={tool}
            onDone={onDone}
            zoom={zoom}
            width={width}
          />
        ))}
      </div>
    </div>
  );
}

const sheet = (root: HTMLElement | null, page: number) =>
  root?.querySelector<HTMLElement>(`[data-page="${page}"]`);

/** How wide the pages may be; words lie over them exactly, so they are drawn anew when it changes. */
function useWidth(root: React.RefObject<HTMLElement | null>, opened: boolean): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const box = root.current;
    if (!opened || !box) return;
    let timer: ReturnType<typeof setTimeout>;
    const observer = new ResizeObserver(([entry]) => {
      clearTimeout(timer);
      timer = setTimeout(() => setWidth(Math.floor(entry?.contentRect.width ?? 0)), 100);
    });
    observer.observe(box);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [root, opened]);
  return width;
}

/** Which pages are on the screen or next to it; tells of the first that is. */
function useNear(
  root: React.RefObject<HTMLElement | null>,
  pages: number,
  onPage: (page: number) => void,
): ReadonlySet<number> {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set());
  const told = useRef(onPage);
  told.current = onPage;
  useEffect(() => {
    const box = root.current;
    if (!pages || !box) return;
    const now = new Set<number>();
    const seen = new Set<number>();
    const numberOf = (entry: IntersectionObserverEntry) =>
      Number((entry.target as HTMLElement).dataset.page);
    const close = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) now.add(numberOf(entry));
          else now.delete(numberOf(entry));
        }
        setNear(new Set(now));
      },
      { root: box, rootMargin: "75% 0px" },
    );
    const looked = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) seen.add(numberOf(entry));
          else seen.delete(numberOf(entry));
        }
        if (seen.size > 0) told.current(Math.min(...seen));
      },
      { root: box, rootMargin: "-30% 0px -30% 0px" },
    );
    for (const page of box.children) {
      close.observe(page);
      looked.observe(page);
    }
    return () => {
      close.disconnect();
      looked.disconnect();
    };
  }, [root, pages]);
  return near;
}

/** The words that are selected on a page, and the boxes around them. */
function selectedWords(root: HTMLElement) {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer;
  const from = (start instanceof Element ? start : start.parentElement)?.closest<HTMLElement>(
    "[data-page]",
  );
  if (!from || !root.contains(from)) return null;
  const box: Box = from.getBoundingClientRect();
  const words = selection.toString();
  const lines = markOf(box, [...range.getClientRects()]);
  return lines.length > 0 ? { page: Number(from.dataset.page), lines, words } : null;
}
