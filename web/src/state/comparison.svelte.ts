/**
 * Two runs side by side: A is pinned and has a worker of its own, B is the run on the page, and both make the same
 * passes over their samples.
 */

import type { WorkerLike } from "../engine/client";
import type { Experiment } from "../experiment/experiment";
import { Companion } from "./companion.svelte";
import type { Session } from "./session.svelte";

export class Comparison {
  readonly session: Session;
  readonly #startWorker: () => WorkerLike;
  #companion = $state.raw<Companion | null>(null);
  constructor(session: Session, startWorker: () => WorkerLike) {
    this.session = session;
    this.#startWorker = startWorker;
  }

  /** The pinned run, A; null while nothing is compared. */
  get a(): Companion | null {
    return this.#companion;
  }
  /** What is pinned. */
  get pinned(): Experiment | null {
    return this.#companion?.experiment ?? null;
  }

  /** The epoch at which B was given other settings than it had begun with; null where it has kept them. */
  get changedAt(): number | null {
    const { past } = this.session;
    const { changed } = past;
    const point = past.whole.findLast(({ updates }) => updates <= (changed?.at ?? -1));
    return point && point.updates > 0 ? Math.floor(point.epoch) : null;
  }

  /** Pin an experiment, the present one unless another is given, in place of what was pinned. */
  pin(experiment: Experiment = this.session.experiment): void {
    this.end();
    this.#companion = new Companion(experiment, this.session.view, this.#startWorker);
    this.session.goAlong(this.#companion);
  }
  /** Let the pinned one go; the run on the page stays as it is. */
  end(): void {
    this.session.goAlong(null);
    this.#companion?.close();
    this.#companion = null;
  }

  /** End it, and everything about it. */
  close(): void {
    this.#companion?.close();
  }

  /** Let each take the other's place. What was B begins anew and comes to where the other is. */
  async swap(): Promise<void> {
    const { experiment } = this.session;
    if (await this.#bringBack("swap")) this.pin(experiment);
  }
  /** Go back to A with what it has learnt; both are then the same. */
  async keepA(): Promise<void> {
    await this.#bringBack("A kept");
  }
  /** Pin B in place of A; both are then the same. */
  keepB(): void {
    this.pin();
  }

  /** Make A the experiment on the page, with its weights; returns whether it could be had. */
  async #bringBack(label: string): Promise<boolean> {
    const a = this.#companion;
    const saved = await a?.handOver();
    if (!a || !saved || a !== this.#companion) return false;
    this.session.begin(label, a.experiment, { saved });
    return true;
  }
}
