/** Starts a worker whose source the widget carries along: in place of `engine/start-worker.ts`. */

import EngineWorker from "../../engine/worker.ts?worker&inline";
import type { WorkerLike } from "../../engine/client";
import { withEngine } from "./with-engine";

export function startWorker(): WorkerLike {
  return withEngine(new EngineWorker({ name: "engine" }));
}
