/** Words that several findings use. */

import type { Experiment } from "../../experiment/experiment";
import { namesOf } from "../../experiment/own";
import { short } from "../../ui/format";
import type { NextStep } from "./finding";

/** A loss in three figures. */
export function loss(value: number): string {
  return short(Number(value.toPrecision(3)));
}

/** "5 of 8 units of layer 1" */
export function unitsOf(count: number, all: number, layer: number): string {
  const which =
    count === all ? (all === 1 ? "The only unit" : `All ${all} units`) : `${count} of ${all} units`;
  return `${which} of layer ${layer + 1}`;
}

export function className({ data }: Experiment, label: number): string {
  return namesOf(data)[label] ?? `class ${label}`;
}

export function setLearningRate(rate: number): NextStep {
  const rounded = Number(rate.toPrecision(2));
  return {
    words: `Learning rate ${short(rounded)}`,
    label: "learning rate",
    mutate: ({ training }) => (training.learning_rate = rounded),
  };
}

export const NEW_WEIGHTS: NextStep = {
  words: "New weights",
  label: "new weights",
  mutate: ({ network }) => (network.seed = (network.seed + 1) % 2 ** 31),
};
