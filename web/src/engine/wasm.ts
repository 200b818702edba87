/** Where the compiled engine is; Vite finds the file by exactly this expression. */
export function wasm(): URL {
  return new URL("../../../src/pellucid/engine/build/engine.wasm", import.meta.url);
}
