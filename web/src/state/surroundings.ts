/** What the page needs of a browser; tests bring their own. */

import type { WorkerLike } from "../engine/client";
import type { RunState } from "../engine/protocol";
import { Reader } from "../engine/reading";
import { startWorker } from "../engine/start-worker";
import type { Experiment } from "../experiment/experiment";
import type { Window } from "./address";
import type { Storage } from "./store";

export interface Surroundings {
  readonly startWorker: () => WorkerLike;
  /** The engine once more, on the page's own thread. */
  readonly loadReader: () => Promise<Reader>;
  readonly schedule: (callback: () => void) => void;
  readonly storage: () => Storage;
  readonly window: Window;
  /** Whether the visitor wants nothing to move by itself. */
  readonly prefersStillness: () => boolean;
  /** The state in which the run of an experiment was left; null where it is to begin at its start. */
  readonly left: (experiment: Experiment) => RunState | null;
  /** Whether the page was loaded anew rather than opened. */
  readonly isReload: () => boolean;
}

export const BROWSER: Surroundings = {
  startWorker,
  loadReader: () => Reader.load(),
  schedule: (callback) => requestAnimationFrame(callback),
  storage: () => localStorage,
  window: globalThis.window,
  prefersStillness: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
  left: () => null,
  isReload: () =>
    performance
      .getEntriesByType("navigation")
      .some((entry) => (entry as PerformanceNavigationTiming).type === "reload"),
};
