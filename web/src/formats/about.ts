/** What a file of weights says of the network that they are from; loading the weights does not need it. */

import { Int } from "../engine/bindings";
import type { Frame } from "../engine/frame";
import { checked } from "../experiment/check";
import { isDrawn } from "../experiment/drawn";
import type { Experiment } from "../experiment/experiment";
import { VERSION } from "./version";

export interface About {
  readonly format: "weights";
  readonly version: 1;
  readonly made_with: string;
  readonly updates: number;
  readonly epochs: number;
  readonly inputs: readonly string[];
  readonly activations: readonly string[];
  readonly loss: string;
  readonly scaling: Readonly<Record<"x1" | "x2" | "value", readonly [number, number]>>;
  readonly class_names: readonly string[] | null;
  readonly experiment: Experiment;
}

/** The name that it stands under. */
export const ABOUT = "pellucid";

export function aboutOf(frame: Frame, experiment: Experiment): About {
  const { x1, x2, value } = frame.scaling;
  return {
    format: "weights",
    version: 1,
    made_with: VERSION,
    updates: frame.updates,
    epochs: frame.epoch,
    inputs: inputNames(frame, experiment),
    activations: frame.activations,
    loss: frame.lossName,
    scaling: {
      x1: [x1.center, x1.scale],
      x2: [x2.center, x2.scale],
      value: [value.center, value.scale],
    },
    class_names: experiment.data.class_names ?? null,
    experiment,
  };
}

/** The experiment in what a file says of itself; null where there is none that this page knows. */
export function experimentIn(about: unknown): Experiment | null {
  if (typeof about !== "object" || about === null || !("experiment" in about)) return null;
  try {
    return checked(about.experiment);
  } catch {
    // The weights can be read all the same.
    return null;
  }
}

/** Features by their names, given inputs and cells of drawings by their numbers. */
export function inputNames(frame: Frame, experiment: Experiment): readonly string[] {
  if (frame.header[Int.FEATURES] !== 0) return experiment.features;
  const count = frame.widths[0] ?? 0;
  const drawn = isDrawn(experiment);
  return Array.from({ length: count }, (_, k) => (drawn ? `p${k}` : `i${k + 1}`));
}
