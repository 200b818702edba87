/**
 * A network as a graph of ONNX: points → scaling → features → layers → what they say.
 *
 * The same operators as in the Python package's `exporters/onnx_model.py`, with the same names for what goes in and
 * comes out.
 */

import { Int, Real } from "../../engine/bindings";
import type { Frame } from "../../engine/frame";
import type { Experiment, Feature } from "../../experiment/experiment";
import { layersOf } from "../../formats/tensors";

/** A step of the computation. */
export interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}
export type Attribute = { readonly int: number } | { readonly float: number };

/** Numbers that are part of the model: floats, or whole ones as ONNX wants them for places. */
export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** What goes in or comes out: rows of so many numbers, or one number for each row. */
export interface Value {
  readonly name: string;
  readonly type: "float" | "int64";
  /** Null for one number for each row. */
  readonly columns: number | null;
}

const OUTPUTS = "outputs";
/** Slope of the leaky ReLU below 0, and the numbers in the tanh form of GELU, as in `engine/activations.py`. */
const LEAK = 0.01;
const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

const SIMPLE: Readonly<Record<string, string>> = {
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  relu: "Relu",
  sine: "Sin",
  linear: "Identity",
};

export class Graph {
  readonly nodes: Node[] = [];
  readonly constants: Constant[] = [];
  readonly input: Value;
  readonly outputs: Value[] = [];

  constructor(frame: Frame, experiment: Experiment) {
    const onPlane = frame.header[Int.FEATURES] !== 0;
    this.input = { name: "X", type: "float", columns: onPlane ? 2 : (frame.widths[0] ?? 0) };
    const last = frame.layers - 1;
    let a = onPlane ? this.#seen(frame, experiment.features) : this.input.name;
    for (const [layer, { weights, biases, inputs }] of layersOf(frame).entries()) {
      const W = this.#floats(weights, [biases.length, inputs], `layers.${layer}.weight`);
      const b = this.#floats(biases, [biases.length], `layers.${layer}.bias`);
      const z = this.#add("Gemm", [a, W, b], { transB: { int: 1 } });
      a = this.#activated(frame.activations[layer] ?? "", z);
      if (layer === last) this.#add("Identity", [a], {}, OUTPUTS);
    }
    this.outputs.push({ name: OUTPUTS, type: "float", columns: frame.widths.at(-1) ?? 0 });
    if (frame.classes > 0) this.#classify(frame);
    else this.#fit(frame);
  }

  /** From points in the units of the data to what the network sees. */
  #seen({ scaling: { x1, x2 } }: Frame, features: readonly Feature[]): string {
    const centers = [x1.center, x2.center];
    const scales = [x1.scale, x2.scale];
    const scaled = centers.some((center) => center !== 0) || scales.some((scale) => scale !== 1);
    const points = scaled
      ? this.#add("Div", [
          this.#add("Sub", [this.input.name, this.#floats(centers, [2])]),
          this.#floats(scales, [2]),
        ])
      : this.input.name;
    if (features.join() === "x1,x2") return points;
    const [first, second] = [0n, 1n].map((place) =>
      this.#add("Gather", [points, this.#whole(place)], { axis: { int: 1 } }),
    ) as [string, string];
    const made: Readonly<Record<Feature, () => string>> = {
      x1: () => first,
      x2: () => second,
      x1_squared: () => this.#add("Mul", [first, first]),
      x2_squared: () => this.#add("Mul", [second, second]),
      x1_x2: () => this.#add("Mul", [first, second]),
      sin_x1: () => this.#add("Sin", [first]),
      sin_x2: () => this.#add("Sin", [second]),
    };
    const columns = features.map((feature) => made[feature]());
    return this.#add("Concat", columns, { axis: { int: 1 } });
  }

  /** a = f(z). */
  #activated(activation: string, z: string): string {
    const simple = SIMPLE[activation];
    if (simple !== undefined) return this.#add(simple, [z]);
    if (activation === "softmax") return this.#add("Softmax", [z], { axis: { int: 1 } });
    if (activation === "leaky_relu") return this.#add("LeakyRelu", [z], { alpha: { float: LEAK } });
    if (activation !== "gelu") throw new RangeError(`no operators for ${activation}`);
    const cube = this.#add("Mul", [this.#add("Mul", [z, z]), z]);
    const inner = this.#add("Add", [z, this.#add("Mul", [cube, this.#number(GELU_CUBIC)])]);
    const t = this.#add("Tanh", [this.#add("Mul", [inner, this.#number(GELU_SCALE)])]);
    return this.#add("Mul", [
      this.#add("Mul", [z, this.#number(0.5)]),
      this.#add("Add", [t, this.#number(1)]),
    ]);
  }

  /** The class of each row, and the probability of each class. */
  #classify(frame: Frame): void {
    const [label, probabilities] = ["label", "probabilities"];
    this.outputs.push(
      { name: label, type: "int64", columns: null },
      { name: probabilities, type: "float", columns: frame.classes },
    );
    const { header } = frame;
    const reals = new Float32Array(header.buffer, header.byteOffset, header.length);
    const low = reals[Real.TARGET_LOW] ?? 0;
    const above = this.#add("Sub", [OUTPUTS, this.#number(low)]);
    const share = this.#add("Div", [above, this.#number(1 - low)]);
    const places = this.#add("Clip", [share, this.#number(0), this.#number(1)]);
    if (frame.widths.at(-1) === 1) {
      const reached = this.#add("GreaterOrEqual", [OUTPUTS, this.#number(0.5 * (low + 1))]);
      const whole = this.#add("Cast", [reached], { to: { int: TYPES.int64 } });
      this.#add("Squeeze", [whole, this.#whole(1n)], {}, label);
      const other = this.#add("Sub", [this.#number(1), places]);
      this.#add("Concat", [other, places], { axis: { int: 1 } }, probabilities);
      return;
    }
    this.#add("ArgMax", [OUTPUTS], { axis: { int: 1 }, keepdims: { int: 0 } }, label);
    if (frame.lossName !== "squared_error") {
      this.#add("Identity", [places], {}, probabilities);
      return;
    }
    const axis = this.#whole(1n);
    const none = this.#add("Equal", [this.#add("ReduceSum", [places, axis]), this.#number(0)]);
    // All say no: no class is likelier than another.
    const shared = this.#add("Where", [none, this.#number(1), places]);
    this.#add("Div", [shared, this.#add("ReduceSum", [shared, axis])], {}, probabilities);
  }

  /** The values that are fitted, in the units of the data. */
  #fit({ scaling: { value } }: Frame): void {
    const name = "values";
    this.outputs.push({ name, type: "float", columns: null });
    const single = this.#add("Squeeze", [OUTPUTS, this.#whole(1n)]);
    const scaled = this.#add("Mul", [single, this.#number(value.scale)]);
    this.#add("Add", [scaled, this.#number(value.center)], {}, name);
  }

  #add(
    operator: string,
    inputs: readonly string[],
    attributes: Node["attributes"] = {},
    output = `${operator.toLowerCase()}_${this.nodes.length}`,
  ): string {
    this.nodes.push({ operator, inputs, output, attributes });
    return output;
  }
  #number(value: number): string {
    return this.#floats([value], []);
  }
  #floats(
    values: ArrayLike<number>,
    shape: readonly number[],
    name = `constant_${this.constants.length}`,
  ): string {
    this.constants.push({ name, shape, values: Float32Array.from(values) });
    return name;
  }
  #whole(value: bigint): string {
    const name = `constant_${this.constants.length}`;
    this.constants.push({ name, shape: [1], values: BigInt64Array.of(value) });
    return name;
  }
}

/** Types of numbers, by ONNX's own numbers for them. */
export const TYPES = { float: 1, int64: 7 } as const;
