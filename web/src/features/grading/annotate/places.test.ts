import { describe, expect, it } from "vitest";
import {
  findText,
  fromSvg,
  markOf,
  pointIn,
  rectangle,
  shapeSelectors,
  simplify,
  svgOf,
  textSelectors,
  toCharacters,
  toSvg,
  toUnits,
} from "./places";

describe("places in text", () => {
  const text = "An étude 🎻 in A.\n🎻 again";

  it("counts characters as the standard does, and back", () => {
    expect(toCharacters(text, text.indexOf(" in"))).toBe(10);
    for (let characters = 0; characters <= 20; characters++) {
      expect(toCharacters(text, toUnits(text, characters))).toBe(characters);
    }
  });

  it("finds again what was selected, by place or by its words", () => {
    const from = text.indexOf("étude");
    const selectors = textSelectors(text, from, from + 8);
    expect(selectors).toEqual([
      { type: "TextPositionSelector", start: 3, end: 10 },
      { type: "TextQuoteSelector", exact: "étude 🎻", prefix: "An ", suffix: " in A.\n🎻 again" },
    ]);
    expect(findText(text, selectors)).toEqual([from, from + 8]);
    const moved = findText(`Before. ${text}`, selectors);
    expect(moved && `Before. ${text}`.slice(...moved)).toBe("étude 🎻");
    expect(findText("nothing of the kind", selectors)).toBeNull();
  });

  it("never cuts a character in half at the edges of what it keeps around a place", () => {
    const long = `${"🎻".repeat(40)}x${"🎻".repeat(40)}`;
    const quote = textSelectors(long, 80, 81)[1];
    expect(quote?.prefix).toBe("🎻".repeat(16));
    expect(textSelectors(`a${long}`, 81, 82)[1]?.prefix).toBe("🎻".repeat(16));
    expect(textSelectors(long.slice(1), 79, 80)[1]?.prefix).toBe("🎻".repeat(16));
  });
});

describe("places on a page", () => {
  const page = { left: 100, top: 50, width: 200, height: 400 };

  it("are from 0 to 1 of what is shown, and stay on the page", () => {
    expect(pointIn(page, { clientX: 150, clientY: 250 })).toEqual({ x: 0.25, y: 0.5 });
    expect(pointIn(page, { clientX: 0, clientY: 900 })).toEqual({ x: 0, y: 1 });
  });

  it("come back as they were drawn", () => {
    const lines = [
      rectangle({ x: 0.1, y: 0.2 }, { x: 0.3, y: 0.4 }),
      { points: [{ x: 0, y: 1 }], closed: false },
      {
        points: [
          { x: 0.00001, y: 0.5 },
          { x: 0.123456, y: 1 },
        ],
        closed: false,
      },
    ];
    const svg = toSvg(lines);
    expect(svg).toContain('d="M0.1 0.2L0.3 0.2L0.3 0.4L0.1 0.4ZM0 1M0.00001 0.5L0.12346 1"');
    expect(toSvg(fromSvg(svg))).toBe(svg);
    const [where] = shapeSelectors(lines, 900);
    expect(where?.value).toBe("page=900");
    expect(svgOf([where as NonNullable<typeof where>])).toBe(svg);
    expect(svgOf(shapeSelectors(lines, null))).toBe(svg);
  });

  it("read numbers only, whatever a drawing says", () => {
    expect(fromSvg("<svg onload=alert(1)></svg>")).toEqual([]);
    const odd = toSvg([]).replace('d=""', 'd="M1e9 -4L0.5 nonsense"');
    expect(fromSvg(odd)[0]?.points).toEqual([
      { x: 1, y: 0 },
      { x: 0.5, y: 0 },
    ]);
  });

  it("join the boxes of one line of words and leave out what is on another page", () => {
    const lines = markOf(page, [
      // As the browser gives it: nothing is the box's own.
      Object.create({ left: 110, top: 60, width: 40, height: 10 }),
      { left: 152, top: 61, width: 48, height: 10 },
      { left: 110, top: 75, width: 20, height: 10 },
      { left: 110, top: 500, width: 20, height: 10 },
      { left: 110, top: 80, width: 0, height: 10 },
    ]);
    expect(lines).toHaveLength(2);
    expect(lines[0]?.points[0]).toEqual({ x: 0.05, y: 0.025 });
    expect(lines[0]?.points[2]?.x).toBe(0.5);
  });

  it("drop points that make no difference, and never more than are taken", () => {
    const straight = Array.from({ length: 500 }, (_, i) => ({ x: i / 500, y: 0.5 }));
    expect(simplify(straight)).toHaveLength(2);
    const wild = Array.from({ length: 30_000 }, (_, i) => ({
      x: ((i * 7919) % 1000) / 1000,
      y: ((i * 104_729) % 997) / 997,
    }));
    expect(simplify(wild).length).toBeLessThanOrEqual(4000);
  });
});
