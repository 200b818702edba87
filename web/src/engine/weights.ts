/** Pictures of weights, for given inputs that form a square: what each unit looks for, on the inputs' grid. */

import { Brush, type Range } from "./brush";
import type { Engine } from "./engine";
import type { Tile } from "./frame";
import type { ViewOptions } from "./protocol";
import type { Pictures } from "./recorder";
import type { Run } from "./run";

/** Weights of this size have the full colour, as long as there are no larger ones. */
const LEAST_RANGE = 0.4;
/** After painting, so many times as long nothing is painted while the run is training. */
const REST = 2;

/** Cells along an edge of the bitmap that the inputs are; 0 where they are no bits, or do not form a square. */
export function gridOf(run: Run): number {
  if (run.int("BITS") === 0) return 0;
  const grid = Math.sqrt(run.int("WIDTHS"));
  return Number.isInteger(grid) ? grid : 0;
}

/** Keeps the pictures of all columns, and paints them anew where there is time. */
export class WeightPictures {
  readonly #engine: Engine;
  readonly #now: () => number;
  /** By layer; empty before the first picture. */
  #columns: Column[] = [];
  /** What the columns were painted for. */
  #view: ViewOptions | null = null;
  /** The layer that has waited longest. */
  #next = 0;
  #restUntil = 0;

  constructor(engine: Engine, now: () => number) {
    this.#engine = engine;
    this.#now = now;
  }

  /** Another network is pictured from now on. */
  forget(): void {
    this.#columns = [];
  }

  /** Pictures of a run that rests: all of this moment. */
  resting(run: Run, view: ViewOptions): Pictures {
    this.#paint(run, view, Infinity);
    return this.#pictures(run, view);
  }

  /** Pictures of a run in training: some layers are of a moment ago where painting all takes longer (ms). */
  training(run: Run, view: ViewOptions, budget: number): Pictures {
    if (view !== this.#view || this.#columns.length === 0) return this.resting(run, view);
    const start = this.#now();
    if (start >= this.#restUntil) {
      this.#paint(run, view, budget);
      const end = this.#now();
      this.#restUntil = end + REST * (end - start);
    }
    return this.#pictures(run, view);
  }

  /** Paint one layer after the other until time is up (ms), or all are painted. */
  #paint(run: Run, view: ViewOptions, budget: number): void {
    this.#view = view;
    const start = this.#now();
    for (let k = 0; k < run.layers && (k === 0 || this.#now() - start < budget); k++) {
      this.#next %= run.layers;
      const column = (this.#columns[this.#next] ??= new Column());
      column.paint(this.#engine, run, view, this.#next);
      this.#next++;
    }
  }

  #pictures(run: Run, view: ViewOptions): Pictures {
    const tiles = [[], ...this.#columns.map((column) => column.tiles)];
    return view.tilesPerColumn === 0
      ? { tileResolution: 0, tiles: [], surface: null }
      : { tileResolution: gridOf(run), tiles, surface: null };
  }
}

/** The pictures of one layer's units, in memory of their own. */
class Column {
  #values = new Float32Array();
  #pixels = new Uint8ClampedArray();
  #tiles: Tile[] = [];

  get tiles(): readonly Tile[] {
    return this.#tiles;
  }

  paint(engine: Engine, run: Run, view: ViewOptions, layer: number): void {
    const cells = gridOf(run) ** 2;
    const count = Math.min(run.int("WIDTHS", layer + 1), view.tilesPerColumn);
    const all = count * cells;
    const brush = new Brush(engine, run.end, 4 * (2 * all + view.palette.length) + 64);
    const values = brush.take(all);
    engine.functions.picture_weights(run.address, layer, count, values);
    const weights = engine.floats(values, all);
    const range = around(weights);
    const palette = brush.load(view.palette);
    this.#resize(all);
    this.#values.set(weights);
    this.#pixels.set(brush.paint(values, all, range, palette, view.palette.length));
    this.#tiles = Array.from({ length: count }, (_, unit) => ({
      ...range,
      values: this.#values.subarray(unit * cells, (unit + 1) * cells),
      pixels: this.#pixels.subarray(4 * unit * cells, 4 * (unit + 1) * cells),
    }));
  }

  #resize(cells: number): void {
    if (this.#values.length === cells) return;
    this.#values = new Float32Array(cells);
    this.#pixels = new Uint8ClampedArray(4 * cells);
  }
}

/** From − to + the largest |value|, but so far at least that an untrained network looks dim. */
function around(values: Float32Array): Range {
  let most = LEAST_RANGE;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most < Infinity ? { low: -most, high: most } : { low: -1, high: 1 };
}
