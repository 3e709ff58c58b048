import { describe, expect, it } from "vitest";
import { diffTexts, type Stretch } from "./text-diff";

const whole = (stretches: Stretch[]) => stretches.map((one) => one.text).join("");

const marked = (stretches: Stretch[]) =>
  stretches.filter((one) => one.changed).map((one) => one.text);

describe("what differs between two texts", () => {
  it("is words, not lines, where a line changed a little", () => {
    const diff = diffTexts("One.\nThe cat sat.\nEnd.", "One.\nThe dog sat.\nEnd.");
    expect(diff && marked(diff.before)).toEqual(["cat"]);
    expect(diff && marked(diff.after)).toEqual(["dog"]);
    expect(diff?.places).toBe(1);
  });

  it("is what was added, or taken away", () => {
    const added = diffTexts("a\nb\n", "a\nnew\nb\n");
    expect(added && [marked(added.before), marked(added.after)]).toEqual([[], ["new\n"]]);
    const taken = diffTexts("a b c", "a c");
    expect(taken && [marked(taken.before), marked(taken.after)]).toEqual([["b "], []]);
    expect(diffTexts("", "all new")?.places).toBe(1);
    expect(diffTexts("same", "same")?.places).toBe(0);
  });

  it("leaves both texts as they are, whatever they are", () => {
    let seed = 7;
    const next = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % most;
    };
    const text = () =>
      Array.from({ length: next(40) }, () => ["a", "b", "é", " ", "\n", "، "][next(6)]).join("");
    for (let round = 0; round < 500; round += 1) {
      const [before, after] = [text(), text()];
      const diff = diffTexts(before, after);
      expect(diff && whole(diff.before)).toBe(before);
      expect(diff && whole(diff.after)).toBe(after);
      expect(diff && same(diff.before)).toBe(diff && same(diff.after));
    }
  });

  it("says so where two long texts have nothing in common", () => {
    const lines = (word: string) => Array.from({ length: 3_000 }, (_, at) => `${word}${at}`);
    expect(diffTexts(lines("x").join("\n"), lines("y").join("\n"))).toBeNull();
  });
});

const same = (stretches: Stretch[]) => whole(stretches.filter((one) => !one.changed));
