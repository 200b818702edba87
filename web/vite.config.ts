import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Relative addresses, so that the site works from any sub-path of any static host.
  base: "./",
  plugins: [svelte()],
  build: {
    outDir: "../src/pellucid/site",
    emptyOutDir: true,
    target: "es2023",
    // A `data:` address would need a looser content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  // engine.wasm lies in the Python package, beside this folder.
  server: { fs: { allow: [".."] } },
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "./tests/environment.ts",
  },
});
