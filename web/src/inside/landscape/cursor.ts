/** Where a picture of the loss is read: a place of the plane, which stays when the picture becomes finer. */

import { clamp } from "../../ui/scale";

/** Shares of the picture, from the left and from below. */
export type Spot = readonly [across: number, up: number];

const MIDDLE: Spot = [0.5, 0.5];

/** Column and row, counted from the left and from below, of the cell at a spot. */
export function cellAt([across, up]: Spot, resolution: number): readonly [number, number] {
  const place = (share: number): number => Math.round(clamp(share, 0, 1) * (resolution - 1));
  return [place(across), place(up)];
}

/** The spot so many cells away from another one, or from the middle; at the edge it stays. */
export function movedBy(
  spot: Spot | null,
  [right, up]: readonly [number, number],
  resolution: number,
): Spot {
  const last = resolution - 1;
  const [column, row] = cellAt(spot ?? MIDDLE, resolution);
  return [clamp((column + right) / last, 0, 1), clamp((row + up) / last, 0, 1)];
}
