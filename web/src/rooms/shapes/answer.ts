/** What the network's outputs say, in the terms of this room. */

import type { Frame } from "../../engine/frame";
import type { Experiment } from "../../experiment/experiment";

/**
 * Probability of each class from the values of the outputs; null where they are no probabilities
 * (regression, or outputs that are not confined to 0 … 1).
 */
export function probabilities(frame: Frame, values: readonly number[]): readonly number[] | null {
  const activation = frame.activations.at(-1);
  if (frame.task === "regression" || values.length === 0) return null;
  if (activation === "softmax") return values;
  if (activation === "sigmoid" && values.length === 1)
    return [1 - (values[0] ?? 0), values[0] ?? 0];
  return null;
}

/** The classes by name: their own, where the data brought some. */
export function classNames({ data }: Experiment, classes: number): readonly string[] {
  return Array.from(
    { length: classes },
    (_, label) => data.class_names?.[label] ?? `class ${label}`,
  );
}

/** The class's colour as a CSS value. */
export function classColour(label: number): string {
  return `var(--class-${label})`;
}

/** The names of the two axes, where the points came with some. */
export function axisName({ data }: Experiment, axis: 0 | 1): string | null {
  return data.axes?.[axis] ?? null;
}
