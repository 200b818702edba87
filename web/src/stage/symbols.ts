/** The symbol of every feature and unit: x₁, sin x₂, h₁,₂, ŷ. */

import type { Experiment } from "../experiment/experiment";
import type { SymbolParts } from "../ui/symbol";

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
): SymbolParts {
  if (column === 0) {
    const feature = experiment.data.inputs === null ? experiment.features[unit] : undefined;
    return feature ? FEATURES[feature] : indexed("x", `${unit + 1}`);
  }
  if (column < widths.length - 1) return indexed("h", `${column},${unit + 1}`);
  return widths[column] === 1
    ? { name: "y hat", letters: [{ letter: "y", hat: true }] }
    : { name: `y hat ${unit}`, letters: [{ letter: "y", hat: true, index: `${unit}` }] };
}

/** Where a unit stands, in words: "Unit 2 of hidden layer 1". */
export function unitName(
  experiment: Experiment,
  widths: readonly number[],
  column: number,
  unit: number,
): string {
  if (column === 0) return `Input ${unitSymbol(experiment, widths, column, unit).name}`;
  if (column < widths.length - 1) return `Unit ${unit + 1} of hidden layer ${column}`;
  return widths[column] === 1 ? "Output" : `Output for class ${unit}`;
}

function indexed(letter: string, index: string): SymbolParts {
  return { name: `${letter} ${index.replace(",", ", ")}`, letters: [{ letter, index }] };
}
