import { readdirSync, readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.LECTERN_SERVER ?? "http://demo.localhost:8080";

/** What pdf.js fetches by name while it draws: letters of other scripts, plain fonts, decoders. */
function filesOfPdf(): Plugin {
  const home = new URL("./node_modules/pdfjs-dist/", import.meta.url);
  const { version } = JSON.parse(readFileSync(new URL("package.json", home), "utf8"));
  return {
    name: "files-of-pdf",
    generateBundle() {
      for (const folder of ["cmaps", "standard_fonts", "wasm"]) {
        for (const name of readdirSync(new URL(`${folder}/`, home))) {
          if (name.endsWith(".wasm")) continue;
          this.emitFile({
            type: "asset",
            fileName: `assets/pdfjs-${version}/${folder}/${name}`,
            source: readFileSync(new URL(`${folder}/${name}`, home)),
          });
        }
      }
    },
  };
}

export default defineConfig({
  base: "/",
  plugins: [react(), filesOfPdf()],
  worker: { format: "es" },
  build: {
    target: "es2023",
    // Fonts and icons stay files: the content policy refuses data: addresses for fonts.
    assetsInlineLimit: 0,
    manifest: true,
  },
  server: {
    port: 8182,
    proxy: { "^(/t/[^/]+)?/api/": { target: server, changeOrigin: true } },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/lib/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // A laptop that builds the server at the same time is slow, not broken.
    testTimeout: 30_000,
  },
});
