/**
 * When training stops by itself.
 *
 * Conditions are looked at where an epoch ends and nowhere else, so that a run stops at the same update whatever the
 * speed. One that held already when Play was pressed does not stop it again: Play goes on beyond it.
 */

import type { Run } from "./run";

export type Part = "train" | "test";

export interface StopConditions {
  /** The samples whose loss and accuracy count; where none are held out, those trained on do. */
  readonly part: Part;
  /** Stop where the loss is below this; null for never, here as everywhere. */
  readonly loss: number | null;
  /** Stop where at least this share of the samples is put in the right class. */
  readonly accuracy: number | null;
  /** Stop after so many epochs, counted from the start of the run. */
  readonly epochs: number | null;
  /** Stop where the test loss has not become less for so many epochs. */
  readonly patience: number | null;
}

export type Why = "loss" | "accuracy" | "epochs" | "patience";

export interface StopReason {
  readonly why: Why;
  readonly part: Part;
  /** When it stopped. */
  readonly epoch: number;
  readonly updates: number;
  /** The loss or accuracy that was reached; for patience the least loss. */
  readonly value: number;
  /** What was asked for. */
  readonly limit: number;
  /** Epoch of the least loss, for patience. */
  readonly since: number;
}

export const NEVER: StopConditions = {
  part: "test",
  loss: null,
  accuracy: null,
  epochs: null,
  patience: null,
};

/** The least loss has to fall by this share to count as less: noise in the last digits is no progress. */
const LEAST_FALL = 0.001;

/** The conditions that there are, in the order in which they are named where several hold at once. */
const RULES = ["epochs", "loss", "accuracy", "patience"] as const satisfies readonly Why[];

export class Stopper {
  #conditions: StopConditions = NEVER;
  #playing = false;
  /** Conditions that held when playing began, with what was asked for then. */
  #passed = new Map<Why, number | null>();
  #least: { loss: number; epoch: number } | null = null;
  #reason: StopReason | null = null;

  /** Why the run has just stopped; null while it goes on. */
  get reason(): StopReason | null {
    return this.#reason;
  }
  /** Whether the end of every epoch has to be looked at. */
  get watching(): boolean {
    return RULES.some((why) => this.#conditions[why] !== null);
  }

  /** Before training goes on. */
  follow(run: Run, conditions: StopConditions): void {
    if (conditions.patience !== this.#conditions.patience) this.#least = null;
    this.#conditions = conditions;
    if (this.#playing) return;
    this.#playing = true;
    if (!this.watching || run.updates === 0) return;
    run.evaluate();
    const held = RULES.filter((why) => this.#judge(run, why) !== null);
    this.#passed = new Map(held.map((why) => [why, conditions[why]]));
  }

  /** At the end of an epoch; returns whether the run is to stop here. */
  check(run: Run): boolean {
    const { loss, accuracy, patience } = this.#conditions;
    if (loss !== null || accuracy !== null || patience !== null) run.evaluate();
    for (const why of RULES) {
      const reason = this.#judge(run, why);
      // What is asked for anew counts, even if the same held before.
      const passed = this.#passed.has(why) && this.#passed.get(why) === this.#conditions[why];
      if (reason !== null && !passed) this.#reason ??= reason;
    }
    return this.#reason !== null;
  }

  /** While nothing is trained. */
  rest(): void {
    this.#playing = false;
    this.#passed.clear();
    this.#least = null;
    this.#reason = null;
  }

  #judge(run: Run, why: Why): StopReason | null {
    const limit = this.#conditions[why];
    if (limit === null) return null;
    const epoch = run.int("EPOCHS");
    const part = this.#partFor(run, why);
    const loss = run.double(part === "test" ? "TEST_LOSS" : "TRAIN_LOSS");
    const about = { why, part, epoch, updates: run.updates, limit, since: epoch };
    switch (why) {
      case "epochs":
        return epoch >= limit ? { ...about, value: epoch } : null;
      case "loss":
        return loss < limit ? { ...about, value: loss } : null;
      case "accuracy": {
        if (run.int("OUTPUT_CLASSES") === 0) return null;
        const value = run.double(part === "test" ? "TEST_ACCURACY" : "TRAIN_ACCURACY");
        return value >= limit ? { ...about, value } : null;
      }
      case "patience": {
        if (!this.#least || loss < this.#least.loss * (1 - LEAST_FALL)) {
          this.#least = { loss, epoch };
        }
        const { loss: value, epoch: since } = this.#least;
        return epoch - since >= limit ? { ...about, value, since } : null;
      }
    }
  }

  #partFor(run: Run, why: Why): Part {
    const heldOut = run.int("SAMPLES") > run.int("TRAIN_SAMPLES");
    return heldOut && (why === "patience" || this.#conditions.part === "test") ? "test" : "train";
  }
}
