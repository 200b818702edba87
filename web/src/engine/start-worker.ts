/** Starts the worker; Vite finds the worker's file by exactly this expression. */

import type { WorkerLike } from "./client";

export function startWorker(): WorkerLike {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "engine" });
}
