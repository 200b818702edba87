/** The kinds of data that are generated, in the words of this room. */

import type { Experiment } from "../../experiment/experiment";

export type Kind = Exclude<Experiment["data"]["kind"], "given">;

export interface Dataset {
  readonly kind: Kind;
  readonly name: string;
  /** What is asked of the network. */
  readonly about: string;
  readonly task: "classification" | "regression";
  /** Whether the number of classes can be chosen. */
  readonly manyClasses: boolean;
}

export const DATASETS: readonly Dataset[] = [
  {
    kind: "blobs",
    name: "Blobs",
    about: "Blobs: a cloud of points for each class. One straight line tells two of them apart.",
    task: "classification",
    manyClasses: true,
  },
  {
    kind: "circles",
    name: "Circles",
    about: "Circles: one class inside of the other. No straight line can tell them apart.",
    task: "classification",
    manyClasses: false,
  },
  {
    kind: "moons",
    name: "Moons",
    about: "Moons: two half circles that reach into each other.",
    task: "classification",
    manyClasses: false,
  },
  {
    kind: "xor",
    name: "XOR",
    about: "XOR: opposite quarters of the plane belong together.",
    task: "classification",
    manyClasses: false,
  },
  {
    kind: "spiral",
    name: "Spiral",
    about: "Spiral: arms wound into each other, the hardest of these.",
    task: "classification",
    manyClasses: true,
  },
  {
    kind: "plane",
    name: "Plane",
    about: "Plane: a number that rises evenly across the plane (regression).",
    task: "regression",
    manyClasses: false,
  },
  {
    kind: "bumps",
    name: "Bumps",
    about: "Bumps: a number with hills and valleys (regression).",
    task: "regression",
    manyClasses: false,
  },
];

export function datasetOf(kind: Experiment["data"]["kind"]): Dataset | undefined {
  return DATASETS.find((dataset) => dataset.kind === kind);
}
