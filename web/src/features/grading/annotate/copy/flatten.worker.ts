import type { PDFDocument } from "pdf-lib";
import { draw, type MarkedPage, open, save, type Unfit } from "./flatten";

/** One at a time; each is answered before the next is sent. */
export type Order = { open: ArrayBuffer } | { draw: MarkedPage } | { save: true };
export type Done =
  | { pages: number }
  | { unfit: Unfit }
  | { drawn: number }
  | { saved: Uint8Array<ArrayBuffer> };

let file: PDFDocument;

async function follow(order: Order): Promise<Done> {
  if ("open" in order) {
    const opened = await open(order.open);
    if (typeof opened === "string") return { unfit: opened };
    file = opened;
    return { pages: file.getPageCount() };
  }
  if ("save" in order) return { saved: (await save(file)) as Uint8Array<ArrayBuffer> };
  draw(file, order.draw);
  return { drawn: order.draw.number };
}

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  const done = await follow(data).catch((): Done => ({ unfit: "broken" }));
  self.postMessage(done, { transfer: "saved" in done ? [done.saved.buffer] : [] });
};
