/** Where the compiled engine is; Vite finds the file by exactly this expression. A widget carries it along instead. */

import type { EngineSource } from "./engine";

export function wasm(): EngineSource | Promise<EngineSource> {
  return new URL("../../../src/pellucid/engine/build/engine.wasm", import.meta.url);
}
