/** Starts a worker of the pool, whose source the widget carries along: in place of `engine/start-seeds-worker.ts`. */

import Worker from "../../engine/seeds-worker.ts?worker&inline";
import type { SeedsWorker } from "../../engine/seeds-protocol";
import { withEngine } from "./with-engine";

export function startSeedsWorker(): SeedsWorker {
  return withEngine(new Worker({ name: "seeds" }));
}
