import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const source = join(__dirname, "..");
const document = join(source, "../../docs/reference/openapi.json");

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

/** The routes of the server, with every parameter written as `{}`. */
function servedRoutes(): Set<string> {
  const { paths }: OpenApi = JSON.parse(readFileSync(document, "utf8"));
  return new Set(
    Object.entries(paths).flatMap(([path, verbs]) =>
      Object.keys(verbs).map(
        (verb) => `${verb} ${path.replace("/api/v1", "").replace(/\{\w+\}/g, "{}")}`,
      ),
    ),
  );
}

const call = /http\.(get|post|put|delete)(?:<[^(]*>)?\(\s*[`"]([^`"]+)[`"]/g;
const paged = /pagedQuery<[^(]*>\(\s*\[[^\]]*\],\s*[`"]([^`"]+)[`"]/g;

function calledRoutes(): string[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" });
  const plain = (path: string) => path.replace(/\$\{[^}]*\}/g, "{}").replace(/\?.*$/, "");
  return files
    .filter((name) => name.endsWith("api.ts") || name.endsWith("session.ts"))
    .flatMap((name) => {
      const code = readFileSync(join(source, name), "utf8");
      return [
        ...[...code.matchAll(call)].map(([, verb, path = ""]) => `${verb} ${plain(path)}`),
        ...[...code.matchAll(paged)].map(([, path = ""]) => `get ${plain(path)}`),
      ];
    });
}

describe("the calls of the application", () => {
  it("are all routes of the described API", () => {
    const served = servedRoutes();
    const called = calledRoutes();
    expect(called.length).toBeGreaterThan(60);
    expect(called.filter((route) => !served.has(route))).toEqual([]);
  });
});

describe("the types of the application", () => {
  it("are made from the described API", () => {
    const kept = readFileSync(join(source, "lib/generated/api.ts"), "utf8");
    const made = execFileSync("node", ["scripts/types.mjs"], { encoding: "utf8" });
    expect(kept === made, "The description has changed: npm run types").toBe(true);
  });
});
