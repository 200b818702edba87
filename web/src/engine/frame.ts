/**
 * One moment of a run, as the screen needs it.
 *
 * Columns are numbered from the inputs (0) to the outputs; layers, which have weights, from the first
 * hidden layer (0) to the output layer. Layer l leads from column l to column l + 1. All arrays are views
 * of one buffer, which goes back to the worker two frames later: keep copies, not references.
 */

import type { Account } from "./account";
import {
  Int,
  Loss,
  Optimizer,
  Regularizer,
  type LossName,
  type OptimizerName,
  type RegularizerName,
} from "./bindings";
import type { Place } from "./moment";
import { scalingOf, type Scaling } from "./scaling";
import type { StopReason } from "./stopping";

export type RunStatus = "ready" | "running" | "diverged";
export type Task = "classification" | "regression";

/** A weight: layer l leads from column l to column l + 1. */
export interface WeightRef {
  readonly layer: number;
  readonly unit: number;
  readonly input: number;
}

/** A weight, or with null for the input a bias. */
export type ParameterRef = Omit<WeightRef, "input"> & { readonly input: number | null };

/** Why a run stopped: where a number left the finite ones, and when. */
export interface Failure {
  /** Layer in which it was found, from 0; null for the loss. */
  readonly layer: number | null;
  /** Number of the update that went wrong, from 1. */
  readonly step: number;
  /** The whole story in one sentence. */
  readonly reason: string;
}

/** Loss, accuracy and confusion of one part of the samples; null where the part is empty or has no classes. */
export interface PartResult {
  /** Mean loss per sample, without the penalty of the regularisation. */
  readonly loss: number | null;
  /** loss + penalty: what training makes small. */
  readonly objective: number | null;
  /** Share of samples put in the right class, 0 to 1. */
  readonly accuracy: number | null;
}

/** A unit's value over the plane; for given inputs that form a square, its weights on their grid. */
export interface Tile {
  /** RGBA, (resolution, resolution), rows from the top. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** The value itself, (resolution, resolution). */
  readonly values: Float32Array;
  /** Values that have the first and the last colour of the palette. */
  readonly low: number;
  readonly high: number;
}

/** The answer of the network over the plane, all outputs blended into one picture. */
export interface Surface {
  readonly resolution: number;
  /** RGBA, (resolution, resolution), rows from the top. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** (outputs, resolution, resolution): what the outputs say; probabilities with cross-entropy. */
  readonly values: Float32Array;
  /** Values of a single output that have the first and the last colour of the palette. */
  readonly low: number;
  readonly high: number;
}

/** Edges of the square plane that tiles and surface show, in units of the plane. */
export interface Plane {
  readonly low: number;
  readonly high: number;
}

/** The plain data of a frame, as the worker posts them. */
export interface FrameData {
  /** Grows with every network that starts anew or is brought back. */
  readonly run: number;
  /** The settings and the layout of the run's block, HEADER_WORDS words. */
  readonly header: Uint32Array;
  readonly status: RunStatus;
  readonly failure: Failure | null;
  /** Updates made so far. */
  readonly updates: number;
  /** Whole passes over the training samples made so far. */
  readonly epoch: number;
  /** Training samples already used in the pass under way. */
  readonly position: number;
  /** What the regularisation adds to the loss. */
  readonly penalty: number;
  readonly train: PartResult;
  readonly test: PartResult;
  readonly task: Task;
  /** Number of classes; 0 for regression. */
  readonly classes: number;
  /** Rows: true class, columns: predicted class; (classes, classes). Empty for regression. */
  readonly trainConfusion: Int32Array;
  readonly testConfusion: Int32Array;
  /** Units per column: inputs, hidden layers, outputs. */
  readonly widths: readonly number[];
  /** Activation of each layer, the output layer's last. */
  readonly activations: readonly string[];
  /** Places, among all parameters, of the weights that are switched off. */
  readonly off: Int32Array;
  /** Per layer, (inputs of the layer, units of the layer) as stored; see `weight`. */
  readonly weights: readonly Float32Array[];
  readonly biases: readonly Float32Array[];
  /** Gradient of the last update, in the same order. */
  readonly weightGradients: readonly Float32Array[];
  readonly biasGradients: readonly Float32Array[];
  /** Cells along an edge of a tile. */
  readonly tileResolution: number;
  /**
   * Tiles by column and unit; wide columns have fewer tiles than units, see `ViewOptions.tilesPerColumn`. Given inputs
   * have none themselves; tiles of weights may be a moment older than the weights while the run is training.
   */
  readonly tiles: readonly (readonly Tile[])[];
  readonly surface: Surface | null;
  readonly plane: Plane;
  /** Number of samples; the first `trainSamples` are trained on, the rest is held out. */
  readonly samples: number;
  readonly trainSamples: number;
  /** (samples, 2), in units of the plane. */
  readonly points: Float32Array;
  /** (samples,): the true class of each sample, from 0, or the number to fit. */
  readonly values: Float32Array;
  /** (samples, outputs): what the network should say. */
  readonly targets: Float32Array;
  /** Predicted class of each sample; −1 for regression. */
  readonly predicted: Int32Array;
  /** (samples, outputs): what the network says. */
  readonly outputs: Float32Array;
  readonly sampleLosses: Float32Array;
  /** Updates per second of training time, over the last moments; null while nothing has been trained. */
  readonly stepsPerSecond: number | null;
  /** Why training has just stopped by itself; null in all other frames. */
  readonly stopped: StopReason | null;
  /** The account of the next update, where one is asked for; its arrays are its own. */
  readonly account: Account | null;
  /** Where in the history it is. */
  readonly place: Place;
  /** The memory behind all arrays but those of the account. */
  readonly buffer: ArrayBuffer;
}

// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unsafe-declaration-merging -- the constructor assigns every field
export interface Frame extends FrameData {}

/** One moment of a run, with named access to its numbers. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- see above
export class Frame {
  constructor(data: FrameData) {
    Object.assign(this, data);
  }

  get trainLoss(): number | null {
    return this.train.loss;
  }
  get testLoss(): number | null {
    return this.test.loss;
  }
  get trainObjective(): number | null {
    return this.train.objective;
  }
  get testObjective(): number | null {
    return this.test.objective;
  }
  get trainAccuracy(): number | null {
    return this.train.accuracy;
  }
  get testAccuracy(): number | null {
    return this.test.accuracy;
  }
  get testSamples(): number {
    return this.samples - this.trainSamples;
  }
  get layers(): number {
    return this.weights.length;
  }
  /** All weights and biases of the network. */
  get parameters(): number {
    return [...this.weights, ...this.biases].reduce((sum, array) => sum + array.length, 0);
  }

  /** Weight that leads from `input` (a unit of the column before) to `unit` of `layer`. */
  weight(layer: number, unit: number, input: number): number {
    return this.#entry(this.weights, layer, unit, input);
  }
  bias(layer: number, unit: number): number {
    return at(this.biases[layer], unit);
  }
  parameter({ layer, unit, input }: ParameterRef): number {
    return input === null ? this.bias(layer, unit) : this.weight(layer, unit, input);
  }
  /** Whether a weight is switched off. */
  isOff(layer: number, unit: number, input: number): boolean {
    if (this.off.length === 0) return false;
    return this.off.includes(this.#start(layer) + input * (this.widths[layer + 1] ?? 0) + unit);
  }
  /** Whether all weights that leave a unit are. */
  unitIsOff(column: number, unit: number): boolean {
    const targets = this.widths[column + 1] ?? 0;
    if (targets === 0 || this.off.length < targets) return false;
    return this.weightsFrom(column, unit).every((weight) =>
      this.isOff(weight.layer, weight.unit, weight.input),
    );
  }
  /** All weights that leave a unit. */
  weightsFrom(column: number, unit: number): WeightRef[] {
    const targets = this.widths[column + 1] ?? 0;
    return Array.from({ length: targets }, (_, target) => ({
      layer: column,
      unit: target,
      input: unit,
    }));
  }
  /** All weights that are switched off. */
  get weightsOff(): WeightRef[] {
    return Array.from(this.off, (place) => {
      let layer = 0;
      while (layer + 1 < this.layers && this.#start(layer + 1) <= place) layer++;
      const units = this.widths[layer + 1] ?? 1;
      const within = place - this.#start(layer);
      return { layer, unit: within % units, input: Math.floor(within / units) };
    });
  }
  /** The loss, after "auto" is resolved. */
  get lossName(): LossName {
    return nameOf(Loss, this.header[Int.LOSS_KIND]);
  }
  get optimizer(): OptimizerName {
    return nameOf(Optimizer, this.header[Int.OPTIMIZER]);
  }
  get regularizer(): RegularizerName {
    return nameOf(Regularizer, this.header[Int.REGULARIZER]);
  }
  /** How given points and values were brought onto the plane. */
  get scaling(): Scaling {
    return scalingOf(this.header);
  }
  /** ∂L/∂w of the last update, penalty included. */
  weightGradient(layer: number, unit: number, input: number): number {
    return this.#entry(this.weightGradients, layer, unit, input);
  }
  biasGradient(layer: number, unit: number): number {
    return at(this.biasGradients[layer], unit);
  }
  tile(column: number, unit: number): Tile | undefined {
    return this.tiles[column]?.[unit];
  }

  /** What each output says at a point of the plane; empty outside of it or while there is no surface. */
  answerAt(x1: number, x2: number): number[] {
    const { surface } = this;
    if (surface === null) return [];
    return this.#valuesAt(surface.values, surface.resolution, x1, x2);
  }
  /** A unit's value at a point of the plane, in the resolution of its tile; undefined outside of it. */
  unitAt(column: number, unit: number, x1: number, x2: number): number | undefined {
    const tile = this.tile(column, unit);
    return tile && this.#valuesAt(tile.values, this.tileResolution, x1, x2)[0];
  }

  #start(layer: number): number {
    return this.header[Int.LAYER_STARTS + layer] ?? 0;
  }

  #valuesAt(values: Float32Array, resolution: number, x1: number, x2: number): number[] {
    const { low, high } = this.plane;
    const column = Math.floor(((x1 - low) / (high - low)) * resolution);
    const row = Math.floor(((high - x2) / (high - low)) * resolution);
    if (column < 0 || row < 0 || column >= resolution || row >= resolution) return [];
    const cells = resolution * resolution;
    const found: number[] = [];
    for (let start = row * resolution + column; start < values.length; start += cells) {
      found.push(at(values, start));
    }
    return found;
  }

  #entry(arrays: readonly Float32Array[], layer: number, unit: number, input: number): number {
    return at(arrays[layer], input * (this.widths[layer + 1] ?? 0) + unit);
  }
}

function at(array: Float32Array | undefined, index: number): number {
  const value = array?.[index];
  if (value === undefined) throw new RangeError(`no such unit or weight: index ${index}`);
  return value;
}

function nameOf<Name extends string>(names: Readonly<Record<Name, number>>, code?: number): Name {
  const found = Object.entries(names).find(([, value]) => value === code);
  if (!found) throw new RangeError(`the engine knows no ${String(code)}`);
  return found[0] as Name;
}
