/** Starts a worker of the pool; Vite finds the worker's file by exactly this expression. */

import type { SeedsWorker } from "./seeds-protocol";

export function startSeedsWorker(): SeedsWorker {
  return new Worker(new URL("./seeds-worker.ts", import.meta.url), {
    type: "module",
    name: "seeds",
  });
}
