/** What the page needs of a browser; tests bring their own. */

import type { WorkerLike } from "../engine/client";
import { Reader } from "../engine/reading";
import { startWorker } from "../engine/start-worker";
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
  isReload: () =>
    performance
      .getEntriesByType("navigation")
      .some((entry) => (entry as PerformanceNavigationTiming).type === "reload"),
};
