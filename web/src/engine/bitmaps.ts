/** Bitmaps of kept drawings: each is made once for a grid. */

import { rasterize } from "./drawings";
import type { Engine } from "./engine";

/** So many cells are kept, of a byte each; beyond, all are made anew. */
const MOST_CELLS = 2 ** 25;

export class Bitmaps {
  readonly #engine: Engine;
  readonly #byGrid = new Map<number, Map<string, Uint8Array>>();
  #cells = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** 1 or 0 for each cell, row by row from the top; not to be changed. `free`: see `drawings.ts`. */
  of(text: string, grid: number, free: number): Uint8Array {
    const known = this.#byGrid.get(grid)?.get(text);
    if (known) return known;
    const bits = rasterize(this.#engine, text, grid, free);
    if (this.#cells + bits.length > MOST_CELLS) {
      this.#byGrid.clear();
      this.#cells = 0;
    }
    const byText = this.#byGrid.get(grid) ?? new Map<string, Uint8Array>();
    this.#byGrid.set(grid, byText.set(text, bits));
    this.#cells += bits.length;
    return bits;
  }
}
