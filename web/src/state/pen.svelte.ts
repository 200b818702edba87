/**
 * The drawing on the pad while it is drawn: finished strokes as text, and the stroke under way as points.
 *
 * What the pen does touches nothing but this, whatever the number of drawings that are kept.
 */

import type { Point, Reader } from "../engine/reading";
import { LONGEST_DRAWING } from "../experiment/drawn";
import type { PadState } from "./pad-state";

export class Pen {
  readonly #pad: () => PadState;
  readonly #reader: () => Reader | null;
  /** The stroke under way; null while the pen is up. */
  #stroke = $state.raw<readonly Point[] | null>(null);

  constructor(pad: () => PadState, reader: () => Reader | null) {
    this.#pad = pad;
    this.#reader = reader;
  }

  get isDown(): boolean {
    return this.#stroke !== null;
  }
  /** The finished strokes that stay when a stroke is drawn: none of a drawing that has its label, or of cells. */
  readonly #finished = $derived.by(() => {
    const { text, row } = this.#pad();
    return this.isDown && (row !== null || isOfCells(text)) ? "" : text;
  });
  readonly #finishedStrokes = $derived.by(
    (): readonly (readonly Point[])[] => this.#reader()?.strokes(this.#finished) ?? [],
  );
  /** The drawing as it is at this moment. */
  readonly text = $derived.by(() => {
    const stroke = this.#stroke && this.#reader()?.write([this.#stroke], false);
    return stroke ? joined(this.#finished, stroke) : this.#finished;
  });
  readonly strokes: readonly (readonly Point[])[] = $derived(
    this.#stroke ? [...this.#finishedStrokes, this.#stroke] : this.#finishedStrokes,
  );
  /** Where the drawing is among those that are kept; null for a new one. */
  readonly row = $derived.by(() => (this.isDown ? null : this.#pad().row));

  begin(point: Point): void {
    this.#stroke = [point];
  }
  extend(points: readonly Point[]): void {
    if (this.#stroke) this.#stroke = [...this.#stroke, ...points];
  }
  /** End the stroke; returns the drawing with it, or null where it is longer than can be kept. */
  lift(reader: Reader): string | null {
    const text = joined(this.#finished, reader.write([this.#stroke ?? []], true));
    this.#stroke = null;
    return text.length <= LONGEST_DRAWING ? text : null;
  }
}

/** Whether a drawing's text holds cells instead of strokes. */
export function isOfCells(text: string): boolean {
  return text.startsWith(".");
}

function joined(strokes: string, stroke: string): string {
  return strokes && stroke ? `${strokes}.${stroke}` : strokes || stroke;
}
