/** Sends a worker the compiled engine. */

import { wasm } from "./wasm";

export function withEngine(worker: Worker): Worker {
  wasm().then(
    (module) => worker.postMessage(module),
    (error: unknown) => {
      const message = `the engine cannot be compiled: ${String(error)}`;
      worker.dispatchEvent(new ErrorEvent("error", { message }));
    },
  );
  return worker;
}
