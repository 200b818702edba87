/** Builds the widget for notebooks: one module that holds all that it needs, since a notebook serves no files of it. */

import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import { ownTree } from "./scripts/own-tree.ts";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** How workers and the compiled engine come along in the one file. */
const STARTING = {
  "src/engine/start-worker.ts": "src/notebook/engine/start-worker.ts",
  "src/engine/start-seeds-worker.ts": "src/notebook/engine/start-seeds-worker.ts",
};
const ON_THE_PAGE = { ...STARTING, "src/engine/wasm.ts": "src/notebook/engine/wasm.ts" };
const IN_A_WORKER = { "src/engine/wasm.ts": "src/notebook/engine/worker-wasm.ts" };

export default defineConfig({
  plugins: [standIns(ON_THE_PAGE), inlinedStyles(), svelte()],
  publicDir: false,
  css: { postcss: { plugins: [ownTree] } },
  build: {
    outDir: "../src/pellucid/widget/build",
    emptyOutDir: true,
    target: "es2023",
    cssCodeSplit: false,
    lib: { entry: "src/widget.ts", formats: ["es"], fileName: () => "widget.js" },
    // A library's module would keep its blanks, for other builds.
    rolldownOptions: { output: { codeSplitting: false, minify: true } },
  },
  worker: { format: "es", plugins: () => [standIns(IN_A_WORKER)] },
});

/** Puts a module in the place of another one. */
function standIns(modules: Readonly<Record<string, string>>): Plugin {
  const places = new Map(Object.entries(modules).map(([from, to]) => [path(from), path(to)]));
  return {
    name: "stand-ins",
    enforce: "pre",
    async resolveId(source, importer, options) {
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      const place = found && places.get(found.id);
      return place === importer ? found : place;
    },
  };
}

/** Puts all styles into the module, as the text of `virtual:styles`. */
function inlinedStyles(): Plugin {
  const name = "virtual:styles";
  const mark = "the styles of the widget";
  return {
    name: "inlined-styles",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `export default ${JSON.stringify(mark)}` : undefined),
    generateBundle: {
      // When the styles have been put together.
      order: "post",
      handler(_options, bundle) {
        const styles = Object.values(bundle).filter(({ fileName }) => fileName.endsWith(".css"));
        const text = styles.map((each) => (each.type === "asset" ? String(each.source) : ""));
        for (const { fileName } of styles) Reflect.deleteProperty(bundle, fileName);
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== "chunk") continue;
          const parts = chunk.code.split(new RegExp(`["'\`]${mark}["'\`]`));
          if (parts.length !== 2) this.error(`the styles have ${parts.length - 1} places, not one`);
          chunk.code = parts.join(JSON.stringify(text.join("")));
        }
      },
    },
  };
}
