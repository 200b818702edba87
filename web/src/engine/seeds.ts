/** One of many starts: a run from its first weights on, looked at some fifty times on its way. */

import type { Bitmaps } from "./bitmaps";
import type { Engine } from "./engine";
import type { RunSource } from "./protocol";
import { resultOf } from "./recorder";
import { Run } from "./run";

/** A moment of a run. */
export interface Moment {
  readonly epoch: number;
  readonly updates: number;
  readonly trainLoss: number | null;
  readonly testLoss: number | null;
  readonly trainAccuracy: number | null;
  readonly testAccuracy: number | null;
}

export interface Start {
  /** From the initial weights on; those after a run has diverged are left out. */
  readonly moments: readonly Moment[];
  readonly diverged: boolean;
}

const MOST_LOOKS = 50;

/** After how many epochs a run is looked at: evenly, the last time at the end. */
export function looks(epochs: number): number[] {
  const count = Math.min(epochs, MOST_LOOKS);
  return Array.from({ length: count }, (_, k) => Math.round(((k + 1) * epochs) / count));
}

/** Train a run from its start; `onEpochs` is told how many epochs each stretch had. */
export function trainStart(
  engine: Engine,
  source: RunSource,
  epochs: number,
  bitmaps: Bitmaps,
  onEpochs: (count: number) => void,
): Start {
  const run = Run.open(engine, engine.base, source, bitmaps);
  run.reset();
  const moments = [momentOf(run)];
  let epoch = 0;
  for (const end of looks(epochs)) {
    run.epochs(end - epoch);
    run.evaluate();
    onEpochs(end - epoch);
    epoch = end;
    if (run.diverged) break;
    moments.push(momentOf(run));
  }
  return { moments, diverged: run.diverged };
}

function momentOf(run: Run): Moment {
  const trained = run.int("TRAIN_SAMPLES");
  const train = resultOf(run, "TRAIN", trained);
  const test = resultOf(run, "TEST", run.int("SAMPLES") - trained);
  return {
    epoch: run.int("EPOCHS"),
    updates: run.updates,
    trainLoss: train.loss,
    testLoss: test.loss,
    trainAccuracy: train.accuracy,
    testAccuracy: test.accuracy,
  };
}
