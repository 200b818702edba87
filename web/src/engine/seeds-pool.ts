/** A pool of workers that trains many starts, ended when all are done. */

import type { RunSource } from "./protocol";
import type { Start } from "./seeds";
import type { SeedsAnswer, SeedsWorker } from "./seeds-protocol";

export interface PoolOptions {
  readonly startWorker: () => SeedsWorker;
  readonly workers: number;
  /** How many starts there are, and what each of them trains. */
  readonly starts: number;
  readonly sourceOf: (place: number) => RunSource;
  readonly epochs: number;
  readonly onStart: (place: number, start: Start) => void;
  /** So many epochs more have been trained, of all starts together. */
  readonly onProgress: (epochs: number) => void;
  /** It has ended: all is done, or in a sentence why not. */
  readonly onEnd: (failure: string | null) => void;
}

/** Jobs that a worker has at once, so that it never waits for the page. */
const AHEAD = 2;

export class SeedsPool {
  readonly #options: PoolOptions;
  readonly #workers: SeedsWorker[];
  #next = 0;
  #done = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    const count = Math.min(options.workers, options.starts);
    this.#workers = Array.from({ length: count }, () => this.#start());
    for (let turn = 0; turn < AHEAD; turn++) {
      for (const worker of this.#workers) this.#give(worker);
    }
  }

  /** End at once; nothing is told any more. */
  cancel(): void {
    for (const worker of this.#workers.splice(0)) {
      worker.onmessage = worker.onerror = null;
      worker.terminate();
    }
  }

  #start(): SeedsWorker {
    const worker = this.#options.startWorker();
    worker.onmessage = ({ data }) => this.#receive(worker, data);
    worker.onerror = ({ message }) => this.#end(message || "A worker could not be loaded.");
    return worker;
  }

  #give(worker: SeedsWorker): void {
    const { starts, sourceOf, epochs } = this.#options;
    if (this.#next >= starts) return;
    const place = this.#next++;
    worker.postMessage({ place, source: sourceOf(place), epochs });
  }

  #receive(worker: SeedsWorker, answer: SeedsAnswer): void {
    switch (answer.type) {
      case "progress":
        return this.#options.onProgress(answer.epochs);
      case "failed":
        return this.#end(answer.reason);
      case "done":
        this.#give(worker);
        this.#options.onStart(answer.place, answer.start);
        if (++this.#done === this.#options.starts) this.#end(null);
    }
  }

  #end(failure: string | null): void {
    this.cancel();
    this.#options.onEnd(failure);
  }
}
