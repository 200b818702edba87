/**
 * What the network makes of a drawing, at once: the same engine once more, on the page's own thread.
 *
 * It has the parameters of the newest frame, so that the drawing under the pen needs no message to the worker.
 */

import { DataKind, Int } from "./bindings";
import { Bitmaps } from "./bitmaps";
import {
  fit,
  rasterize,
  readStrokes,
  writeByHand,
  writeCells,
  writeStrokes,
  type Point,
} from "./drawings";
import { Engine, aligned, type EngineSource } from "./engine";
import type { Frame } from "./frame";
import { Run } from "./run";
import { wasm } from "./wasm";
import { gridOf } from "./weights";

export type { Point } from "./drawings";

/** What the network makes of one drawing. */
export interface Reading {
  readonly text: string;
  /** Cells along an edge of the bitmap. */
  readonly grid: number;
  /** (grid²,): 1 or 0 for each cell, row by row from the top. */
  readonly bits: Uint8Array;
  /** How many cells are 1. */
  readonly on: number;
  /** Strokes in the fitted square, 0 to 1, y down; none for a drawing of cells or an empty one. */
  readonly fitted: readonly (readonly Point[])[];
  /** z per column; that of the inputs is empty. */
  readonly preActivations: readonly Float32Array[];
  /** a per column: inputs, hidden layers, outputs. */
  readonly activations: readonly Float32Array[];
  /** The last column. */
  readonly outputs: Float32Array;
  /** The class with the largest output, the first of equals. */
  readonly predicted: number;
  /** How each input speaks for or against an output: the predicted one, or the one asked for. */
  readonly why: {
    readonly output: number;
    /** (inputs,): together they lead from the margin of the empty square to that of this drawing. */
    readonly shares: Float32Array;
    /** Margin of the empty square. */
    readonly empty: number;
    /** Margin of this drawing. */
    readonly total: number;
  };
}

type Drawn = Pick<Reading, "text" | "grid" | "bits" | "on" | "fitted">;

export class Reader {
  readonly #engine: Engine;
  readonly #bitmaps: Bitmaps;
  /** The network without samples; null until the first frame, and where its inputs are no bitmap. */
  #run: Run | null = null;
  /** The frame whose parameters are still to be copied. */
  #pending: Frame | null = null;
  #drawn: Drawn | null = null;

  private constructor(engine: Engine) {
    this.#engine = engine;
    this.#bitmaps = new Bitmaps(engine);
  }

  static async load(source: EngineSource | Promise<EngineSource> = wasm()): Promise<Reader> {
    return new Reader(await Engine.load(source));
  }

  /**
   * Read with the parameters of this frame from now on. They are copied when something is read, so that frames are to
   * be taken as they come.
   */
  take(frame: Frame): void {
    this.#pending = frame;
    if (this.#run && sameNetwork(this.#run.header, frame.header)) return;
    const header = frame.header.slice();
    header[Int.DATA_KIND] = DataKind.given;
    header[Int.SAMPLES] = header[Int.TEST_SAMPLES] = 0;
    const source = { header, given: null };
    const run = Run.open(this.#engine, this.#engine.base, source, this.#bitmaps);
    this.#run = gridOf(run) > 0 ? run : null;
  }

  /** What the network makes of a drawing ("" is the empty square); null while there is no network. */
  read(text: string, asked?: number): Reading | null {
    const run = this.#run;
    if (!run) return null;
    this.#copyParameters(run);
    const drawn = this.#draw(text, gridOf(run));
    const { widths } = run;
    const units = widths.reduce((sum, width) => sum + width, 0);
    const cells = drawn.bits.length;
    const inputs = this.#free;
    const z = aligned(inputs + 4 * cells);
    const a = aligned(z + 4 * units);
    const shares = aligned(a + 4 * units);
    this.#engine.reserve(shares + 4 * (cells + 2));
    this.#engine.floats(inputs, cells).set(drawn.bits);
    this.#engine.functions.respond(run.address, inputs, z, a);
    const activations = columns(this.#engine.floats(a, units).slice(), widths);
    const outputs = activations.at(-1) ?? new Float32Array();
    const predicted = this.#decide(run, outputs);
    const output = Math.min(asked ?? predicted, outputs.length - 1);
    this.#engine.functions.share_out(run.address, inputs, output, shares);
    const why = this.#engine.floats(shares, cells + 2).slice();
    return {
      ...drawn,
      preActivations: columns(this.#engine.floats(z, units).slice(), widths, 1),
      activations,
      outputs,
      predicted,
      why: {
        output,
        shares: why.subarray(0, cells),
        empty: why[cells] ?? 0,
        total: why[cells + 1] ?? 0,
      },
    };
  }
  /** The bitmap of a drawing that is kept: 1 or 0 for each cell; made once, not to be changed. */
  bitmap(text: string, grid: number): Uint8Array {
    return this.#bitmaps.of(text, grid, this.#free);
  }
  /** The strokes in the fitted square, 0 to 1, y down; none for a drawing of cells. */
  fit(text: string): Point[][] {
    return fit(this.#engine, text, this.#free);
  }
  /** The text of strokes in pad units: every point, or only those that the shape needs. */
  write(strokes: readonly (readonly Point[])[], simplified: boolean): string {
    return writeStrokes(this.#engine, strokes, simplified, this.#free);
  }
  /** The strokes of a drawing in pad units; none for a drawing of cells. */
  strokes(text: string): Point[][] {
    return readStrokes(this.#engine, text, this.#free);
  }
  /** The text of a drawing of cells. */
  cells(bits: Uint8Array, grid: number): string {
    return writeCells(this.#engine, bits, grid, this.#free);
  }
  /** A character as a seeded hand writes it, in pad units; null for one that the hand has not learnt. */
  byHand(character: string, seed: number): Point[][] | null {
    return writeByHand(this.#engine, character, seed, this.#free);
  }

  /** Address of memory that nothing uses. */
  get #free(): number {
    return this.#run?.end ?? this.#engine.base;
  }

  #copyParameters(run: Run): void {
    if (!this.#pending) return;
    const { weights, biases } = run.parameters("PARAMETERS");
    for (let layer = 0; layer < run.layers; layer++) {
      weights[layer]?.set(this.#pending.weights[layer] ?? []);
      biases[layer]?.set(this.#pending.biases[layer] ?? []);
    }
    this.#pending = null;
  }

  /** The last drawing is remembered: while the network is training, only the network's part is new. */
  #draw(text: string, grid: number): Drawn {
    if (this.#drawn?.text === text && this.#drawn.grid === grid) return this.#drawn;
    const bits = rasterize(this.#engine, text, grid, this.#free);
    const on = bits.reduce((sum, bit) => sum + bit, 0);
    this.#drawn = { text, grid, bits, on, fitted: this.fit(text) };
    return this.#drawn;
  }

  /** The class: the largest output, or for a single one whether it reaches the middle of its targets. */
  #decide(run: Run, outputs: Float32Array): number {
    if (outputs.length > 1)
      return outputs.reduce((best, a, k) => (a > (outputs[best] ?? NaN) ? k : best), 0);
    const middle = 0.5 * (run.real("TARGET_LOW") + run.real("TARGET_HIGH"));
    return (outputs[0] ?? 0) >= middle ? 1 : 0;
  }
}

/** Whether two headers lay out networks alike; samples and rates may differ. */
function sameNetwork(one: Uint32Array, other: Uint32Array): boolean {
  for (let slot: number = Int.FEATURES; slot <= Int.LOSS; slot++) {
    if (one[slot] !== other[slot]) return false;
  }
  return one[Int.CLASSES] === other[Int.CLASSES];
}

/** Views of a packed array, a column of units each; those before `first` are empty. */
function columns(all: Float32Array, widths: readonly number[], first = 0): Float32Array[] {
  let start = 0;
  return widths.map((width, column) => {
    const units = all.subarray(start, column < first ? start : start + width);
    start += width;
    return units;
  });
}
