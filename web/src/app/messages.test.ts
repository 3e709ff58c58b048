import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { loadMessages } from "./messages";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(tree)) {
    const key = prefix ? `${prefix}.${name}` : name;
    if (typeof value === "string") flat.set(key, value);
    else for (const [inner, text] of flatten(value, key)) flat.set(inner, text);
  }
  return flat;
}

const load = async (code: string) => flatten((await loadMessages(code)) as Tree);

/** Keys written out in the code; those put together from parts are checked by their prefix. */
function usedKeys(folder: string, areas: Set<string>): { whole: Set<string>; prefix: Set<string> } {
  const whole = new Set<string>();
  const prefix = new Set<string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(name) || name.includes(".test.")) continue;
    const code = readFileSync(join(folder, name), "utf8");
    for (const [, key = ""] of code.matchAll(/["']([a-z]+(?:\.[A-Za-z_]+)+)["']/g)) {
      if (areas.has(key.split(".")[0] ?? "")) whole.add(key);
    }
    for (const [, key = ""] of code.matchAll(/t\(\s*`([a-z]+\.[A-Za-z_.]*)\$\{/g)) prefix.add(key);
  }
  return { whole, prefix };
}

describe("messages", () => {
  it("hold the same keys in every language", async () => {
    expect([...(await load("ar")).keys()]).toEqual([...(await load("en")).keys()]);
  });

  it.each(["en", "ar"])("are well formed in %s and take the same arguments", async (code) => {
    const english = await load("en");
    for (const [key, text] of await load(code)) {
      const argumentsOf = (message: string) =>
        new Set([...message.matchAll(/\{(\w+)/g)].map(([, name]) => name));
      expect(() => new IntlMessageFormat(text, code), key).not.toThrow();
      const wanted = [...argumentsOf(english.get(key) ?? "")].filter((a) =>
        /^[a-z]+$/.test(a ?? ""),
      );
      for (const name of wanted) expect(text, key).toContain(`{${name}`);
    }
  });

  it("have words for every key the code names", async () => {
    const english = await load("en");
    const areas = new Set([...english.keys()].map((key) => key.split(".")[0] ?? ""));
    const { whole, prefix } = usedKeys(join(__dirname, ".."), areas);
    const keys = [...english.keys()];
    const notMessages =
      /^(course|courses|grading|identity|marking)\.(create|manage|moderate|read)$/;
    const missing = [...whole].filter((key) => !english.has(key) && !notMessages.test(key));
    expect(missing).toEqual([]);
    for (const start of prefix) {
      expect(
        keys.some((key) => key.startsWith(start)),
        start,
      ).toBe(true);
    }
  });
});
