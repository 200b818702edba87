/** Round numbers along an edge of the plane. */

import { tickStep, ticks } from "d3-array";
import { fixed } from "../../ui/format";

export interface Tick {
  /** Place along the edge, from 0 to 1. */
  readonly share: number;
  readonly text: string;
}

/** So near to a corner there is no room for a number. */
const MARGIN = 0.06;
const UNITS = [
  [1e9, " G"],
  [1e6, " M"],
  [1e4, " k"],
] as const;

/** About so many ticks from one end to the other. */
export function ticksOf(from: number, to: number, count: number): Tick[] {
  const wanted = Math.min(8, Math.max(2, count));
  const step = tickStep(from, to, wanted);
  const largest = Math.max(Math.abs(from), Math.abs(to));
  const [size, name] = UNITS.find(([least]) => largest >= least) ?? [1, ""];
  const unit = size === 1e4 ? 1e3 : size;
  const decimals = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
  return ticks(from, to, wanted)
    .map((value) => ({
      share: (value - from) / (to - from),
      text: fixed(value / unit, Math.min(6, decimals)) + name,
    }))
    .filter(({ share }) => share > MARGIN && share < 1 - MARGIN);
}
