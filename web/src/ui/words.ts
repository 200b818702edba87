/** The field's words for the names in the experiment, and what each setting means in one breath. */

import type { Experiment } from "../experiment/experiment";
import { settingAt } from "../experiment/settings";

type Hidden = Experiment["network"]["hidden"][number];
type Network = Experiment["network"];
type Training = Experiment["training"];

export interface Named<Name extends string> {
  readonly value: Name;
  readonly label: string;
}

export type Activation = Hidden["activation"];

export const ACTIVATIONS: readonly Named<Activation>[] = [
  { value: "tanh", label: "tanh" },
  { value: "relu", label: "ReLU" },
  { value: "sigmoid", label: "sigmoid" },
  { value: "leaky_relu", label: "leaky ReLU" },
  { value: "gelu", label: "GELU" },
  { value: "sine", label: "sine" },
  { value: "linear", label: "linear" },
];

export const OPTIMIZERS: readonly Named<Training["optimizer"]>[] = [
  { value: "sgd", label: "SGD" },
  { value: "momentum", label: "Momentum" },
  { value: "rmsprop", label: "RMSprop" },
  { value: "adam", label: "Adam" },
];

export const LOSSES: readonly Named<Training["loss"]>[] = [
  { value: "auto", label: "Automatic" },
  { value: "cross_entropy", label: "Cross-entropy" },
  { value: "squared_error", label: "Squared error" },
];

export const REGULARIZERS: readonly Named<Training["regularizer"]>[] = [
  { value: "none", label: "None" },
  { value: "l1", label: "L1" },
  { value: "l2", label: "L2" },
];

export const INITIALIZERS: readonly Named<Network["initializer"]>[] = [
  { value: "glorot", label: "Glorot" },
  { value: "he", label: "He" },
  { value: "uniform", label: "Uniform" },
  { value: "normal", label: "Normal" },
  { value: "zeros", label: "Zeros" },
];

/** The word for a name, or the name itself. */
export function wordFor(words: readonly Named<string>[], name: string): string {
  return words.find(({ value }) => value === name)?.label ?? name;
}

/** What a setting does, without its limits and default, which the control shows by itself. */
export function about(path: string): string {
  const [meaning = ""] = settingAt(path).description.split(/ (?:Unit|Range|Default): /);
  return meaning;
}

/** The limits of a numeric setting. */
export function limits(path: string): { minimum: number; maximum: number } {
  const { minimum, maximum, below } = settingAt(path);
  const most = maximum ?? below;
  if (minimum === undefined || most === undefined) throw new RangeError(`no limits at ${path}`);
  return { minimum, maximum: most };
}
