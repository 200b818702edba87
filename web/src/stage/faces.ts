/** How the names of the classes fit into their circles: plain geometry, in pixels. */

import type { ColumnPlace } from "./layout";

/** In rem. */
const LARGEST = 1.125;
const SMALLEST = 0.6875;
/** Room that a probability needs beside its circle. */
const BESIDE = 3.25;
/** Widths of letters and of the room in a circle, as shares of their size. */
const LETTER = 0.64;
const INNER = 0.82;

export interface Faces {
  /** Size of the letters in the circles; 0 where the longest name does not fit. */
  readonly font: number;
  /** Whether words stand below the circles, for want of room beside them. */
  readonly below: boolean;
  /** Most pixels of words. */
  readonly room: number;
}

/** All circles of a column look alike, by the longest name. */
export function facesOf(
  { units, dense }: ColumnPlace,
  names: readonly string[],
  width: number,
  rem: number,
): Faces {
  const { x, size } = units[0] ?? { x: 0, size: 0 };
  const longest = Math.max(1, ...names.map((name) => Array.from(name).length));
  const font = Math.min(LARGEST * rem, (INNER * size) / (LETTER * longest));
  const beside = width - x - size / 2 - 0.375 * rem;
  const below = beside < BESIDE * rem && !dense;
  return {
    font: font < SMALLEST * rem ? 0 : font,
    below,
    room: below ? 2 * (width - x) : beside,
  };
}
