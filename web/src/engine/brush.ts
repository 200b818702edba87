/** Paints values in the engine's memory, in memory that is free. Its pictures are views: void when memory grows. */

import { aligned, type Engine } from "./engine";

/** Values that have the first and the last colour of a palette. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export class Brush {
  readonly #engine: Engine;
  /** Where the next piece of memory is taken from. */
  #next: number;

  /** All that will be taken is reserved at once, since views made earlier are void when memory grows. */
  constructor(engine: Engine, free: number, bytes: number) {
    this.#engine = engine;
    this.#next = free;
    engine.reserve(free + bytes);
  }

  take(words: number): number {
    const address = this.#next;
    this.#next = aligned(address + words * 4);
    return address;
  }

  load(colours: Uint32Array): number {
    const address = this.take(colours.length);
    this.#engine.words(address, colours.length).set(colours);
    return address;
  }

  /** RGBA of values, by a palette that is loaded. */
  paint(
    values: number,
    cells: number,
    { low, high }: Range,
    palette: number,
    colours: number,
  ): Uint8ClampedArray<ArrayBuffer> {
    const out = this.take(cells);
    this.#engine.functions.paint(values, cells, low, high, palette, colours, out);
    return this.#pixels(out, cells);
  }

  /** RGBA of the values of all classes, blended or, with `hard`, the strongest alone. */
  paintClasses(
    values: number,
    cells: number,
    classes: number,
    hard: boolean,
    colours: number,
  ): Uint8ClampedArray<ArrayBuffer> {
    const out = this.take(cells);
    this.#engine.functions.paint_classes(values, cells, classes, hard ? 1 : 0, colours, out);
    return this.#pixels(out, cells);
  }

  #pixels(address: number, cells: number): Uint8ClampedArray<ArrayBuffer> {
    const { buffer } = this.#engine.words(address, cells);
    return new Uint8ClampedArray(buffer, address, cells * 4);
  }
}
