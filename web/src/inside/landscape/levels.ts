/** At which losses the contour lines of a picture lie: round numbers, evenly spaced or, where losses differ much, by ratio. */

import { ticks } from "d3-array";

/** Losses that differ by more than this factor have levels of equal ratios. */
const WIDE = 20;
const FEW = 8;
/** Ratios beyond this say nothing of a picture. */
const SMALLEST_SHARE = 1e-6;

export interface Range {
  readonly least: number;
  readonly largest: number;
  /** Places whose loss is infinite or not a number. */
  readonly beyond: number;
}

export function rangeOf(losses: Float32Array): Range {
  const finite = losses.filter(Number.isFinite);
  return {
    least: finite.reduce((least, loss) => Math.min(least, loss), Infinity),
    largest: finite.reduce((largest, loss) => Math.max(largest, loss), -Infinity),
    beyond: losses.length - finite.length,
  };
}

/** From the lowest to the highest, all within the range. */
export function levelsOf({ least, largest }: Range): readonly number[] {
  if (!(largest > least)) return [];
  const low = Math.max(least, largest * SMALLEST_SHARE);
  const found = largest > WIDE * low ? roundNumbers(low, largest) : ticks(least, largest, FEW);
  return found.filter((level) => level > least && level < largest);
}

/** 1, 2 and 5 times the powers of ten; 1 and 3 times, or the powers alone, where they would be many. */
function roundNumbers(low: number, high: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const decades = Math.log10(high / low);
  const factors = decades > FEW / 2 ? [1] : decades > FEW / 3 ? [1, 3] : [1, 2, 5];
  const powers = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  return powers.flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)));
}
