/** The compiled engine, carried along in the widget's own file: in place of `engine/wasm.ts`. */

import inlined from "../../../../src/pellucid/engine/build/engine.wasm?url&inline";

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiled once for all widgets of a notebook and all their workers. */
export function wasm(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(bytesOf(inlined));
  return compiled;
}

/** The bytes of a `data:` address, without asking the network's rules of the notebook. */
function bytesOf(address: string): Uint8Array<ArrayBuffer> {
  const [, base64 = ""] = address.split(",");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
