import { memo, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { drawPage, type Pdf } from "./pdf-engine";
import { ShapeLayer, type Tool } from "./shape-layer";

interface PdfPageProps {
  pdf: Pdf;
  number: number;
  near: boolean;
  /** Height by width, until the page itself says it. */
  shape: number;
  fileId: number;
  name: string;
  tool: Tool;
  onDone: () => void;
  zoom: number;
  /** Of the room there is, in pixels; 0 until it is known. */
  width: number;
}

/** One page: an empty sheet until it comes near, and again when it is far. */
export const PdfPage = memo(function PdfPage(props: PdfPageProps) {
  const { pdf, number, near, shape, fileId, name, tool, onDone, zoom, width } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const sheet = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState<number>();
  const label = t("notes.pageOf", { page: formatNumber(number, locale), name });

  useEffect(() => {
    if (!near || !width) return;
    let stop: (() => void) | undefined;
    let left = false;
    const [page, over] = [canvas.current, words.current];
    pdf
      .getPage(number)
      .then((read) => {
        if (left || !page || !over || !sheet.current) return;
        const view = read.getViewport({ scale: 1 });
        setOwn(view.height / view.width);
        const drawing = drawPage(read, page, over, width * zoom);
        stop = drawing.stop;
        // Stopped because it was scrolled past: nobody looks at it.
        drawing.drawn.catch(() => {});
      })
      .catch(() => {});
    return () => {
      left = true;
      stop?.();
    };
  }, [pdf, number, near, width, zoom]);

  return (
    <div
      ref={sheet}
      className="pdf-page sheet"
      data-page={number}
      style={{ aspectRatio: `1 / ${own ?? shape}`, inlineSize: `${zoom * 100}%` }}
    >
      {near && (
        <>
          <canvas ref={canvas} aria-hidden />
          <div ref={words} className="pdf-words" role="group" aria-label={label} />
          <ShapeLayer fileId={fileId} page={number} tool={tool} onDone={onDone} label={label} />
        </>
      )}
    </div>
  );
});
