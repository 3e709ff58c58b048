import {
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
  PDFWorker,
  type RenderTask,
  TextLayer,
  version,
} from "pdfjs-dist";
import Engine from "pdfjs-dist/build/pdf.worker.mjs?worker";
import { assetUrl } from "../../../lib/base";

export type Pdf = PDFDocumentProxy;

/** A page is never drawn with more dots than this, however large it says it is. */
const MOST_DOTS = 6_000_000;
const here = (folder: string) =>
  new URL(assetUrl(`pdfjs-${version}/${folder}/`), window.location.href).href;

/**
 * Opens a PDF without fetching it whole: pages ask for their bytes when they are drawn. Nothing in it
 * runs: no scripts, no forms, no links.
 */
export function openPdf(url: string): { opened: Promise<Pdf>; close: () => void } {
  const port = new Engine();
  const worker = PDFWorker.create({ port });
  const task = getDocument({
    url,
    worker,
    rangeChunkSize: 1 << 17,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    isEvalSupported: false,
    // The content policy lets no WebAssembly run; the same decoders are there in plain script.
    useWasm: false,
    wasmUrl: here("wasm"),
    cMapUrl: here("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: here("standard_fonts"),
    maxImageSize: 64 << 20,
  });
  return {
    opened: task.promise,
    close: () => {
      void task.destroy().finally(() => {
        worker.destroy();
        port.terminate();
      });
    },
  };
}

/** Draws a page so wide, and its words over it so that they can be selected. */
export function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  words: HTMLElement,
  width: number,
): { drawn: Promise<void>; stop: () => void } {
  const plain = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: width / plain.width });
  const wanted = Math.min(window.devicePixelRatio || 1, 2);
  const dots = Math.min(wanted, Math.sqrt(MOST_DOTS / (viewport.width * viewport.height)));
  canvas.width = Math.floor(viewport.width * dots);
  canvas.height = Math.floor(viewport.height * dots);
  const rendering: RenderTask = page.render({
    canvas,
    viewport,
    transform: dots === 1 ? undefined : [dots, 0, 0, dots, 0, 0],
  });
  words.replaceChildren();
  words.style.setProperty("--total-scale-factor", String(viewport.scale));
  const layer = new TextLayer({
    textContentSource: page.streamTextContent(),
    container: words,
    viewport,
  });
  return {
    drawn: Promise.all([rendering.promise, layer.render()]).then(() => {}),
    stop: () => {
      rendering.cancel();
      layer.cancel();
      page.cleanup();
      // A canvas gives its memory back when it has no size.
      canvas.width = 0;
      canvas.height = 0;
      words.replaceChildren();
    },
  };
}
