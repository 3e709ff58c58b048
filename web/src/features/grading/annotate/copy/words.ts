/** A line of words in the margin. */
export interface Row {
  text: string;
  bold: boolean;
  /** The number of the note that begins here. */
  number: number | null;
  /** Written from right to left. */
  rtl: boolean;
  /** Of the line's foot, from the top of its column. */
  top: number;
}

export interface Words {
  number: number;
  author: string;
  body: string;
}

export type WidthOf = (text: string, bold: boolean) => number;

export const LINE = 12;
const GAP = 8;
/** Room for the number of a note. */
export const INDENT = 16;

const right = /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u;
/** As the first letter says it, like `dir="auto"`. */
export const isRtl = (text: string) => right.test(text.match(/\p{L}/u)?.[0] ?? "");

const bits = (granularity: "word" | "grapheme") => {
  const segmenter = new Intl.Segmenter(undefined, { granularity });
  return (text: string) => [...segmenter.segment(text)].map((one) => one.segment);
};
/** Where a line may break: at spaces; where a script has none, between words; at last, anywhere. */
const cuts = [(text: string) => text.split(/(?<=\s)/u), bits("word"), bits("grapheme")];

/** A paragraph as lines that fit. */
export function wrap(text: string, room: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  const fits = (words: string) => widthOf(words.trimEnd()) <= room;
  function put(words: string, cut: number): void {
    const smaller = cuts[cut];
    if (fits(line + words)) line += words;
    else if (fits(words) || !smaller) {
      if (line) lines.push(line.trimEnd());
      line = words;
    } else for (const part of smaller(words)) put(part, cut + 1);
  }
  put(text, 0);
  return [...lines, line.trimEnd()];
}

/** Notes below each other in columns of a height, with as many columns as they take. */
export function columnsOf(notes: Words[], room: number, height: number, widthOf: WidthOf): Row[][] {
  const columns: Row[][] = [];
  let column: Row[] = [];
  let top = 0;
  function put(row: Omit<Row, "top">, gap: number): void {
    if (columns.length === 0 || top + gap + LINE > height) {
      column = [];
      columns.push(column);
      top = 0;
    } else top += gap;
    top += LINE;
    column.push({ ...row, top });
  }
  for (const { number, author, body } of notes) {
    const rtl = isRtl(body);
    // A name too long for its line ends there; it stands whole in the note itself.
    const [name = ""] = wrap(author, room - INDENT, (text) => widthOf(text, true));
    put({ text: name, bold: true, number, rtl }, GAP);
    for (const paragraph of body.split(/\r\n?|\n/)) {
      const direction = paragraph.trim() ? isRtl(paragraph) : rtl;
      for (const text of wrap(paragraph, room, (text) => widthOf(text, false))) {
        put({ text, bold: false, number: null, rtl: direction }, 0);
      }
    }
  }
  return columns;
}
