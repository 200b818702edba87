/** Points as CSV, in the units of the data, with a line of names above. */

import { csvOf } from "./separated";

export interface Labelled {
  /** Names of the two axes. */
  readonly axes: readonly string[];
  /** (samples,) rows [x1, x2, value]. */
  readonly points: readonly (readonly number[])[];
  /** Names of the classes; empty for numbers to fit. */
  readonly classes: readonly string[];
}

export function exported({ axes, points, classes }: Labelled): string {
  const isClass = classes.length > 0;
  const rows = points.map(([x1 = 0, x2 = 0, value = 0]) => [
    x1,
    x2,
    isClass ? (classes[value] ?? String(value)) : value,
  ]);
  return csvOf([[...axes, isClass ? "class" : "value"], ...rows]);
}
