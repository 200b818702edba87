/** Weights and biases in a file: arrays by name, and how they become the layers of a network. */

import { refusal } from "../experiment/errors";
import { shown } from "../experiment/faults";
import type { Parameters } from "../engine/protocol";

/** An array in a file, in C order. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** The weights of a layer as files have them. */
export interface Layer {
  /** W (outputs, inputs), a unit a row. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  readonly inputs: number;
}

/** A name is anything that ends in a number, a dot, and weight or bias: what PyTorch calls its own is one too. */
const NAME = /(?:^|\.)(\d+)\.(weight|bias)$/;

/** Name and array of each layer's weights and biases, in order. */
export function tensorsOf(layers: readonly Layer[]): Tensor[] {
  return layers.flatMap(({ weights, biases, inputs }, layer) => [
    { name: `layers.${layer}.weight`, shape: [biases.length, inputs], values: weights },
    { name: `layers.${layer}.bias`, shape: [biases.length], values: biases },
  ]);
}

/** From the engine's order, (inputs, units), to that of files, and back. */
export function layersOf({ weights, biases }: Parameters): Layer[] {
  return biases.map((bias, layer) => {
    const stored = weights[layer] ?? new Float32Array();
    const inputs = stored.length / bias.length;
    return { weights: transposed(stored, inputs, bias.length), biases: bias.slice(), inputs };
  });
}
export function parametersOf(layers: readonly Layer[]): Parameters {
  return {
    weights: layers.map(({ weights, biases, inputs }) =>
      transposed(weights, biases.length, inputs),
    ),
    biases: layers.map(({ biases }) => biases),
  };
}

/** Units per column. */
export function widthsOf(layers: readonly Layer[]): number[] {
  return [layers[0]?.inputs ?? 0, ...layers.map(({ biases }) => biases.length)];
}

/** The layers that arrays in a file make up. Throws an ExperimentError. */
export function assembled(file: string, tensors: readonly Tensor[]): Layer[] {
  const byNumber = new Map<number, { weight?: Tensor; bias?: Tensor }>();
  for (const tensor of tensors) {
    const [, number, kind] = NAME.exec(tensor.name) ?? [];
    if (number === undefined) {
      throw refusal(
        `${file} has ${shown(tensor.name)}, but weights have names such as layers.0.weight and layers.0.bias.`,
      );
    }
    const pair = byNumber.get(Number(number)) ?? {};
    const key = kind === "weight" ? "weight" : "bias";
    if (pair[key]) throw refusal(`${file} has two arrays for the ${key} of layer ${number}.`);
    byNumber.set(Number(number), { ...pair, [key]: tensor });
  }
  if (byNumber.size === 0) throw refusal(`${file} holds no weights.`);
  const layers = [...byNumber].toSorted(([one], [other]) => one - other);
  const assembled = layers.map(([number, { weight, bias }]) => layer(file, number, weight, bias));
  assembled.forEach(({ inputs }, k) => {
    const before = assembled[k - 1]?.biases.length;
    if (before === undefined || before === inputs) return;
    const name = layers[k]?.[1].weight?.name ?? "";
    throw refusal(
      `${name} in ${file} has ${inputs} columns, but the layer before it has ${before} units.`,
    );
  });
  return assembled;
}

function layer(
  file: string,
  number: number,
  weight: Tensor | undefined,
  bias: Tensor | undefined,
): Layer {
  if (!weight || !bias) {
    const [present, missing] = weight ? [weight, "bias"] : [bias, "weight"];
    throw refusal(
      `${file} has ${present?.name ?? `layer ${number}`}, but no ${missing} beside it.`,
    );
  }
  const [outputs = 0, inputs = 0] = weight.shape;
  if (weight.shape.length !== 2 || outputs === 0 || inputs === 0) {
    throw refusal(
      `${weight.name} in ${file} has the shape ${shapeText(weight.shape)}, but must have two dimensions: units and inputs.`,
    );
  }
  if (bias.shape.length !== 1 || bias.shape[0] !== outputs) {
    throw refusal(
      `${bias.name} in ${file} has the shape ${shapeText(bias.shape)}, but must have (${outputs},): a number for each row of ${weight.name}.`,
    );
  }
  return { weights: finite(file, weight), biases: finite(file, bias), inputs };
}

/** "(4, 2)" and "(4,)", as Python writes them. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0] ?? 0},)` : `(${shape.join(", ")})`;
}

/** Rounded to float32, which every number must be able to be. */
function finite(file: string, { name, shape, values }: Tensor): Float32Array {
  const rounded = Float32Array.from(values);
  const odd = rounded.findIndex((value) => !Number.isFinite(value));
  if (odd < 0) return rounded;
  const columns = shape[1] ?? 1;
  const place =
    shape.length === 2 ? `[${Math.floor(odd / columns)}, ${odd % columns}]` : `[${odd}]`;
  throw refusal(
    `${name}${place} in ${file} is ${String(values[odd])}, but must be a finite number of 32 bits.`,
  );
}

/** (rows, columns) to (columns, rows). */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return turned;
}
