/** What JSON Schema cannot say: settings that contradict each other. The same rules in the same words as in Python. */

import { DATA_RULES } from "./data-rules";
import type { Fault } from "./errors";
import { isRegression, type Experiment } from "./experiment";

type Rule<Part> = (part: Part) => string | null;

/** The first contradiction of the data, the features and the whole, if there is one. */
export function contradictions(experiment: Experiment): Fault[] {
  const sentence =
    first(experiment.data, DATA_RULES) ?? first(experiment, [featuresOnce, outputsSuit, lossSuits]);
  return sentence === null ? [] : [{ path: sentence.split("`")[1] ?? "", sentence }];
}

function first<Part>(part: Part, rules: readonly Rule<Part>[]): string | null {
  for (const rule of rules) {
    const sentence = rule(part);
    if (sentence !== null) return sentence;
  }
  return null;
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
