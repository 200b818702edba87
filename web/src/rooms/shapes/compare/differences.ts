/** The difference between two experiments in words: "learning rate 0.1 → 0.3". */

import type { Experiment } from "../../../experiment/experiment";
import { SETTINGS, valueAt } from "../../../experiment/settings";
import { FEATURES } from "../../../stage/symbols";
import { percent, short } from "../../../ui/format";
import {
  ACTIVATIONS,
  INITIALIZERS,
  LOSSES,
  OPTIMIZERS,
  REGULARIZERS,
  wordFor,
  type Named,
} from "../../../ui/words";
import { datasetOf } from "../datasets";

export interface Difference {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Whether the two no longer learn from the same data. */
  readonly ofData: boolean;
}

/** Settings by other words than those of their path. */
const NAMES: Readonly<Record<string, string>> = {
  "data.kind": "data",
  "data.samples": "points",
  "data.test_share": "held out for test",
  "data.seed": "seed of the data",
  "data.points": "own points",
  "data.class_names": "names of the classes",
  "data.axes": "names of the axes",
  features: "inputs",
  "network.initializer": "initial weights",
  "network.initializer_scale": "scale of the initial weights",
  "network.bias": "initial bias",
  "network.seed": "seed of the weights",
  "training.batch_size": "batch",
  "training.regularizer": "regularisation",
  "training.regularization_rate": "rate of regularisation",
  "training.seed": "seed of the order",
};

const WORDS: Readonly<Record<string, readonly Named<string>[]>> = {
  "network.output_activation": ACTIVATIONS,
  "network.initializer": INITIALIZERS,
  "training.loss": LOSSES,
  "training.optimizer": OPTIMIZERS,
  "training.regularizer": REGULARIZERS,
};

/** Lists too long for a sentence. */
const LONG = ["data.points", "data.inputs", "data.targets", "data.drawings", "data.held_out"];

/** All settings in which two experiments differ, in the order of the document; names change no samples. */
export function differencesOf(a: Experiment, b: Experiment): readonly Difference[] {
  return SETTINGS.filter(({ path }) => !path.includes("*")).flatMap(({ path, shape }) => {
    const name = path.join(".");
    const [before, after] = [valueAt(a, path), valueAt(b, path)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    if (shape === "layers") return [layers(a, b)];
    const ofData = path[0] === "data" && name !== "data.class_names" && name !== "data.axes";
    return [
      {
        name: NAMES[name] ?? spoken(path),
        before: text(name, before),
        after: text(name, after),
        ofData,
      },
    ];
  });
}

/** "learning rate 0.1 → 0.3, hidden 4, 3 → 8" */
export function inWords(differences: readonly Difference[]): string {
  return differences.map(({ name, before, after }) => `${name} ${before} → ${after}`).join(" · ");
}

function layers(a: Experiment, b: Experiment): Difference {
  const [before, after] = [a.network.hidden, b.network.hidden];
  const widths = (hidden: typeof before): string => hidden.map(({ units }) => units).join(", ");
  if (widths(before) === widths(after)) {
    return { name: "activation", before: activations(a), after: activations(b), ofData: false };
  }
  const bothAlike = activations(a) === activations(b) || before.length === 0 || after.length === 0;
  const shown = (experiment: Experiment): string => {
    const { hidden } = experiment.network;
    const words = widths(hidden) || "none";
    return bothAlike ? words : `${words} ${activations(experiment)}`;
  };
  return { name: "hidden", before: shown(a), after: shown(b), ofData: false };
}

/** The one activation of all layers, or that of each. */
function activations({ network }: Experiment): string {
  const each = network.hidden.map(({ activation }) => wordFor(ACTIVATIONS, activation));
  return new Set(each).size === 1 ? (each[0] ?? "") : each.join(", ");
}

function text(name: string, value: unknown): string {
  if (value === null) return "none";
  if (name === "data.kind")
    return datasetOf(value as Experiment["data"]["kind"])?.name ?? "own points";
  if (name === "data.test_share") return percent(value as number);
  if (name === "features") {
    return (value as Experiment["features"]).map((each) => plain(each)).join(", ");
  }
  if (LONG.includes(name)) return `${(value as readonly unknown[]).length}`;
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "number") return short(value);
  return wordFor(WORDS[name] ?? [], value as string).replaceAll("_", " ");
}

const DIGITS: Readonly<Record<string, string>> = { 1: "₁", 2: "₂" };

/** A feature in one line of letters: x₁², sin x₂. */
function plain(feature: Experiment["features"][number]): string {
  const { before, letters } = FEATURES[feature];
  const symbols = letters.map(
    ({ letter, index = "", power }) => letter + (DIGITS[index] ?? index) + (power ? "²" : ""),
  );
  return `${before ? `${before} ` : ""}${symbols.join("")}`;
}

function spoken(path: readonly string[]): string {
  return (path.at(-1) ?? "").replaceAll("_", " ");
}
