import { describe, expect, it } from "vitest";
import { readNotebook } from "./notebook";
import { linesOf, segmentsOf } from "./text-ranges";

const png = "iVBORw0KGgo=";

describe("a notebook", () => {
  it("is sources with their places, text and pictures", () => {
    const read = readNotebook(
      JSON.stringify({
        cells: [
          { cell_type: "markdown", source: ["# Title\n", "words"] },
          {
            cell_type: "code",
            source: "print(1)",
            outputs: [
              { output_type: "stream", text: ["\u001b[31m1\u001b[0m\n"] },
              { output_type: "display_data", data: { "image/png": png, "text/plain": "<Figure>" } },
              { output_type: "error", traceback: ["Boom"] },
            ],
          },
        ],
      }),
    );
    expect(read?.text).toBe("# Title\nwords\nprint(1)\n");
    expect(read?.cells[1]?.at).toBe(14);
    expect(read?.cells[1]?.outputs).toEqual([
      { kind: "text", text: "1\n" },
      { kind: "image", url: `data:image/png;base64,${png}` },
      { kind: "text", text: "Boom" },
    ]);
  });

  it("shows nothing that could run", () => {
    const read = readNotebook(
      JSON.stringify({
        cells: [
          {
            cell_type: "code",
            source: "x",
            outputs: [
              { output_type: "display_data", data: { "text/html": "<script>alert(1)</script>" } },
              { output_type: "display_data", data: { "image/svg+xml": "<svg onload=alert(1)>" } },
              { output_type: "display_data", data: { "image/png": 'x" onerror="alert(1)' } },
              { output_type: "display_data", data: { "application/javascript": "alert(1)" } },
              null,
              7,
            ],
          },
          { cell_type: "<img>", source: "no such kind" },
          "nonsense",
        ],
      }),
    );
    expect(read?.cells).toHaveLength(1);
    expect(read?.cells[0]?.outputs).toEqual([]);
  });

  it("is none when it is something else", () => {
    expect(readNotebook("{")).toBeNull();
    expect(readNotebook("[]")).toBeNull();
    expect(readNotebook('{"cells": 5}')).toBeNull();
  });
});

describe("marked lines", () => {
  it("are cut where notes begin and end", () => {
    const note = (id: number) => ({ annotation_id: id }) as never;
    const [, second] = linesOf("first\nsecond line");
    const parts = segmentsOf(second?.line ?? "", second?.at ?? 0, [
      { from: 3, to: 9, note: note(1) },
      { from: 8, to: 12, note: note(2) },
    ]);
    expect(parts.map((part) => [part.text, part.notes.length])).toEqual([
      ["se", 1],
      ["c", 2],
      ["ond", 1],
      [" line", 0],
    ]);
  });
});
