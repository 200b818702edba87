import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The rules of `src/pellucid/headers.py`, for hosts that set no headers; `frame-ancestors` works only there. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const WORKER = "service-worker";

const PACKAGE = new URL("../src/pellucid/__init__.py", import.meta.url);
const version = /^__version__ = "([^"]+)"$/m.exec(readFileSync(PACKAGE, "utf8"))?.[1];
if (version === undefined) throw new Error("src/pellucid/__init__.py has no __version__");

export default defineConfig({
  define: { PELLUCID_VERSION: JSON.stringify(version) },
  // Relative addresses, so that the site works from any sub-path of any static host.
  base: "./",
  plugins: [svelte(), rules()],
  build: {
    outDir: "../src/pellucid/site",
    emptyOutDir: true,
    target: "es2023",
    // A `data:` address would need a looser content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: "index.html", [WORKER]: "src/offline/service-worker.ts" },
      // A service worker keeps its name, by which the browser finds a newer one.
      output: {
        entryFileNames: ({ name }) => (name === WORKER ? "[name].js" : "assets/[name]-[hash].js"),
      },
    },
  },
  worker: { format: "es" },
  // engine.wasm lies in the Python package, beside this folder.
  server: { fs: { allow: [".."] } },
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "./tests/environment.ts",
  },
});

/** Puts the rules into the built page; while developing, Vite itself needs inline styles. */
function rules(): Plugin {
  const meta = (attributes: Record<string, string>) =>
    ({ tag: "meta", attrs: attributes, injectTo: "head-prepend" }) as const;
  return {
    name: "rules",
    apply: "build",
    transformIndexHtml: () => [
      meta({ "http-equiv": "Content-Security-Policy", content: POLICY }),
      meta({ name: "referrer", content: "no-referrer" }),
    ],
  };
}
