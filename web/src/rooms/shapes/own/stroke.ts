/** One press on the plane, from its beginning to its end, with each of the tools. */

import type { OwnPoints } from "./own.svelte";
import { Spray, type Spot } from "./spray";

/** What a press would do if it ended now, in units of the plane. */
export interface Sketch {
  /** Points that come. */
  readonly puts: readonly Spot[];
  /** Rows that go. */
  readonly erased: ReadonlySet<number>;
  /** The row that moves, and where to. */
  readonly moved: { readonly row: number; readonly to: Spot } | null;
}

export const NOTHING: Sketch = { puts: [], erased: new Set(), moved: null };

/** Lengths in units of the plane, given the edge of a pixel in them. */
export interface Reach {
  /** Within this a point is touched. */
  readonly touch: number;
  readonly brush: number;
  /** A press that goes no further is a click. */
  readonly still: number;
}

export class Stroke {
  readonly #own: OwnPoints;
  readonly #reach: Reach;
  readonly #start: Spot;
  readonly #spray: Spray;
  readonly #row: number | null;
  #brushes = false;
  #sketch: Sketch;

  constructor(own: OwnPoints, start: Spot, reach: Reach) {
    this.#own = own;
    this.#reach = reach;
    this.#start = start;
    this.#spray = new Spray(start, reach.brush, reach.brush / 3);
    const near = own.nearest(start, reach.touch);
    this.#row = own.tool === "move" ? near : null;
    this.#sketch = { ...NOTHING, puts: own.tool === "put" ? [start] : [] };
    if (own.tool === "erase") this.#erase(start);
  }

  get sketch(): Sketch {
    return this.#sketch;
  }

  to(next: Spot): void {
    const { tool } = this.#own;
    if (tool === "erase") return this.#erase(next);
    const far = Math.hypot(next[0] - this.#start[0], next[1] - this.#start[1]);
    this.#brushes ||= far > this.#reach.still;
    if (!this.#brushes) return;
    if (tool === "put") {
      const puts = [...this.#sketch.puts, ...this.#spray.to(next)];
      this.#sketch = { ...this.#sketch, puts };
    } else if (this.#row !== null) {
      this.#sketch = { ...NOTHING, moved: { row: this.#row, to: next } };
    }
  }

  /** Carry out what the sketch shows, as one step; returns whether anything changed. */
  end(): boolean {
    const { puts, erased, moved } = this.#sketch;
    if (puts.length > 0) return this.#own.put(puts);
    if (erased.size > 0) return this.#own.remove([...erased]);
    return moved !== null && this.#own.move(moved.row, moved.to);
  }

  #erase(place: Spot): void {
    const rows = this.#own.within(place, this.#reach.touch);
    if (rows.length === 0) return;
    this.#sketch = { ...NOTHING, erased: new Set([...this.#sketch.erased, ...rows]) };
  }
}
