/** Places on the plane and in the data's own units. */

import { toReal, type Scaling, type Unit } from "../../../engine/scaling";

/** Places after the point that a place on the plane is kept with. */
const PRECISION = 3;

/** A place on the plane in the data's own units, no more exact than the screen shows it. */
export function realPlace({ x1, x2 }: Scaling, plane: readonly [number, number]): [number, number] {
  return [rounded(x1, plane[0]), rounded(x2, plane[1])];
}

export function planePlace({ x1, x2 }: Scaling, point: readonly number[]): [number, number] {
  return [((point[0] ?? 0) - x1.center) / x1.scale, ((point[1] ?? 0) - x2.center) / x2.scale];
}

/** So many places after the point tell two places on the screen apart. */
export function decimalsFor({ scale }: Unit): number {
  return Math.min(12, Math.max(0, PRECISION - Math.floor(Math.log10(scale))));
}

function rounded(unit: Unit, plane: number): number {
  // Zero has no sign in a link.
  return Number(toReal(unit, plane).toFixed(decimalsFor(unit))) + 0;
}
