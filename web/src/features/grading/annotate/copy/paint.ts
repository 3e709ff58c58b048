import { columnsOf, INDENT, type Words } from "./words";

/** Of a column, in points. */
export const COLUMN = 190;
const EDGE = 10;
const ROOM = COLUMN - 2 * EDGE;
const SIZE = 9;
/** Dots for each point: 216 to the inch, as a printer wants them. */
const DOTS = 3;
const FONT = '"Source Sans 3 Variable", "Noto Sans Arabic Variable", system-ui, sans-serif';
const fontOf = (bold: boolean) => `${bold ? 700 : 400} ${SIZE * DOTS}px ${FONT}`;

/** Words as a grey picture, with room left for the numbers of the notes that begin there. */
export interface Column {
  width: number;
  height: number;
  grey: Uint8Array;
  numbers: { number: number; x: number; y: number }[];
}

/** Sees to it that letters are there before they are drawn. */
export async function loadLetters(words: Words[]): Promise<void> {
  const all = [...new Set(words.map((one) => one.author + one.body).join(""))].join("");
  await Promise.all([true, false].map((bold) => document.fonts.load(fontOf(bold), all)));
}

/**
 * Notes as columns beside a page of that height. The browser sets every script it can show anywhere,
 * and needs no fonts in the file for it.
 */
export function paint(words: Words[], pageHeight: number): Column[] {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("This browser cannot draw.");
  const widthOf = (text: string, bold: boolean) => {
    pen.font = fontOf(bold);
    return pen.measureText(text).width / DOTS;
  };
  return columnsOf(words, ROOM, pageHeight - 2 * EDGE, widthOf).map((rows) => {
    const height = (rows.at(-1)?.top ?? 0) + 2 * EDGE;
    canvas.width = COLUMN * DOTS;
    canvas.height = Math.ceil(height * DOTS);
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#000000";
    const numbers: Column["numbers"] = [];
    for (const { text, bold, number, rtl, top } of rows) {
      const indent = number === null ? 0 : INDENT;
      const x = rtl ? COLUMN - EDGE - indent : EDGE + indent;
      pen.font = fontOf(bold);
      pen.direction = rtl ? "rtl" : "ltr";
      pen.textAlign = "start";
      pen.fillText(text, x * DOTS, (EDGE + top - 3) * DOTS);
      if (number !== null) {
        const middle = rtl ? COLUMN - EDGE - INDENT / 2 + 2 : EDGE + INDENT / 2 - 2;
        numbers.push({ number, x: middle, y: EDGE + top - SIZE * 0.68 });
      }
    }
    const dots = pen.getImageData(0, 0, canvas.width, canvas.height).data;
    const grey = Uint8Array.from({ length: dots.length / 4 }, (_, at) => dots[at * 4] as number);
    return { width: canvas.width, height: canvas.height, grey, numbers };
  });
}
