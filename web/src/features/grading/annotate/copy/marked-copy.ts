import type { Note } from "../annotations-api";
import type { Pdf } from "../pdf-engine";
import { fromSvg, svgOf } from "../places";
import type { Unfit } from "./flatten";
import type { Done, Order } from "./flatten.worker";
import { COLUMN, loadLetters, paint } from "./paint";

/** The file is held whole, and once more as it is written. */
const MOST_BYTES = 250_000_000;

/** Why there is no copy, as a message names it. */
export class NoCopy extends Error {
  constructor(readonly why: Unfit | "large" | "notFetched") {
    super(why);
  }
}

interface MarkedCopy {
  pdf: Pdf;
  url: string;
  /** All notes on the file, with their drawings. */
  read: () => Promise<Note[]>;
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** A copy of a PDF with what was marked drawn into its pages; made beside the page, which goes on. */
export async function markedCopy(wish: MarkedCopy): Promise<Blob> {
  const { pdf, signal, onProgress } = wish;
  const bytes = await fetchBytes(wish);
  const notes = await wish.read();
  signal.throwIfAborted();
  const worker = new Worker(new URL("./flatten.worker.ts", import.meta.url), { type: "module" });
  const stop = () => worker.terminate();
  signal.addEventListener("abort", stop);
  try {
    await ask(worker, signal, { open: bytes }, [bytes]);
    onProgress(0.5);
    const pages = pagesOf(notes);
    await loadLetters(pages.flatMap(([, marks]) => marks.flatMap(wordsOf)));
    for (const [at, [number, marks]] of pages.entries()) {
      if (number > pdf.numPages) continue;
      // What a reader shows of a page, and turned how, is what pdf.js says it is.
      const { transform, width, height } = (await pdf.getPage(number)).getViewport({ scale: 1 });
      const columns = paint(marks.flatMap(wordsOf), height);
      const page = { number, transform, width, height, marks, columns, columnWidth: COLUMN };
      const grey = columns.map((column) => column.grey.buffer as ArrayBuffer);
      await ask(worker, signal, { draw: page }, grey);
      onProgress(0.5 + (0.4 * (at + 1)) / pages.length);
    }
    const done = await ask(worker, signal, { save: true });
    if (!("saved" in done)) throw new NoCopy("broken");
    return new Blob([done.saved], { type: "application/pdf" });
  } finally {
    signal.removeEventListener("abort", stop);
    worker.terminate();
  }
}

/** Half of the way, by how much of the file has come. */
async function fetchBytes({ url, signal, onProgress }: MarkedCopy): Promise<ArrayBuffer> {
  const answer = await fetch(url, { signal }).catch((error) => {
    throw signal.aborted ? error : new NoCopy("notFetched");
  });
  if (!answer.ok || !answer.body) throw new NoCopy("notFetched");
  const size = Number(answer.headers.get("Content-Length"));
  if (size > MOST_BYTES) throw new NoCopy("large");
  let come = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(part, stream) {
        come += part.length;
        if (size) onProgress((come / size) * 0.5);
        stream.enqueue(part);
      },
    }),
  );
  return new Response(counted).arrayBuffer().catch((error) => {
    throw signal.aborted ? error : new NoCopy("notFetched");
  });
}

function ask(
  worker: Worker,
  signal: AbortSignal,
  order: Order,
  transfer: Transferable[] = [],
): Promise<Done> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    // Out of memory, say.
    worker.onerror = () => reject(new NoCopy("broken"));
    worker.onmessage = ({ data }: MessageEvent<Done>) =>
      "unfit" in data ? reject(new NoCopy(data.unfit)) : resolve(data);
    worker.postMessage(order, transfer);
  });
}

type NumberedMark = ReturnType<typeof markOf>;

const markOf = (note: Note, number: number | null) => ({
  kind: note.kind,
  lines: fromSvg(svgOf(note.annotation.target.selector)),
  number,
  author: note.author_name ?? "",
  body: note.body.trim(),
  changedAt: note.changed_at,
});

/** Numbered through the file, in its order. */
function pagesOf(notes: Note[]): [number, NumberedMark[]][] {
  const pages = new Map<number, NumberedMark[]>();
  let number = 0;
  for (const note of notes) {
    if (note.page === null) continue;
    const mark = markOf(note, note.body.trim() ? ++number : null);
    pages.set(note.page, [...(pages.get(note.page) ?? []), mark]);
  }
  return [...pages].sort(([a], [b]) => a - b);
}

const wordsOf = ({ number, author, body }: NumberedMark) =>
  number === null ? [] : [{ number, author, body }];
