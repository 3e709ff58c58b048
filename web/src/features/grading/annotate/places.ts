import type { Schemas } from "../../../lib/schemas";

/** A place on a page: from 0 to 1 of its width and of its height. */
export interface Point {
  x: number;
  y: number;
}

/** Points that are joined; closed, the last with the first. */
export interface Line {
  points: Point[];
  closed: boolean;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export type Selector = Schemas["Selector"];

const HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="';
const TAIL = '"/></svg>';
const PDF = "http://tools.ietf.org/rfc/rfc3778";
const MOST_POINTS = 4000;
const CONTEXT = 32;
export const LONGEST_QUOTE = 10_000;
const half = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const inside = (value: number) => Math.min(1, Math.max(0, value));
const written = (value: number) => String(Number(inside(value).toFixed(5)));

/** Lines as the one form of SVG the server takes. */
export function toSvg(lines: Line[]): string {
  const path = lines.map(
    ({ points, closed }) =>
      points.map(({ x, y }, at) => `${at ? "L" : "M"}${written(x)} ${written(y)}`).join("") +
      (closed ? "Z" : ""),
  );
  return HEAD + path.join("") + TAIL;
}

/** Reads the numbers out of a drawing and nothing else of it. */
export function fromSvg(svg: string | null | undefined): Line[] {
  if (!svg?.startsWith(HEAD) || !svg.endsWith(TAIL)) return [];
  return [...svg.slice(HEAD.length, -TAIL.length).matchAll(/M([^MZ]*)(Z?)/g)].map(
    ([, numbers = "", end]) => ({
      points: numbers.split("L").map((pair) => {
        const [x = 0, y = 0] = pair.split(" ").map(Number);
        return { x: inside(x || 0), y: inside(y || 0) };
      }),
      closed: end === "Z",
    }),
  );
}

/** What draws the lines in a field of 1 by 1. */
export const pathOf = (lines: Line[]) =>
  lines
    .map(
      ({ points, closed }) =>
        points.map(({ x, y }, at) => `${at ? "L" : "M"}${x} ${y}`).join("") + (closed ? "Z" : ""),
    )
    .join("");

export const rectangle = (a: Point, b: Point): Line => ({
  points: [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }],
  closed: true,
});

/** Words are struck out through their middle. */
export function middleOf({ points }: Line): Line {
  const ys = points.map((point) => point.y);
  const xs = points.map((point) => point.x);
  const y = (Math.min(...ys) + Math.max(...ys)) / 2;
  return {
    points: [
      { x: Math.min(...xs), y },
      { x: Math.max(...xs), y },
    ],
    closed: false,
  };
}

/** A place on the screen as a place on the page that is shown there. */
export const pointIn = (page: Box, at: { clientX: number; clientY: number }): Point => ({
  x: inside((at.clientX - page.left) / (page.width || 1)),
  y: inside((at.clientY - page.top) / (page.height || 1)),
});

/** Selected words' boxes as closed lines on the page; those of one line of text become one. */
export function markOf(page: Box, boxes: Box[]): Line[] {
  const rows: Box[] = [];
  for (const box of [...boxes].sort((a, b) => a.top - b.top || a.left - b.left)) {
    const shown =
      box.width > 0.5 &&
      box.height > 0.5 &&
      box.top + box.height / 2 > page.top &&
      box.top + box.height / 2 < page.top + page.height;
    if (!shown) continue;
    const row = rows.at(-1);
    const middle = box.top + box.height / 2;
    const joins =
      row &&
      middle > row.top &&
      middle < row.top + row.height &&
      box.left < row.left + row.width + row.height * 2 &&
      box.left + box.width > row.left - row.height * 2;
    if (!joins) {
      // A DOMRect has nothing of its own that could be spread.
      rows.push({ left: box.left, top: box.top, width: box.width, height: box.height });
      continue;
    }
    const right = Math.max(row.left + row.width, box.left + box.width);
    const bottom = Math.max(row.top + row.height, box.top + box.height);
    row.left = Math.min(row.left, box.left);
    row.top = Math.min(row.top, box.top);
    row.width = right - row.left;
    row.height = bottom - row.top;
  }
  return rows.map((row) =>
    rectangle(
      pointIn(page, { clientX: row.left, clientY: row.top }),
      pointIn(page, { clientX: row.left + row.width, clientY: row.top + row.height }),
    ),
  );
}

function distance(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / length : 0;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - at * dx, point.y - from.y - at * dy);
}

/** A drawn line with as few points as look the same (Douglas and Peucker). */
export function simplify(points: Point[], tolerance = 0.0008): Point[] {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let [far, most] = [-1, tolerance];
    for (let at = from + 1; at < to; at++) {
      const off = distance(points[at] as Point, points[from] as Point, points[to] as Point);
      if (off > most) [far, most] = [at, off];
    }
    if (far < 0) continue;
    keep.add(far);
    spans.push([from, far], [far, to]);
  }
  const kept = points.filter((_, at) => keep.has(at));
  return kept.length > MOST_POINTS ? simplify(points, tolerance * 2) : kept;
}

/** A number of UTF-16 units as the standard counts: in characters. */
export function toCharacters(text: string, unit: number): number {
  let count = 0;
  for (let at = 0; at < unit; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

/** And back. */
export function toUnits(text: string, characters: number): number {
  let at = 0;
  for (let count = 0; count < characters && at < text.length; count++) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

/** Where words stand in a text, by place and by the words themselves. */
export function textSelectors(text: string, from: number, to: number): Selector[] {
  const end = Math.min(to, from + LONGEST_QUOTE);
  const exact = text.slice(from, end);
  const start = toCharacters(text, from);
  return [
    { type: "TextPositionSelector", start, end: start + toCharacters(exact, exact.length) },
    {
      type: "TextQuoteSelector",
      exact,
      prefix: text.slice(Math.max(0, from - CONTEXT), from).replace(half, ""),
      suffix: text.slice(end, end + CONTEXT).replace(half, ""),
    },
  ];
}

/** Where a text says that; by the words, should the place say others. Null when it says it nowhere. */
export function findText(text: string, selectors: readonly Selector[]): [number, number] | null {
  const place = selectors.find((one) => one.type === "TextPositionSelector");
  const quote = selectors.find((one) => one.type === "TextQuoteSelector")?.exact;
  if (typeof place?.start !== "number" || typeof place.end !== "number") return null;
  const found: [number, number] = [toUnits(text, place.start), toUnits(text, place.end)];
  if (!quote || text.slice(...found) === quote) return found;
  const at = text.indexOf(quote);
  return at < 0 ? null : [at, at + quote.length];
}

/** Lines on a page of a PDF, or on a picture, with the words below them where there are any. */
export function shapeSelectors(lines: Line[], page: number | null, quote?: string): Selector[] {
  const drawing: Selector = { type: "SvgSelector", value: toSvg(lines) };
  const where: Selector =
    page === null
      ? drawing
      : {
          type: "FragmentSelector",
          conformsTo: PDF,
          value: `page=${page}`,
          refinedBy: drawing,
        };
  const words = quote?.replaceAll("\0", "").trim().slice(0, LONGEST_QUOTE).replace(half, "");
  return words ? [where, { type: "TextQuoteSelector", exact: words }] : [where];
}

/** The drawing of an annotation, if it was sent along. */
export function svgOf(selectors: readonly Selector[]): string | null {
  const first = selectors[0];
  return (first?.type === "SvgSelector" ? first.value : first?.refinedBy?.value) ?? null;
}
