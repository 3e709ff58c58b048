import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.LECTERN_SERVER ?? "http://demo.localhost:8080";

export default defineConfig({
  base: "/",
  plugins: [react()],
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
