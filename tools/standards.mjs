// Turns the runner's report into one line per case and a last line with the counts.
import { readFileSync } from "node:fs";

const xml = readFileSync(process.argv[2], "utf8");
const plain = (text) =>
  text
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/\\"/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();

const counts = { Pass: 0, Fail: 0, Skip: 0 };
for (const [, head, body = ""] of xml.matchAll(/<test ([^>]*?)(?:\/>|>([\s\S]*?)<\/test>)/g)) {
  const name = plain(/ ?name="([^"]*)"/.exec(head)[1]);
  const result = / result="([^"]*)"/.exec(head)[1];
  if (!(result in counts)) continue;
  counts[result]++;
  const why = /<(?:message|reason)>([\s\S]*?)<\/(?:message|reason)>/.exec(body)?.[1];
  const said = /<output>([\s\S]*?)<\/output>/.exec(body)?.[1];
  const detail = [why, said].filter(Boolean).map(plain).join(" · ");
  console.log(`${{ Pass: "passed", Fail: "failed", Skip: "skipped" }[result]}  ${name}${detail ? `: ${detail}` : ""}`);
}
console.log(`standards: ${counts.Pass} passed, ${counts.Fail} failed`);
// A folder or a build without any case proves nothing.
process.exitCode = counts.Fail > 0 || counts.Pass === 0 ? 1 : 0;
