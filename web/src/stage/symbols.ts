/** The symbol of every feature and unit: x₁, sin x₂, h₁,₂, ŷ. */

import type { Experiment } from "../experiment/experiment";
import type { SymbolParts } from "../ui/symbol";
import { gridOf, ofDrawings, pixelName } from "./drawings";

export type Feature = Experiment["features"][number];

const X1 = { letter: "x", index: "1" };
const X2 = { letter: "x", index: "2" };

export const FEATURES: Readonly<Record<Feature, SymbolParts>> = {
  x1: { name: "x 1", letters: [X1] },
  x2: { name: "x 2", letters: [X2] },
  x1_squared: { name: "x 1 squared", letters: [{ ...X1, power: "2" }] },
  x2_squared: { name: "x 2 squared", letters: [{ ...X2, power: "2" }] },
  x1_x2: { name: "x 1 times x 2", letters: [X1, X2] },
  sin_x1: { name: "sine of x 1", before: "sin", letters: [X1] },
  sin_x2: { name: "sine of x 2", before: "sin", letters: [X2] },
};

/** Symbol of a unit of any column, counted from the inputs (column 0). */
export function unitSymbol(
  experiment: Experiment,
  widths: readonly number[],
  column: number,
  unit: number,
  names: readonly string[] = [],
): SymbolParts {
  if (column === 0) return inputSymbol(experiment, widths[0] ?? 0, unit);
  if (column < widths.length - 1) return indexed("h", `${column},${unit + 1}`);
  if (widths[column] === 1) return { name: "y hat", letters: [{ letter: "y", hat: true }] };
  const index = names[unit] ?? `${unit}`;
  return { name: `y hat ${index}`, letters: [{ letter: "y", hat: true, index }] };
}

/** Where a unit stands, in words: "Unit 2 of hidden layer 1". */
export function unitName(
  experiment: Experiment,
  widths: readonly number[],
  column: number,
  unit: number,
  names: readonly string[] = [],
): string {
  if (column === 0) {
    const { name } = inputSymbol(experiment, widths[0] ?? 0, unit);
    return gridOf(experiment, widths[0] ?? 0) > 0 ? name : `Input ${name}`;
  }
  if (column < widths.length - 1) return `Unit ${unit + 1} of hidden layer ${column}`;
  const name = widths[column] === 1 ? names[1] : names[unit];
  if (name !== undefined) return `Output for ${name}`;
  return widths[column] === 1 ? "Output" : `Output for class ${unit}`;
}

function inputSymbol(experiment: Experiment, inputs: number, unit: number): SymbolParts {
  const grid = gridOf(experiment, inputs);
  if (grid > 0) {
    const index = `${Math.floor(unit / grid) + 1},${(unit % grid) + 1}`;
    return { name: `Pixel ${pixelName(grid, unit)}`, letters: [{ letter: "x", index }] };
  }
  const onPlane = experiment.data.inputs === null && !ofDrawings(experiment);
  const feature = onPlane ? experiment.features[unit] : undefined;
  return feature ? FEATURES[feature] : indexed("x", `${unit + 1}`);
}

function indexed(letter: string, index: string): SymbolParts {
  return { name: `${letter} ${index.replace(",", ", ")}`, letters: [{ letter, index }] };
}
