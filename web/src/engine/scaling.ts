/** From the plane to the data's own units, by what the engine took off and divided by. */

import { Real } from "./bindings";

export interface Unit {
  readonly center: number;
  readonly scale: number;
}

export interface Scaling {
  readonly x1: Unit;
  readonly x2: Unit;
  /** Of the numbers to fit. */
  readonly value: Unit;
}

export function scalingOf(header: Uint32Array): Scaling {
  const reals = new Float32Array(header.buffer, header.byteOffset, header.length);
  const unit = (center: number, scale: number): Unit => ({
    center: reals[center] ?? 0,
    scale: reals[scale] ?? 1,
  });
  return {
    x1: unit(Real.X1_CENTER, Real.X1_SCALE),
    x2: unit(Real.X2_CENTER, Real.X2_SCALE),
    value: unit(Real.VALUE_CENTER, Real.VALUE_SCALE),
  };
}

/** What a number of the plane is in the data's own units. */
export function toReal({ center, scale }: Unit, plane: number): number {
  return center + scale * plane;
}
