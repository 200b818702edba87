/** How the samples use the hidden units: the evidence for what is wrong with a network. */

export interface UnitSurvey {
  /** Hidden layer, from 0, and the unit in it. */
  readonly layer: number;
  readonly unit: number;
  /** Mean and standard deviation of its activation over the samples trained on. */
  readonly mean: number;
  readonly deviation: number;
  /** Mean |f′(z)| as a share of the largest possible one: 0 where nothing passes back. */
  readonly slope: number;
}

/** The engine's rows, unit by unit, for a network of these columns. */
export function surveyed(rows: Float32Array, widths: readonly number[]): UnitSurvey[] {
  const units = widths
    .slice(1, -1)
    .flatMap((count, layer) => Array.from({ length: count }, (_, unit) => ({ layer, unit })));
  return units.map((place, row) => ({
    ...place,
    mean: rows[3 * row] ?? 0,
    deviation: rows[3 * row + 1] ?? 0,
    slope: rows[3 * row + 2] ?? 0,
  }));
}
