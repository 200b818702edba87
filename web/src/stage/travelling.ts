/** Where a hand or a key leads to on the timeline. */

import type { Mark } from "../engine/moment";
import type { CurvePoint } from "../state/curve";
import type { Clock } from "./chart";

/** An arrow key goes so many parts of the whole way, but one update at least; PageUp and PageDown ten times as far. */
const PARTS = 100;
const PAGE = 10;

/** The way that can be travelled on. */
export interface Way {
  readonly marks: readonly Mark[];
  /** Updates at its start and at its newest moment. */
  readonly start: number;
  readonly tip: number;
}

/** The updates that a key leads to from a moment; null if it is no such key. */
export function travelledBy(key: string, from: number, way: Way): number | null {
  const { marks, start, tip } = way;
  const step = Math.max(1, Math.round((tip - start) / PARTS));
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -step,
    ArrowDown: -step,
    ArrowRight: step,
    ArrowUp: step,
    PageDown: -step * PAGE,
    PageUp: step * PAGE,
    Home: -Infinity,
    End: Infinity,
  };
  const by = steps[key];
  if (by === undefined) return null;
  const to = Math.max(start, Math.min(tip, from + by));
  // Within the updates that an event makes itself there is no moment to rest at.
  const across = marks.find(({ at, after }) => at < to && to < after);
  if (!across) return to;
  return by > 0 ? across.after : across.at;
}

/** What a curve has by one clock where it has something by the other. */
export function alongCurve(
  curve: readonly CurvePoint[],
  value: number,
  from: Clock,
  to: Clock,
): number {
  const next = firstFrom(curve, value, from);
  const after = curve[Math.min(next, curve.length - 1)];
  const before = curve[next - 1];
  if (!after) return 0;
  if (next === curve.length || !before) return after[to];
  const share = (value - before[from]) / (after[from] - before[from]);
  return before[to] + share * (after[to] - before[to]);
}

/** Place of the first point that is not before a value; the length of the curve where there is none. */
function firstFrom(curve: readonly CurvePoint[], value: number, clock: Clock): number {
  let low = 0;
  let high = curve.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((curve[middle]?.[clock] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
