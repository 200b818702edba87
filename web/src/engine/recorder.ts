/** Records the present moment of a run as a frame: everything is copied into one buffer that can be handed over. */

import { HEADER_WORDS } from "./bindings";
import type { FrameData, PartResult, Surface, Tile } from "./frame";
import { PLANE } from "./painter";
import type { Run } from "./run";

type Copied =
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint8ClampedArray<ArrayBuffer>;

/** Copies arrays one behind the other into a buffer: the recycled one if it is large enough, else a new one. */
class Copies {
  readonly buffer: ArrayBuffer;
  #next = 0;

  constructor(bytes: number, recycled: ArrayBuffer | null) {
    this.buffer = recycled && recycled.byteLength >= bytes ? recycled : new ArrayBuffer(bytes);
  }
  floats(source: Float32Array): Float32Array<ArrayBuffer> {
    return this.#place(source, (at) => new Float32Array(this.buffer, at, source.length));
  }
  ints(source: Int32Array): Int32Array<ArrayBuffer> {
    return this.#place(source, (at) => new Int32Array(this.buffer, at, source.length));
  }
  words(source: Uint32Array): Uint32Array<ArrayBuffer> {
    return this.#place(source, (at) => new Uint32Array(this.buffer, at, source.length));
  }
  pixels(source: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
    return this.#place(source, (at) => new Uint8ClampedArray(this.buffer, at, source.length));
  }
  #place<A extends Copied>(
    source: ArrayLike<number> & { byteLength: number },
    view: (at: number) => A,
  ): A {
    const copy = view(this.#next);
    copy.set(source);
    this.#next += source.byteLength;
    return copy;
  }
}

export interface Pictures {
  readonly tileResolution: number;
  readonly tiles: readonly (readonly Tile[])[];
  readonly surface: Surface | null;
}

/** A frame of the run's present moment; `pictures` may be views of the engine's memory. */
export function record(
  run: Run,
  pictures: Pictures,
  rest: Pick<FrameData, "run" | "place" | "stepsPerSecond" | "stopped" | "account">,
  recycled: ArrayBuffer | null,
): FrameData {
  const copies = new Copies(bytesOf(run, pictures), recycled);
  const classes = run.int("OUTPUT_CLASSES");
  const confusion = run.array("CONFUSION");
  const parameters = run.parameters("PARAMETERS");
  const gradients = run.parameters("GRADIENTS");
  const samples = run.int("SAMPLES");
  const trainSamples = run.int("TRAIN_SAMPLES");
  const copy = (each: Float32Array) => copies.floats(each);
  return {
    ...rest,
    header: copies.words(run.header),
    status: run.diverged ? "diverged" : "running",
    failure: run.failure,
    updates: run.updates,
    epoch: run.int("EPOCHS"),
    position: run.int("POSITION"),
    penalty: run.double("PENALTY"),
    train: resultOf(run, "TRAIN", trainSamples),
    test: resultOf(run, "TEST", samples - trainSamples),
    task: classes > 0 ? "classification" : "regression",
    classes,
    trainConfusion: copies.ints(confusion.subarray(0, classes ** 2)),
    testConfusion: copies.ints(confusion.subarray(classes ** 2)),
    widths: run.widths,
    activations: run.activations,
    off: copies.ints(run.array("OFF")),
    weights: parameters.weights.map(copy),
    biases: parameters.biases.map(copy),
    weightGradients: gradients.weights.map(copy),
    biasGradients: gradients.biases.map(copy),
    tileResolution: pictures.tileResolution,
    tiles: pictures.tiles.map((column) => column.map((tile) => copyPicture(copies, tile))),
    surface: pictures.surface && copyPicture(copies, pictures.surface),
    plane: PLANE,
    samples,
    trainSamples,
    points: copies.floats(run.array("POINTS")),
    values: copies.floats(run.array("VALUES")),
    targets: copies.floats(run.array("TARGETS")),
    outputs: copies.floats(run.array("NETWORK_OUTPUTS")),
    predicted: copies.ints(run.array("PREDICTED")),
    sampleLosses: copies.floats(run.array("SAMPLE_LOSSES")),
    buffer: copies.buffer,
  };
}

function copyPicture<Picture extends Tile | Surface>(copies: Copies, picture: Picture): Picture {
  return {
    ...picture,
    pixels: copies.pixels(picture.pixels),
    values: copies.floats(picture.values),
  };
}

/** Loss and accuracy of one part of the samples. */
export function resultOf(run: Run, part: "TRAIN" | "TEST", samples: number): PartResult {
  if (samples === 0) return { loss: null, objective: null, accuracy: null };
  const classified = run.int("OUTPUT_CLASSES") > 0;
  return {
    loss: run.double(`${part}_LOSS`),
    objective: run.double(`${part}_OBJECTIVE`),
    accuracy: classified ? run.double(`${part}_ACCURACY`) : null,
  };
}

function bytesOf(run: Run, { tiles, surface }: Pictures): number {
  const pictures = [...tiles.flat(), ...(surface ? [surface] : [])];
  const arrays = [
    "POINTS",
    "VALUES",
    "TARGETS",
    "NETWORK_OUTPUTS",
    "PREDICTED",
    "SAMPLE_LOSSES",
  ] as const;
  const words =
    HEADER_WORDS +
    2 * run.int("PARAMETER_COUNT") +
    run.array("CONFUSION").length +
    run.array("OFF").length +
    arrays.reduce((sum, name) => sum + run.array(name).length, 0) +
    pictures.reduce((sum, { pixels, values }) => sum + pixels.length / 4 + values.length, 0);
  return words * 4;
}
