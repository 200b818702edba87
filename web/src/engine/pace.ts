/** How much is trained between two frames, so that they keep coming quickly. */

import type { Speed } from "./protocol";
import type { Run } from "./run";
import type { Stopper } from "./stopping";

/** The clock is looked at about this often while training, in milliseconds. */
const SLICE = 2;

/** Updates per millisecond that are assumed before anything is known. */
const SLOWEST = 0.5;

/** Whole passes between two frames; "slow" makes one update, "fastest" as many as there is time for. */
const EPOCHS: Readonly<Record<Exclude<Speed, "slow">, number>> = {
  normal: 1,
  fast: 10,
  fastest: Infinity,
};

type Watching = Pick<Stopper, "watching" | "check">;
const UNWATCHED: Watching = { watching: false, check: () => false };

/** Trains between two frames and remembers how fast it went. */
export class Pace {
  readonly #now: () => number;
  /** Updates per millisecond, by the last slices. */
  #rate = SLOWEST;
  #started = 0;
  #updates = 0;
  #stepsPerSecond: number | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Updates per second by the clock on the wall, over about the last second; null until there is a figure. */
  get stepsPerSecond(): number | null {
    return this.#stepsPerSecond;
  }

  /** Forget the speed so far: the next frame starts counting anew. */
  rest(): void {
    this.#rate = SLOWEST;
    this.#started = 0;
    this.#stepsPerSecond = null;
  }

  /**
   * Train what the speed asks for, at most until the budget (milliseconds) is used up, so many updates are made, the run
   * diverges, or the stopper has it stop.
   */
  train(
    run: Run,
    speed: Speed,
    budget: number,
    stopper: Watching = UNWATCHED,
    atMost = Infinity,
  ): void {
    if (run.updatesPerEpoch === 0) return this.rest();
    const start = this.#now();
    if (this.#started === 0) [this.#started, this.#updates] = [start, 0];
    let left = Math.min(atMost, wanted(run, speed));
    let spent = 0;
    do {
      const rest = run.updatesLeft;
      const most = stopper.watching ? Math.min(left, rest) : left;
      const count = Math.max(1, Math.min(most, Math.floor(this.#rate * SLICE)));
      run.step(count);
      const stops = stopper.watching && count === rest && !run.diverged && stopper.check(run);
      left -= count;
      this.#updates += count;
      const now = this.#now() - start;
      // The clock may be too coarse to see one slice.
      if (now > spent) this.#rate = 0.5 * (this.#rate + count / (now - spent));
      else this.#rate *= 1.5;
      spent = now;
      if (stops) break;
    } while (left > 0 && spent < budget && !run.diverged);
    this.#measure();
  }

  #measure(): void {
    const now = this.#now();
    const seconds = (now - this.#started) / 1000;
    if (seconds < 0.5 && this.#stepsPerSecond !== null) return;
    if (seconds <= 0) return;
    this.#stepsPerSecond = this.#updates / seconds;
    if (seconds >= 1) [this.#started, this.#updates] = [now, 0];
  }
}

/** Updates that the speed asks for; a pass under way is completed first and counts as one. */
function wanted(run: Run, speed: Speed): number {
  if (speed === "slow") return 1;
  return run.updatesLeft + (EPOCHS[speed] - 1) * run.updatesPerEpoch;
}
