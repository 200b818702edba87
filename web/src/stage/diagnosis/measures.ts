/** What several rules ask of the evidence. */

import type { Frame } from "../../engine/frame";
import type { CurvePoint } from "../../state/curve";
import type { Evidence } from "./finding";

/** Before this much training since the last change, everything may still turn out well. */
const EPOCHS = 20;
const UPDATES = 100;

/** From here on there is nothing to complain of: accuracy, and for regression the share of the variance explained. */
const WELL = 0.95;

/** A loss that falls by less than this share over half of the training no longer falls. */
const STALLED = 0.02;

export function isEarly({ curve }: Evidence): boolean {
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last) return true;
  return last.epoch - first.epoch < EPOCHS || last.updates - first.updates < UPDATES;
}

export function doesWell({ frame }: Evidence): boolean {
  return (frame.trainAccuracy ?? explained(frame)) >= WELL;
}

/** Whether the training loss no longer falls. */
export function isStalled({ curve }: Evidence): boolean {
  const before = meanLoss(curve, "trainLoss", 0.4, 0.5);
  const now = meanLoss(curve, "trainLoss", 0.9, 1);
  return before !== null && now !== null && now > (1 - STALLED) * before;
}

/** Mean loss between two shares of the updates, so that the jumps from epoch to epoch do not count. */
export function meanLoss(
  curve: readonly CurvePoint[],
  which: "trainLoss" | "testLoss",
  from: number,
  to: number,
): number | null {
  const [start, end] = [curve[0]?.updates ?? 0, curve.at(-1)?.updates ?? 0];
  const low = start + from * (end - start);
  const high = start + to * (end - start);
  const losses = curve
    .filter(({ updates }) => updates >= low && updates <= high)
    .map((point) => point[which])
    .filter((loss) => loss !== null);
  return losses.length === 0 ? null : losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** Training samples of each class. */
export function classCounts({ trainConfusion, classes }: Frame): number[] {
  return Array.from({ length: classes }, (_, label) =>
    trainConfusion.subarray(label * classes, (label + 1) * classes).reduce((sum, n) => sum + n, 0),
  );
}

/** Standard deviation of the numbers that a regression gives for the training samples, and of those wanted. */
export function spreads({ outputs, values, trainSamples }: Frame): {
  said: number;
  wanted: number;
} {
  const rows = (all: Float32Array): Float32Array => all.subarray(0, trainSamples);
  return { said: deviation(rows(outputs)), wanted: deviation(rows(values)) };
}

/** Share of the variance of the numbers to fit that a regression explains. */
function explained(frame: Frame): number {
  const { outputs, values, trainSamples } = frame;
  const misses = values.subarray(0, trainSamples).map((value, row) => value - (outputs[row] ?? 0));
  return 1 - (deviation(misses) / spreads(frame).wanted) ** 2;
}

function deviation(numbers: Float32Array): number {
  const count = Math.max(1, numbers.length);
  const mean = numbers.reduce((sum, x) => sum + x, 0) / count;
  return Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count);
}
