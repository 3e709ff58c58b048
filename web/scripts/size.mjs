// Fails when the script a first visit must load outgrows its budget (compressed bytes).
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 200_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

const seen = new Set();
function visit(key) {
  if (seen.has(key)) return;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) visit(next);
}

// A first visit loads the entry, one language and the first screen behind the sign-in.
visit("index.html");
visit("src/app/messages-en.ts");
visit("src/app/routes/home-page.tsx");

let total = 0;
for (const key of seen) {
  const file = manifest[key].file;
  const bytes = gzipSync(readFileSync(new URL(file, dist))).length;
  total += bytes;
  console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(
  `${(total / 1000).toFixed(1).padStart(8)} kB  first load, of ${BUDGET_BYTES / 1000} kB`,
);
if (total > BUDGET_BYTES) {
  console.error("First load is over its budget: split a route or drop a dependency.");
  process.exit(1);
}
