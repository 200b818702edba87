/** The edge of the page: nothing becomes an Experiment without passing here. */

import { ExperimentError, refusal } from "./errors";
import type { Experiment } from "./experiment";
import { faultsOf, type SchemaError } from "./faults";
import { validate } from "./generated/validate.js";
import { contradictions } from "./rules";
import { settingAt } from "./settings";

/**
 * The experiment that a document describes; what it leaves out has its default.
 *
 * Throws an ExperimentError with a sentence for each fault. The document itself is not touched.
 */
export function checked(document: unknown): Experiment {
  const copy: unknown = structuredClone(document);
  if (!validate(copy)) throw new ExperimentError(faultsOf(validate.errors as SchemaError[]));
  const experiment = copy as Experiment;
  const faults = contradictions(experiment);
  if (faults.length > 0) throw new ExperimentError(faults);
  return { ...experiment, features: inOrder(experiment.features) };
}

/** The experiment in a JSON text. */
export function parsed(text: string): Experiment {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw refusal(`The document is not JSON: ${(error as Error).message}.`);
  }
  return checked(document);
}

/** Features always come in the order of the schema, in which the network receives them. */
function inOrder(features: Experiment["features"]): Experiment["features"] {
  const order = settingAt("features").names ?? [];
  return features.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
}
