/** What a change of settings means for others that depend on them, and for the weights. */

import { checked } from "./check";
import { hasClasses, isRegression, type Data, type Experiment } from "./experiment";
import { DEFAULT_EXPERIMENT } from "./settings";
import { sharing } from "./sharing";

/** What only given data have, as it is where nothing is given. */
const NOTHING_GIVEN = {
  points: null,
  inputs: null,
  targets: null,
  drawings: null,
  grid: DEFAULT_EXPERIMENT.data.grid,
  class_names: null,
  scaling: "none",
  axes: null,
  held_out: null,
} satisfies Partial<Data>;

/**
 * The experiment with some settings changed and others that follow them; an ExperimentError says why there is none.
 *
 * What has not changed is the same object as before.
 */
export function revised(before: Experiment, mutate: (draft: Experiment) => void): Experiment {
  const draft = structuredClone(before);
  mutate(draft);
  follow(draft, before);
  return sharing(checked(draft), before);
}

/**
 * Whether the trained weights may be kept.
 *
 * Other data, rates, batches or activations keep them; another network, or another start, begins anew. Where the number of
 * inputs or outputs follows from the data, the engine sees it and begins anew by itself; for drawings it is known here.
 */
export function keepsWeights(before: Experiment, after: Experiment): boolean {
  return startOf(before) === startOf(after);
}

/**
 * Let the settings that a person did not touch follow those that were changed, so that both fit together.
 *
 * A new kind of data brings its own number of classes; what only suits classes or only one loss goes back to auto.
 */
function follow(draft: Experiment, before: Experiment): void {
  const { data, network, training } = draft;
  if (data.kind !== before.data.kind) {
    if (!hasClasses(data.kind)) data.classes = 2;
    else if (data.kind !== "given") data.classes = Math.min(5, Math.max(2, data.classes));
    if (data.kind !== "given") Object.assign(data, NOTHING_GIVEN);
  }
  if (data.class_names && data.class_names.length > data.classes) {
    data.class_names = data.class_names.slice(0, data.classes);
  }
  if (isRegression(data)) {
    if (training.loss === "cross_entropy") training.loss = "auto";
    if (network.outputs === "per_class") network.outputs = "auto";
  } else if (network.outputs === "single" && data.classes !== 2) {
    network.outputs = "auto";
  }
  if (network.output_activation !== "auto" && usesCrossEntropy(draft)) {
    const chosen = network.output_activation !== before.network.output_activation;
    if (chosen) training.loss = "squared_error";
    else network.output_activation = "auto";
  }
}

/** All settings that the initial weights follow from. */
function startOf({ data, features, network }: Experiment): string {
  const { hidden, outputs, initializer, initializer_scale, bias, seed } = network;
  const widths = hidden.map(({ units }) => units);
  const drawn = data.drawings && [data.grid, data.classes];
  return JSON.stringify({
    drawn,
    features,
    widths,
    outputs,
    initializer,
    initializer_scale,
    bias,
    seed,
  });
}

function usesCrossEntropy({ data, training }: Experiment): boolean {
  return training.loss === "cross_entropy" || (training.loss === "auto" && !isRegression(data));
}
