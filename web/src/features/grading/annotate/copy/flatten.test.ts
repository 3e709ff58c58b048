import { degrees, PDFDocument, PDFName } from "pdf-lib";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, it } from "vitest";
import { type Line, rectangle } from "../places";
import { draw, type Mark, open, save } from "./flatten";

const words = "أحسنت — 'quoted' 🎻 (well)\\ done";

/** Another reader than the one that wrote it. */
async function read(bytes: Uint8Array, number: number) {
  const file = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const page = await file.getPage(number);
  const view = page.getViewport({ scale: 1 });
  const content = await page.getTextContent();
  const texts = content.items.flatMap((item) => ("str" in item && item.str ? [item] : []));
  return { page, view, texts, annotations: await page.getAnnotations() };
}

const mark = (kind: Mark["kind"], lines: Line[], number: number | null, body = words): Mark => ({
  kind,
  lines,
  number,
  body,
  author: "Ines Instructor",
  changedAt: "2026-03-01T10:00:00Z",
});

async function fileOf(rotation: number, pages = 2): Promise<Uint8Array> {
  const file = await PDFDocument.create();
  for (let at = 0; at < pages; at++) {
    const page = file.addPage([400, 600]);
    page.setCropBox(40, 30, 300, 500);
    page.setRotation(degrees(rotation));
    page.drawText(`Work on page ${at + 1}`, { x: 60, y: 400, size: 12 });
  }
  file.getPage(0).node.set(PDFName.of("UserUnit"), file.context.obj(2));
  return file.save();
}

async function marked(bytes: Uint8Array, number: number, marks: Mark[], columns: number) {
  const { transform, width, height } = (await read(bytes, number)).view;
  const file = await open(bytes.slice().buffer);
  if (typeof file === "string") throw new Error(file);
  const grey = new Uint8Array(20 * 40).fill(128);
  const picture = { width: 20, height: 40, grey, numbers: [{ number: 1, x: 9, y: 9 }] };
  draw(file, {
    number,
    transform,
    width,
    height,
    marks,
    columns: Array.from({ length: columns }, () => picture),
    columnWidth: 150,
  });
  return { bytes: await save(file), width, height };
}

describe("a copy of a PDF with its notes drawn in", () => {
  it.each([0, 90, 180, 270])("has them where they were seen, turned by %i", async (rotation) => {
    const before = await fileOf(rotation);
    const area = mark("area", [rectangle({ x: 0.25, y: 0.2 }, { x: 0.5, y: 0.4 })], 12);
    const copy = await marked(before, 1, [area], 1);
    const { view, texts, annotations } = await read(copy.bytes, 1);
    expect([view.width, view.height]).toEqual([copy.width + 150, copy.height]);
    expect(texts.map((text) => text.str)).toEqual(["Work on page 1", "1", "12"]);

    const [note] = annotations;
    expect(note).toMatchObject({ subtype: "Text", contentsObj: { str: words } });
    expect(note?.titleObj.str).toBe("Ines Instructor");
    const rect = view.convertToViewportRectangle(note?.rect) as number[];
    const middle = [
      (rect[0] as number) + (rect[2] as number),
      (rect[1] as number) + (rect[3] as number),
    ];
    expect((middle[0] as number) / 2).toBeCloseTo(0.25 * copy.width, 1);
    expect((middle[1] as number) / 2).toBeCloseTo(0.2 * copy.height, 1);
    // Its number lies on it and reads from left to right, however the page is turned.
    const number = texts.at(-1)?.transform as number[];
    const [x, y] = view.convertToViewportPoint(number[4] as number, number[5] as number);
    expect(
      Math.hypot((x as number) - 0.25 * copy.width, (y as number) - 0.2 * copy.height),
    ).toBeLessThan(8);
    const [right, level] = view.convertToViewportPoint(
      (number[4] as number) + (number[0] as number),
      (number[5] as number) + (number[1] as number),
    );
    expect(right).toBeGreaterThan(x as number);
    expect(level).toBeCloseTo(y as number, 3);
    const other = await read(copy.bytes, 2);
    expect([other.view.width, other.annotations.length]).toEqual([rotation % 180 ? 500 : 300, 0]);
  });

  it("keeps what was there, and marks without words stand alone", async () => {
    const line = {
      points: [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      closed: false,
    };
    const marks = [
      mark("highlight", [rectangle({ x: 0.1, y: 0.1 }, { x: 0.9, y: 0.12 })], null, ""),
      mark("strike", [rectangle({ x: 0.1, y: 0.2 }, { x: 0.9, y: 0.22 })], null, ""),
      mark("drawing", [line, line], null, ""),
      mark("point", [{ points: [{ x: 1, y: 1 }], closed: false }], null, ""),
    ];
    const copy = await marked(await fileOf(0), 2, marks, 0);
    const { view, annotations, texts, page } = await read(copy.bytes, 2);
    expect(texts.map((text) => text.str)).toEqual(["Work on page 2"]);
    expect([view.width, view.height, annotations.length]).toEqual([300, 500, 0]);
    expect((await page.getOperatorList()).fnArray.length).toBeGreaterThan(10);
    const again = await marked(
      copy.bytes,
      2,
      [mark("point", [{ points: [{ x: 0.5, y: 0.5 }], closed: false }], 1)],
      2,
    );
    expect((await read(again.bytes, 2)).view.width).toBe(600);
  });

  it("cannot be made of what is protected or no PDF, and says which", async () => {
    const file = await PDFDocument.create();
    file.addPage();
    const { context } = file;
    context.trailerInfo.Encrypt = context.register(context.obj({ Filter: "Standard", V: 1 }));
    const locked = await file.save({ useObjectStreams: false });
    expect(await open(locked.slice().buffer)).toBe("protected");
    expect(await open(new TextEncoder().encode("no PDF at all").buffer)).toBe("broken");
    expect(await open(new ArrayBuffer(0))).toBe("broken");
  });
});
