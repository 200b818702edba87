/**
 * A script that trains the network as the engine did, in NumPy or PyTorch, with its data and its weights.
 *
 * It is put together from the pieces and by the rules that Python has too (docs/files.md): the same run gives the same
 * bytes.
 */

import { Int, Real } from "../engine/bindings";
import type { Frame } from "../engine/frame";
import { isDrawn } from "../experiment/drawn";
import { refusal } from "../experiment/errors";
import type { Data, Experiment } from "../experiment/experiment";
import { givenValues } from "../experiment/given";
import { splitRows } from "../experiment/split";
import { float32Text, floatText } from "../formats/decimals";
import { layersOf } from "../formats/tensors";
import { VERSION } from "../formats/version";

export type Framework = "numpy" | "torch";

/** Lines of a script, for networks that have one of the names among their choices of each key. */
export interface Piece {
  readonly when: Readonly<Record<string, readonly string[]>>;
  readonly text: string;
}

/** Makes the bits of a drawing's text. */
export type Bitmap = (text: string) => Uint8Array;

type Choices = Readonly<Record<string, readonly string[]>>;
type Values = Readonly<Record<string, string>>;

const SETTINGS = ["learning_rate", "momentum", "decay", "epsilon", "regularization_rate"] as const;

/** Throws an ExperimentError where there is nothing to train on. */
export function script(
  pieces: readonly Piece[],
  frame: Frame,
  experiment: Experiment,
  bitmap: Bitmap,
): string {
  if (frame.trainSamples === 0) {
    throw refusal("A script trains its network, but here there are no samples to train on yet.");
  }
  return assembled(pieces, choicesOf(frame, experiment), valuesOf(frame, experiment, bitmap));
}

function assembled(pieces: readonly Piece[], choices: Choices, values: Values): string {
  const suits = ({ when }: Piece): boolean =>
    Object.entries(when).every(([key, names]) =>
      names.some((name) => known(choices, key).includes(name)),
    );
  const text = pieces
    .filter(suits)
    .map((piece) => piece.text)
    .join("");
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => known(values, name));
}

function known<Value>(table: Readonly<Record<string, Value>>, name: string): Value {
  const value = table[name];
  if (value === undefined) throw new RangeError(`the pieces of the scripts ask for ${name}`);
  return value;
}

function choicesOf(frame: Frame, { data, features, network, training }: Experiment): Choices {
  const { activations, header, widths, samples, trainSamples, classes } = frame;
  const [hidden, output] = [activations.slice(0, -1), activations.slice(-1)];
  const onPlane = header[Int.FEATURES] !== 0;
  const bits = header[Int.BITS] !== 0;
  const named = classes > 0 && (data.class_names?.length ?? 0) > 0;
  return {
    samples: [onPlane ? "points" : bits ? "bits" : "inputs"],
    scaling: [data.points ? data.scaling : "none"],
    features: onPlane ? features : [],
    task: [classes > 0 ? "classes" : "numbers"],
    names: [named ? "given" : "numbers"],
    held_out: [trainSamples < samples ? "some" : "none"],
    hidden,
    output,
    activations,
    slopes: frame.lossName === "squared_error" ? activations : hidden,
    depth: [hidden.length > 0 ? "deep" : "flat"],
    outputs: [widths.at(-1) === 1 ? "one" : "many"],
    loss: [frame.lossName],
    initializer: [network.initializer],
    optimizer: [training.optimizer],
    regularizer: [training.regularizer],
  };
}

function valuesOf(frame: Frame, experiment: Experiment, bitmap: Bitmap): Values {
  const { activations, widths, trainSamples, updates } = frame;
  const { data, network, training } = experiment;
  const { x1, x2, value } = frame.scaling;
  const { batch_size: batch } = training;
  const layers = activations.map((name, layer) => `${widths[layer + 1] ?? 0} ${name}`);
  const names = data.class_names ?? [];
  return {
    version: VERSION,
    network: [`${widths[0] ?? 0}`, ...layers].join(" – "),
    widths: widths.join(", "),
    layer_activations: activations.join(", "),
    hidden_activations: activations.slice(0, -1).join(", "),
    train_samples: String(trainSamples),
    batch_size: String(batch === "all" ? trainSamples : Math.min(batch, trainSamples)),
    updates: String(updates),
    ...Object.fromEntries(SETTINGS.map((name) => [name, floatText(training[name])])),
    bias: floatText(network.bias),
    initializer_scale: floatText(network.initializer_scale),
    weight_seed: String(network.seed),
    order_seed: String(training.seed),
    low: float32Text(real(frame, Real.TARGET_LOW)),
    x_centers: [x1, x2].map(({ center }) => float32Text(center)).join(", "),
    x_scales: [x1, x2].map(({ scale }) => float32Text(scale)).join(", "),
    value_center: float32Text(value.center),
    value_scale: float32Text(value.scale),
    class_names: `[${names.map((name) => JSON.stringify(name)).join(", ")}]`,
    samples: samplesOf(frame, experiment, bitmap).join("\n"),
    parameters: parametersOf(frame),
  };
}

function real({ header }: Frame, slot: number): number {
  return new Float32Array(header.buffer, header.byteOffset, header.length)[slot] ?? 0;
}

/** A line for each unit: its weights, then its bias; an empty line between two layers. */
function parametersOf(frame: Frame): string {
  return layersOf(frame)
    .map(({ weights, biases, inputs }) =>
      Array.from(biases, (bias, unit) =>
        [...weights.subarray(unit * inputs, (unit + 1) * inputs), bias].map(float32Text).join(" "),
      ).join("\n"),
    )
    .join("\n\n");
}

/** A line for each sample, those trained on first. */
function samplesOf(frame: Frame, experiment: Experiment, bitmap: Bitmap): string[] {
  const { data } = experiment;
  const answer = (value: number): string =>
    frame.classes > 0 ? String(value) : float32Text(Math.fround(value));
  if (data.kind !== "given") {
    return Array.from(frame.values, (value, row) =>
      [...frame.points.subarray(2 * row, 2 * row + 2)]
        .map(float32Text)
        .concat(answer(value))
        .join(" "),
    );
  }
  const { train, heldOut } = splitRows(data);
  const values = givenValues(data);
  const row = rowsOf(frame, experiment, bitmap);
  return [...train, ...heldOut].map((place) => `${row(place)} ${answer(values[place] ?? 0)}`);
}

/** The numbers of a given sample, as text. */
function rowsOf(frame: Frame, experiment: Experiment, bitmap: Bitmap): (row: number) => string {
  const { data } = experiment;
  if (isDrawn(experiment)) {
    const { grid } = data;
    return (row) => bitText(bitmap(data.drawings?.[row] ?? ""), grid);
  }
  const numbers = givenNumbers(data);
  if (!data.points && frame.header[Int.BITS] !== 0) {
    return (row) => bitText(Uint8Array.from(numbers(row)), numbers(row).length);
  }
  return (row) =>
    numbers(row)
      .map((number) => float32Text(Math.fround(number)))
      .join(" ");
}

function givenNumbers({ points, inputs }: Data): (row: number) => readonly number[] {
  return (row) => points?.[row]?.slice(0, 2) ?? inputs?.[row] ?? [];
}

/** Bits as text, with a space after so many. */
function bitText(bits: Uint8Array, width: number): string {
  const text = bits.join("");
  return Array.from({ length: Math.ceil(text.length / width) }, (_, row) =>
    text.slice(row * width, (row + 1) * width),
  ).join(" ");
}
