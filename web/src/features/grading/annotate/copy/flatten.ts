import { PDFDocument, PDFHexString, PDFName, type PDFRef, PDFString } from "pdf-lib";
import type { NoteKind } from "../annotations-api";
import { type Line, middleOf, type Point } from "../places";

/** What stands on a page; a note without words has no number. */
export interface Mark {
  kind: NoteKind;
  lines: Line[];
  number: number | null;
  author: string;
  body: string;
  changedAt: string;
}

/** Words as a picture in shades of grey, as large as its dots are many. */
export interface Picture {
  width: number;
  height: number;
  grey: Uint8Array;
  numbers: { number: number; x: number; y: number }[];
}

export interface MarkedPage {
  number: number;
  /** From the file's own units to points from the upper left of the page as a reader shows it. */
  transform: number[];
  width: number;
  height: number;
  marks: Mark[];
  columns: Picture[];
  /** In points; so wide each. */
  columnWidth: number;
}

/** Why nothing can be drawn into a file. */
export type Unfit = "protected" | "broken";

const RADIUS = 6;
const RED = "0.702 0.149 0.118";
const looks: Record<Exclude<NoteKind, "point">, { pen: string; paint: string }> = {
  highlight: { pen: "/Multiply gs 1 0.925 0.65 rg", paint: "f" },
  strike: { pen: `${RED} RG 1.5 w`, paint: "S" },
  area: { pen: `${RED} RG 1.5 w`, paint: "S" },
  drawing: { pen: `${RED} RG 1.5 w 1 J 1 j`, paint: "S" },
};

const n = (value: number) => String(Number(value.toFixed(3)));

/** Opens a file to draw into, or says why that cannot be. */
export async function open(bytes: ArrayBuffer): Promise<PDFDocument | Unfit> {
  try {
    const options = { ignoreEncryption: true, updateMetadata: false, parseSpeed: Infinity };
    const file = await PDFDocument.load(bytes, options);
    if (file.isEncrypted) return "protected";
    return file.getPageCount() > 0 ? file : "broken";
  } catch {
    return "broken";
  }
}

/** Marks become part of a page; their words a margin beside it and, to be found, notes of the file. */
export function draw(file: PDFDocument, page: MarkedPage): void {
  const { node } = file.getPage(page.number - 1);
  const { context } = file;
  const back = inverse(page.transform);
  const wide = page.width + page.columns.length * page.columnWidth;
  const [left, low, right, high] = boxOf(
    [
      { x: 0, y: 0 },
      { x: wide, y: page.height },
    ],
    back,
  );
  const box = context.obj([left, low, right, high]);
  const pictures = page.columns.map(({ width, height, grey }) =>
    context.register(
      context.flateStream(grey, {
        Type: "XObject",
        Subtype: "Image",
        Width: width,
        Height: height,
        ColorSpace: "DeviceGray",
        BitsPerComponent: 8,
      }),
    ),
  );
  const layer = context.flateStream([`${back.map(n).join(" ")} cm`, ...inkOf(page)].join("\n"), {
    Type: "XObject",
    Subtype: "Form",
    BBox: box,
    Resources: {
      ExtGState: { Multiply: { BM: "Multiply" } },
      Font: { Bold: { Type: "Font", Subtype: "Type1", BaseFont: "Helvetica-Bold" } },
      XObject: Object.fromEntries(pictures.map((picture, at) => [`C${at}`, picture])),
    },
  });
  // What lies outside of the page as it was shown must not show beside the notes.
  for (const name of ["MediaBox", "CropBox"]) node.set(PDFName.of(name), box);
  const name = node.newXObject("Notes", context.register(layer));
  node.addContentStream(context.register(context.flateStream(`q ${name} Do Q`)));
  for (const mark of page.marks) {
    if (mark.number !== null) node.addAnnot(noteOf(file, mark, badgeOf(mark, page), back));
  }
}

export const save = (file: PDFDocument) =>
  file.save({ addDefaultPage: false, updateFieldAppearances: false, objectsPerTick: Infinity });

function inkOf(page: MarkedPage): string[] {
  const ink = page.marks.flatMap((mark) => {
    if (mark.kind === "point") return [];
    const { pen, paint } = looks[mark.kind];
    const lines = mark.kind === "strike" ? mark.lines.map(middleOf) : mark.lines;
    return ["q", pen, ...lines.map((line) => pathOf(line, page)), paint, "Q"];
  });
  page.columns.forEach(({ width, height, numbers }, at) => {
    const x = page.width + at * page.columnWidth;
    const tall = (height / width) * page.columnWidth;
    ink.push(`1 g ${n(x)} 0 ${n(page.columnWidth)} ${n(page.height)} re f`);
    // Pictures stand on their feet, and here down is up.
    ink.push(`q ${n(page.columnWidth)} 0 0 ${n(-tall)} ${n(x)} ${n(tall)} cm /C${at} Do Q`);
    ink.push(`0.8 G 0.5 w ${n(x)} 0 m ${n(x)} ${n(page.height)} l S`);
    for (const one of numbers) ink.push(badge({ x: x + one.x, y: one.y }, one.number));
  });
  for (const mark of page.marks) {
    if (mark.number !== null || mark.kind === "point") {
      ink.push(badge(badgeOf(mark, page), mark.number));
    }
  }
  return ink;
}

const pathOf = ({ points, closed }: Line, { width, height }: MarkedPage) =>
  points.map(({ x, y }, at) => `${n(x * width)} ${n(y * height)} ${at ? "l" : "m"}`).join(" ") +
  (closed ? " h" : "");

/** A point's is where the point is; another's at the upper left of what is marked. */
function badgeOf({ lines }: Mark, { width, height }: MarkedPage): Point {
  const points = lines.flatMap((line) => line.points);
  const least = (values: number[], most: number) =>
    Math.min(Math.max(Math.min(...values, 1) * most, RADIUS), most - RADIUS);
  return {
    x: least(
      points.map((point) => point.x),
      width,
    ),
    y: least(
      points.map((point) => point.y),
      height,
    ),
  };
}

/** A red dot with a white number in it. */
function badge({ x, y }: Point, number: number | null): string {
  const [r, k] = [RADIUS, RADIUS * 0.5523];
  const curve = (...at: number[]) => `${at.map(n).join(" ")} c`;
  const dot = [
    `q ${RED} rg 1 G 0.75 w ${n(x + r)} ${n(y)} m`,
    curve(x + r, y + k, x + k, y + r, x, y + r),
    curve(x - k, y + r, x - r, y + k, x - r, y),
    curve(x - r, y - k, x - k, y - r, x, y - r),
    curve(x + k, y - r, x + r, y - k, x + r, y),
    "b",
  ];
  if (number !== null) {
    const digits = String(number);
    const size = digits.length > 2 ? 5 : 7;
    // Each digit of this font is 556 thousandths wide and 710 high.
    const from = `${n(x - digits.length * size * 0.278)} ${n(y + size * 0.355)}`;
    dot.push(`1 g BT /Bold ${size} Tf 1 0 0 -1 ${from} Tm (${digits}) Tj ET`);
  }
  return [...dot, "Q"].join("\n");
}

/** Its words as they were typed, in any script, for whoever searches, copies or listens. It draws nothing. */
function noteOf(file: PDFDocument, mark: Mark, at: Point, back: number[]): PDFRef {
  const { context } = file;
  const rect = boxOf(
    [
      { x: at.x - RADIUS, y: at.y - RADIUS },
      { x: at.x + RADIUS, y: at.y + RADIUS },
    ],
    back,
  );
  const nothing = context.stream("", { Type: "XObject", Subtype: "Form", BBox: rect });
  return context.register(
    context.obj({
      Type: "Annot",
      Subtype: "Text",
      Rect: rect,
      Contents: PDFHexString.fromText(mark.body),
      T: PDFHexString.fromText(mark.author),
      M: PDFString.fromDate(new Date(mark.changedAt)),
      AP: { N: context.register(nothing) },
    }),
  );
}

function boxOf(points: Point[], [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: number[]) {
  const xs = points.map(({ x, y }) => a * x + c * y + e);
  const ys = points.map(({ x, y }) => b * x + d * y + f);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function inverse([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: number[]): number[] {
  const by = a * d - b * c;
  return [d / by, -b / by, -c / by, a / by, (c * f - d * e) / by, (b * e - a * f) / by];
}
