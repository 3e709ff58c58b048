/** A cell as it is shown: words, and what is safe of its outputs. */
export interface Cell {
  kind: "code" | "markdown" | "raw";
  source: string;
  /** Where its source begins in the text of all sources. */
  at: number;
  outputs: CellOutput[];
}

export type CellOutput = { kind: "text"; text: string } | { kind: "image"; url: string };

export interface Notebook {
  cells: Cell[];
  /** All sources, one after another: what notes count their places in. */
  text: string;
}

const MOST_CELLS = 2000;
const MOST_OUTPUT = 20_000;
const MOST_IMAGE = 5_000_000;
// Terminal colours say nothing without a terminal.
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what they are made of
const colours = /\u001b\[[0-9;]*[A-Za-z]/g;

const words = (value: unknown): string =>
  typeof value === "string"
    ? value
    : Array.isArray(value)
      ? value.filter((one) => typeof one === "string").join("")
      : "";

const object = (value: unknown) =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** Text and pictures are shown; HTML, SVG, scripts and widgets are not, whatever they claim to be. */
function outputOf(value: unknown): CellOutput[] {
  const output = object(value);
  const text = (said: unknown): CellOutput[] => {
    const plain = words(said).replace(colours, "").slice(0, MOST_OUTPUT);
    return plain ? [{ kind: "text", text: plain }] : [];
  };
  if (output.output_type === "stream") return text(output.text);
  if (output.output_type === "error") return text(output.traceback ?? output.evalue);
  const data = object(output.data);
  for (const type of ["image/png", "image/jpeg", "image/gif"]) {
    const base64 = words(data[type]).replace(/\s/g, "");
    if (base64 && base64.length <= MOST_IMAGE && /^[A-Za-z0-9+/]+=*$/.test(base64)) {
      return [{ kind: "image", url: `data:${type};base64,${base64}` }];
    }
  }
  return text(data["text/plain"]);
}

/** Reads a Jupyter notebook; null when it is none. */
export function readNotebook(json: string): Notebook | null {
  let root: Record<string, unknown>;
  try {
    root = object(JSON.parse(json));
  } catch {
    return null;
  }
  if (!Array.isArray(root.cells)) return null;
  const cells: Cell[] = [];
  let text = "";
  for (const value of root.cells.slice(0, MOST_CELLS)) {
    const cell = object(value);
    const kind = cell.cell_type;
    if (kind !== "code" && kind !== "markdown" && kind !== "raw") continue;
    const source = words(cell.source).replace(/\r\n?/g, "\n");
    const outputs = Array.isArray(cell.outputs) ? cell.outputs.flatMap(outputOf) : [];
    cells.push({ kind, source, at: text.length, outputs });
    text += `${source}\n`;
  }
  return { cells, text };
}
