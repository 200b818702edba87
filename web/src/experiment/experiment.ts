/** What is run, as one document. The types are made from the JSON Schema of the Python model. */

import type { Data, Experiment, Layer, Network, Training } from "./generated/types";

export type { Data, Experiment, Layer, Network, Training };

export type DataKind = Data["kind"];
/** Cells along each side of a bitmap. */
export type Grid = Data["grid"];
export type Feature = Experiment["features"][number];
export type Activation = Layer["activation"];
export type OutputActivation = Network["output_activation"];
export type OutputKind = Network["outputs"];
export type Initializer = Network["initializer"];
export type Loss = Training["loss"];
export type Optimizer = Training["optimizer"];
export type Regularizer = Training["regularizer"];

/** Whether numbers are fitted rather than classes told apart. */
export function isRegression(data: Data): boolean {
  return (
    data.kind === "plane" || data.kind === "bumps" || (data.kind === "given" && data.classes === 0)
  );
}

/** Kinds that may have a number of classes other than 2. */
export function hasClasses(kind: DataKind): boolean {
  return kind === "blobs" || kind === "spiral" || kind === "given";
}
