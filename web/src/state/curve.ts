/** The loss curve: one point per drawn frame, thinned so that it never grows beyond a bound. */

import type { Frame } from "../engine/frame";

export interface CurvePoint {
  /** Passes over the training samples, with the share of the pass under way. */
  readonly epoch: number;
  readonly updates: number;
  readonly trainLoss: number | null;
  readonly testLoss: number | null;
  readonly trainAccuracy: number | null;
  readonly testAccuracy: number | null;
}

export const CURVE_CAPACITY = 1024;

/** The moment of a frame as a point of the curve. */
export function curvePoint(frame: Frame): CurvePoint {
  const { updates, trainLoss, testLoss, trainAccuracy, testAccuracy } = frame;
  // Where there is nothing to train on, no pass is under way.
  const epoch = frame.epoch + frame.position / Math.max(1, frame.trainSamples);
  return { epoch, updates, trainLoss, testLoss, trainAccuracy, testAccuracy };
}

/**
 * Add a point at the end and return the new curve; points that are not before it in updates give way.
 *
 * When the curve is full, the point goes whose neighbours lie closest together, so that the others lie about evenly
 * however long the run is. The first and the newest moment stay.
 */
export function extendCurve(
  curve: readonly CurvePoint[],
  point: CurvePoint,
  capacity: number = CURVE_CAPACITY,
): readonly CurvePoint[] {
  const end = curve.findIndex(({ updates }) => updates >= point.updates);
  const longer = [...(end < 0 ? curve : curve.slice(0, end)), point];
  return longer.length <= capacity ? longer : longer.toSpliced(mostCrowded(longer), 1);
}

/** Add a moment that was passed over, where there is room for one. */
export function fillCurve(
  curve: readonly CurvePoint[],
  point: CurvePoint,
  capacity: number = CURVE_CAPACITY,
): readonly CurvePoint[] {
  const next = curve.findIndex(({ updates }) => updates >= point.updates);
  if (next < 0 || curve[next]?.updates === point.updates || curve.length >= capacity) return curve;
  return curve.toSpliced(next, 0, point);
}

/** Place of the inner point whose neighbours lie closest together. */
function mostCrowded(curve: readonly CurvePoint[]): number {
  let place = 1;
  let least = Infinity;
  for (let k = 1; k < curve.length - 1; k++) {
    const span = (curve[k + 1]?.updates ?? 0) - (curve[k - 1]?.updates ?? 0);
    if (span < least) [place, least] = [k, span];
  }
  return place;
}
