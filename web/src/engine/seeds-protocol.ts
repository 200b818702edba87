/** What the pool and its workers say to each other. */

import type { RunSource } from "./protocol";
import type { Start } from "./seeds";

export interface SeedsJob {
  readonly place: number;
  readonly source: RunSource;
  readonly epochs: number;
}

export type SeedsAnswer =
  | { readonly type: "progress"; readonly epochs: number }
  | { readonly type: "done"; readonly place: number; readonly start: Start }
  /** The worker cannot go on; the reason is a sentence. */
  | { readonly type: "failed"; readonly reason: string };

/** What the pool needs of a worker. */
export interface SeedsWorker {
  postMessage(job: SeedsJob): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<SeedsAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}
