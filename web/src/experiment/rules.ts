/** What JSON Schema cannot say: settings that contradict each other. The same rules in the same words as in Python. */

import { hasClasses, isRegression, type Data, type Experiment } from "./experiment";
import type { Fault } from "./errors";

type Rule<Part> = (part: Part) => string | null;

/** The first contradiction of the data, the features and the whole, if there is one. */
export function contradictions(experiment: Experiment): Fault[] {
  const sentence =
    first(experiment.data, [givenIsComplete, classesSuit, givenClassesExist, heldOutSuits]) ??
    first(experiment, [featuresOnce, outputsSuit, lossSuits]);
  return sentence === null ? [] : [{ path: sentence.split("`")[1] ?? "", sentence }];
}

/** Number of samples, generated or given. */
export function rowsOf(data: Data): number {
  return data.kind === "given" ? (data.points ?? data.inputs ?? []).length : data.samples;
}

/** What is to be answered for each given row. */
export function givenValues(data: Data): number[] {
  return data.points ? data.points.map((row) => row[2] ?? 0) : (data.targets ?? []);
}

function first<Part>(part: Part, rules: readonly Rule<Part>[]): string | null {
  for (const rule of rules) {
    const sentence = rule(part);
    if (sentence !== null) return sentence;
  }
  return null;
}

const GIVEN_ONLY = ["points", "inputs", "targets", "held_out"] as const;

function givenIsComplete(data: Data): string | null {
  if (data.kind !== "given") {
    const named = GIVEN_ONLY.find((name) => data[name] !== null);
    return named
      ? `\`data.${named}\` is only for \`data.kind\` given, which is ${data.kind}.`
      : null;
  }
  if (data.points) {
    return data.inputs || data.targets
      ? "`data` of kind given has both points and inputs or targets, but must have one or the other."
      : null;
  }
  if (!data.inputs || !data.targets) {
    return "`data` of kind given must have points, or inputs and targets.";
  }
  if (data.inputs.length !== data.targets.length) {
    return `\`data.targets\` has length ${data.targets.length}, but \`data.inputs\` has length ${data.inputs.length}.`;
  }
  const width = data.inputs[0]?.length ?? 0;
  const odd = data.inputs.findIndex((row) => row.length !== width);
  return odd < 0
    ? null
    : `\`data.inputs[${odd}]\` has length ${data.inputs[odd]?.length ?? 0}, but the first row has length ${width}.`;
}

function classesSuit(data: Data): string | null {
  const given = data.kind === "given";
  const most = given ? 10 : hasClasses(data.kind) ? 5 : 2;
  const least = given ? 0 : 2;
  if (data.classes >= least && data.classes <= most && data.classes !== 1) return null;
  if (given) {
    return "`data.classes` is 1, but must be from 2 to 10 for given data, or 0 for numbers to fit.";
  }
  const allowed = most === 2 ? "2" : `from 2 to ${most}`;
  return `\`data.classes\` is ${data.classes}, but must be ${allowed} for ${data.kind}.`;
}

function givenClassesExist(data: Data): string | null {
  if (data.kind !== "given" || data.classes === 0) return null;
  const values = givenValues(data);
  const odd = values.findIndex(
    (value) => !Number.isInteger(value) || value < 0 || value >= data.classes,
  );
  if (odd < 0) return null;
  const name = data.points ? `data.points[${odd}][2]` : `data.targets[${odd}]`;
  return `\`${name}\` is ${values[odd] ?? ""}, but must be a class: a whole number from 0 to ${data.classes - 1}.`;
}

function heldOutSuits(data: Data): string | null {
  if (!data.held_out) return null;
  const rows = rowsOf(data);
  const beyond = data.held_out.find((row) => row >= rows);
  if (beyond !== undefined) {
    return `\`data.held_out\` names row ${beyond}, but the rows are 0 to ${rows - 1}.`;
  }
  if (new Set(data.held_out).size < data.held_out.length) {
    return "`data.held_out` names a row twice, but each row can be held out once.";
  }
  return data.held_out.length === rows
    ? "`data.held_out` names every row, but at least one must be left to train on."
    : null;
}

function featuresOnce({ features }: Experiment): string | null {
  const twice = features.find((name, place) => features.indexOf(name) !== place);
  return twice ? `\`features\` names ${twice} twice, but each feature can be seen once.` : null;
}

function outputsSuit({ data, network, training }: Experiment): string | null {
  if (isRegression(data)) {
    const fitted = data.kind === "given" ? "`data.classes` is 0" : `\`data.kind\` is ${data.kind}`;
    if (training.loss === "cross_entropy") {
      return `\`training.loss\` is cross_entropy, but must be squared_error or auto for regression (${fitted}).`;
    }
    if (network.outputs === "per_class") {
      return `\`network.outputs\` is per_class, but must be single or auto for regression (${fitted}).`;
    }
  } else if (network.outputs === "single" && data.classes !== 2) {
    return `\`network.outputs\` is single, but must be per_class or auto for ${data.classes} classes.`;
  }
  return null;
}

function lossSuits({ data, network, training }: Experiment): string | null {
  const crossEntropy =
    training.loss === "cross_entropy" || (training.loss === "auto" && !isRegression(data));
  return crossEntropy && network.output_activation !== "auto"
    ? `\`network.output_activation\` is ${network.output_activation}, but must be auto for cross-entropy, which brings its own; choose \`training.loss\` squared_error to set it.`
    : null;
}
