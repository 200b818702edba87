/** A worker of the pool: trains one start after the other. */

import { Bitmaps } from "./bitmaps";
import { Engine } from "./engine";
import { trainStart } from "./seeds";
import type { SeedsAnswer, SeedsJob } from "./seeds-protocol";
import { wasm } from "./wasm";

/** Milliseconds between two words on how far it is. */
const TELL_EVERY = 100;

// The page's and the worker's globals have the same name; only these two are used here.
const scope = globalThis as unknown as {
  postMessage(message: SeedsAnswer): void;
  onmessage: ((event: MessageEvent<SeedsJob>) => void) | null;
};

const ready = Engine.load(wasm()).then((engine) => ({ engine, bitmaps: new Bitmaps(engine) }));
let untold = 0;
let toldAt = 0;

scope.onmessage = ({ data: { place, source, epochs } }) => {
  ready
    .then(({ engine, bitmaps }) => {
      const start = trainStart(engine, source, epochs, bitmaps, tell);
      scope.postMessage({ type: "done", place, start });
    })
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      scope.postMessage({ type: "failed", reason });
    });
};

function tell(epochs: number): void {
  untold += epochs;
  const now = performance.now();
  if (now - toldAt < TELL_EVERY) return;
  scope.postMessage({ type: "progress", epochs: untold });
  untold = 0;
  toldAt = now;
}
