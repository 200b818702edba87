/**
 * What the engine makes of drawings: bitmaps, strokes, texts. A drawing's text is empty, strokes, or cells of a bitmap.
 *
 * `free` is always the address of memory that nothing else uses; views made before a call may be void after it.
 */

import { DRAWING } from "./bindings";
import { accepted, aligned, type Engine } from "./engine";

/** A place on the pad or, from 0 to 1, in the fitted square; y goes down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Words of a point: x, y, and whether a stroke begins. */
const POINT_WORDS = 3;
/** Words of the most points that a character takes, and of the hand's random state. */
const HAND_WORDS = DRAWING.hand_points * POINT_WORDS + 4;

/** The bitmap of a drawing: 1 or 0 for each cell, row by row from the top. */
export function rasterize(engine: Engine, text: string, grid: number, free: number): Uint8Array {
  const out = place(engine, text, grid * grid, free);
  accepted(engine.functions.rasterize(free, text.length, grid, out));
  return Uint8Array.from(engine.floats(out, grid * grid));
}

/** The strokes of a drawing in the fitted square, 0 to 1; none for a drawing of cells. */
export function fit(engine: Engine, text: string, free: number): Point[][] {
  const out = place(engine, text, POINT_WORDS * text.length, free);
  return strokesAt(engine, out, accepted(engine.functions.fit_drawing(free, text.length, out)));
}

/** The strokes of a drawing in pad units; none for a drawing of cells. */
export function readStrokes(engine: Engine, text: string, free: number): Point[][] {
  const out = place(engine, text, POINT_WORDS * text.length, free);
  return strokesAt(engine, out, accepted(engine.functions.read_strokes(free, text.length, out)));
}

/** The text of strokes in pad units: every point, or only those that the shape needs. */
export function writeStrokes(
  engine: Engine,
  strokes: readonly (readonly Point[])[],
  simplified: boolean,
  free: number,
): string {
  const count = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  const out = aligned(free + 4 * POINT_WORDS * count);
  engine.reserve(out + 16 * count);
  const points = engine.floats(free, POINT_WORDS * count);
  let next = 0;
  for (const stroke of strokes) {
    stroke.forEach(({ x, y }, index) => {
      points[next++] = x;
      points[next++] = y;
      points[next++] = index === 0 ? 1 : 0;
    });
  }
  const tolerance = simplified ? DRAWING.tolerance : 0;
  return textAt(engine, out, engine.functions.write_strokes(free, count, tolerance, out));
}

/** The text of a drawing of cells: 1 or 0 for each, row by row from the top. */
export function writeCells(engine: Engine, bits: Uint8Array, grid: number, free: number): string {
  const out = aligned(free + 4 * bits.length);
  engine.reserve(out + 4 * bits.length + 16);
  engine.floats(free, bits.length).set(bits);
  return textAt(engine, out, engine.functions.write_cells(free, grid, out));
}

/** A character as a seeded hand writes it, in pad units; null for one that the hand has not learnt. */
export function writeByHand(
  engine: Engine,
  character: string,
  seed: number,
  free: number,
): Point[][] | null {
  engine.reserve(free + 4 * HAND_WORDS);
  const count = engine.functions.write_by_hand(character.codePointAt(0) ?? 0, seed, free);
  return count < 0 ? null : strokesAt(engine, free, count);
}

/** Put a text where memory is free; returns the address of so many words behind it. */
function place(engine: Engine, text: string, words: number, free: number): number {
  const out = aligned(free + 4 * text.length);
  engine.reserve(out + 4 * words);
  const codes = engine.ints(free, text.length);
  for (let k = 0; k < text.length; k++) codes[k] = text.charCodeAt(k);
  return out;
}

function textAt(engine: Engine, address: number, length: number): string {
  return new TextDecoder().decode(Uint8Array.from(engine.ints(address, length)));
}

function strokesAt(engine: Engine, address: number, count: number): Point[][] {
  const points = engine.floats(address, POINT_WORDS * count);
  const strokes: Point[][] = [];
  for (let k = 0; k < points.length; k += POINT_WORDS) {
    if (points[k + 2] !== 0) strokes.push([]);
    strokes.at(-1)?.push({ x: points[k] ?? 0, y: points[k + 1] ?? 0 });
  }
  return strokes;
}
