/** Bitmaps in a file: how many cells there may be. */

import { GRIDS } from "../../experiment/drawn";
import { refusal } from "../../experiment/errors";
import type { Grid } from "../../experiment/experiment";
import { either } from "../../experiment/faults";

/** The grid of a bitmap with so many cells; `whose` begins the sentence of a refusal. */
export function gridOf(cells: number, whose: string): Grid {
  const grid = GRIDS.find((each) => each * each === cells);
  if (grid !== undefined) return grid;
  const known = either(GRIDS.map((each) => `${each * each} (${each}×${each})`));
  throw refusal(`${whose} has ${cells} cells, but must have ${known}.`);
}
