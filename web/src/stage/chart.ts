/** The scales of the curve: where a moment and a loss or an accuracy lie, and which ticks are written. */

import { ticks } from "d3-array";
import type { CurvePoint } from "../state/curve";
import type { CurveKind } from "../state/view.svelte";

/** What the axis counts: passes over the samples, or updates where some are made outside of passes. */
export type Clock = "epoch" | "updates";

export interface Tick {
  readonly value: number;
  /** Pixels from the top (loss) or from the left (moment). */
  readonly at: number;
}

export interface Chart {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly clock: Clock;
  readonly kind: CurveKind;
  /** Where a moment lies, by the clock. */
  readonly x: (moment: number) => number;
  readonly y: (loss: number) => number;
  /** Pixels to the rem. */
  readonly rem: number;
  readonly moments: readonly Tick[];
  readonly losses: readonly Tick[];
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly rem: number;
}

/** Training and test value of a moment. */
export function valuesOf(point: CurvePoint, kind: CurveKind): (number | null)[] {
  return kind === "loss"
    ? [point.trainLoss, point.testLoss]
    : [point.trainAccuracy, point.testAccuracy];
}

/** Fit the curve, and others beside it, into the box, on a linear or a logarithmic axis of the loss, or on one of the accuracy. */
export function chartFor(
  curve: readonly CurvePoint[],
  box: Box,
  log: boolean,
  clock: Clock = "epoch",
  kind: CurveKind = "loss",
  others: readonly (readonly CurvePoint[])[] = [],
): Chart {
  const curves = [curve, ...others];
  const last = Math.max(1, ...curves.map((each) => each.at(-1)?.[clock] ?? 0));
  const x = (moment: number): number => box.left + (moment / last) * (box.right - box.left);
  const values = curves
    .flatMap((each) => each.flatMap((point) => valuesOf(point, kind)))
    .filter((value) => value !== null && Number.isFinite(value)) as number[];
  const [low, high] =
    kind === "accuracy" ? shareRange(values) : log ? logRange(values) : linearRange(values);
  const height = box.bottom - box.top;
  const place = (share: number): number => box.bottom - share * height;
  const y =
    log && kind === "loss"
      ? (loss: number) => place(Math.log(Math.max(loss, low) / low) / Math.log(high / low))
      : (loss: number) => place((loss - low) / (high - low));
  const wanted = Math.max(2, Math.floor(height / (1.75 * box.rem)));
  const marks = log && kind === "loss" ? decades(low, high) : ticks(low, high, wanted);
  return {
    ...box,
    clock,
    kind,
    x,
    y,
    moments: ticks(0, last, Math.max(2, Math.floor((box.right - box.left) / (5.5 * box.rem))))
      .filter(Number.isInteger)
      .map((value) => ({ value, at: x(value) })),
    losses: marks.map((value) => ({ value, at: y(value) })),
  };
}

function linearRange(losses: readonly number[]): [number, number] {
  const high = losses.reduce((most, loss) => Math.max(most, loss), 0);
  return [0, high > 0 ? high * 1.05 : 1];
}

/** From the tenth below the smallest share up to all. */
function shareRange(shares: readonly number[]): [number, number] {
  const least = shares.reduce((low, share) => Math.min(low, share), 1);
  return [Math.max(0, Math.min(0.9, Math.floor(10 * least) / 10)), 1];
}

function logRange(losses: readonly number[]): [number, number] {
  const positive = losses.filter((loss) => loss > 0);
  const high = positive.reduce((most, loss) => Math.max(most, loss), 0) || 1;
  const low = positive.reduce((least, loss) => Math.min(least, loss), high);
  return [Math.min(low, high / 10) * 0.9, high * 1.1];
}

function decades(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  return Array.from({ length: last - first + 1 }, (_, step) => 10 ** (first + step));
}

/** The point of the curve that is closest to a moment. */
export function closestPoint(
  curve: readonly CurvePoint[],
  moment: number,
  clock: Clock = "epoch",
): CurvePoint | undefined {
  let low = 0;
  let high = curve.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((curve[middle]?.[clock] ?? 0) < moment) low = middle + 1;
    else high = middle;
  }
  const after = curve[low];
  const before = curve[low - 1];
  return before && after && moment - before[clock] < after[clock] - moment ? before : after;
}
