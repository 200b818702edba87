/** Pictures of a run over the plane: a tile per unit, and the surface of the answer. The engine does the painting. */

import { EXTENT } from "./bindings";
import { Brush, type Range } from "./brush";
import type { Engine } from "./engine";
import type { Plane, Surface, Tile } from "./frame";
import type { ViewOptions } from "./protocol";
import type { Run } from "./run";

export const PLANE: Plane = { low: -EXTENT, high: EXTENT };

/** Activations whose values lie between known bounds; all others are shown from −m to m, m the largest |value|. */
const BOUNDED: Readonly<Record<string, Range>> = {
  sigmoid: { low: 0, high: 1 },
  softmax: { low: 0, high: 1 },
  tanh: { low: -1, high: 1 },
  sine: { low: -1, high: 1 },
};

/**
 * Paints one moment of a run. What it returns are views of the engine's memory: they are to be copied before the
 * engine does anything else.
 */
export class Painter {
  readonly #engine: Engine;
  readonly #run: Run;
  readonly #view: ViewOptions;
  readonly #tileResolution: number;
  readonly #surfaceResolution: number;
  readonly #brush: Brush;

  /** A resolution of 0 is for no picture. */
  constructor(
    engine: Engine,
    run: Run,
    view: ViewOptions,
    tileResolution: number,
    surfaceResolution: number,
  ) {
    this.#engine = engine;
    this.#run = run;
    this.#view = view;
    // Given inputs that are not points of the plane have no picture over it.
    const onPlane = run.int("FEATURES") !== 0;
    this.#tileResolution = onPlane ? tileResolution : 0;
    this.#surfaceResolution = onPlane ? surfaceResolution : 0;
    this.#brush = new Brush(engine, run.end, this.#bytesNeeded());
  }

  #bytesNeeded(): number {
    const units = sum(this.#run.widths);
    const { classColours, classPalettes, palette } = this.#view;
    const colours = classPalettes.reduce((sum, each) => sum + each.length, palette.length);
    const cells =
      2 * units * this.#tileResolution ** 2 +
      (this.#run.int("OUTPUTS") + 1) * this.#surfaceResolution ** 2;
    const pieces = 2 * units + classPalettes.length + 8;
    return 4 * (cells + 2 * colours + classColours.length) + 16 * pieces;
  }

  /** Tiles by column and unit. */
  tiles(): Tile[][] {
    const resolution = this.#tileResolution;
    if (resolution === 0) return [];
    const cells = resolution ** 2;
    const widths = this.#run.widths;
    const values = this.#brush.take(sum(widths) * cells);
    this.#evaluate(resolution, 0, values);
    const palette = this.#brush.load(this.#view.palette);
    return widths.map((width, column) => {
      const last = column === widths.length - 1;
      const shown = Math.min(width, this.#view.tilesPerColumn);
      const first = sum(widths.slice(0, column));
      return Array.from({ length: shown }, (_, unit) => {
        const address = values + (first + unit) * cells * 4;
        const perClass = last && width > 1 ? this.#view.classPalettes[unit] : undefined;
        const range = last ? this.#outputRange() : this.#unitRange(column, address, cells);
        return {
          ...range,
          values: this.#engine.floats(address, cells),
          pixels: perClass
            ? this.#brush.paint(address, cells, range, this.#brush.load(perClass), perClass.length)
            : this.#brush.paint(address, cells, range, palette, this.#view.palette.length),
        };
      });
    });
  }

  /** The answer of the network. */
  surface(): Surface | null {
    const resolution = this.#surfaceResolution;
    if (resolution === 0) return null;
    const cells = resolution ** 2;
    const outputs = this.#run.int("OUTPUTS");
    const address = this.#brush.take(outputs * cells);
    this.#evaluate(resolution, this.#run.layers, address);
    const range = this.#outputRange();
    const pixels =
      outputs > 1
        ? this.#paintClasses(address, cells, outputs)
        : this.#paintSingle(address, cells, range);
    return { ...range, resolution, pixels, values: this.#engine.floats(address, outputs * cells) };
  }

  #paintSingle(address: number, cells: number, range: Range): Tile["pixels"] {
    const { palette, discretize } = this.#view;
    const ends = new Uint32Array([palette[0] ?? 0, palette.at(-1) ?? 0]);
    const colours = discretize ? ends : palette;
    return this.#brush.paint(address, cells, range, this.#brush.load(colours), colours.length);
  }

  #paintClasses(address: number, cells: number, classes: number): Tile["pixels"] {
    const { classColours, discretize } = this.#view;
    const colours = this.#brush.load(classColours);
    return this.#brush.paintClasses(address, cells, classes, discretize, colours);
  }

  #evaluate(resolution: number, firstLayer: number, out: number): void {
    const { low, high } = PLANE;
    this.#engine.functions.surfaces(this.#run.address, resolution, low, high, firstLayer, out);
  }

  #unitRange(column: number, address: number, cells: number): Range {
    const bounds = column > 0 ? BOUNDED[this.#run.activations[column - 1] ?? ""] : undefined;
    return bounds ?? around(this.#engine.floats(address, cells));
  }

  /** Classes are shown from one target to the other; numbers to fit, from − to + the largest of the samples. */
  #outputRange(): Range {
    return this.#run.int("OUTPUT_CLASSES") > 0
      ? { low: this.#run.real("TARGET_LOW"), high: this.#run.real("TARGET_HIGH") }
      : around(this.#run.array("VALUES"));
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function around(values: Float32Array): Range {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  // All zeros have the middle colour.
  return most > 0 && most < Infinity ? { low: -most, high: most } : { low: -1, high: 1 };
}
