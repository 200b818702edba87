/** The tray: the drawings that are kept, and what the network takes each one for. */

import type { Frame } from "../engine/frame";
import { drawingsOf, type Drawn } from "../experiment/drawn";
import { splitRows } from "../experiment/split";

/** A drawing of the tray. */
export interface Kept {
  readonly row: number;
  readonly text: string;
  readonly label: number;
  readonly heldOut: boolean;
  /** The class that the network takes it for; null until that is known. */
  readonly predicted: number | null;
  readonly misread: boolean;
}

/** Drawings of a class. */
export interface Count {
  readonly trained: number;
  readonly heldOut: number;
}

/** Predicted class by the text of the drawing: what a network makes of it follows from that alone. */
export type Predictions = ReadonlyMap<string, number>;

/** Texts of the drawings in the order of the engine's block, those trained on first. */
export function blockOrder(data: Drawn): string[] {
  const { train, heldOut } = splitRows(data);
  return [...train, ...heldOut].map((row) => data.drawings[row] ?? "");
}

export function predictionsOf(frame: Frame | null, order: readonly string[]): Predictions {
  return new Map(order.map((text, place) => [text, frame?.predicted[place] ?? -1]));
}

/** The drawings as they are now, oldest first; what is as it was in `before` is the same object. */
export function keptDrawings(
  data: Drawn,
  predictions: Predictions,
  before: readonly Kept[],
): readonly Kept[] {
  const now = drawingsOf(data).map((drawing, row) => {
    const found = predictions.get(drawing.text) ?? -1;
    const predicted = found < 0 ? null : found;
    const misread = predicted !== null && predicted !== drawing.label;
    const kept = { ...drawing, row, predicted, misread };
    const old = before[row];
    return old && same(old, kept) ? old : kept;
  });
  return now.length === before.length && now.every((kept, row) => kept === before[row])
    ? before
    : now;
}

export function countsOf(kept: readonly Kept[], classes: number): readonly Count[] {
  const counts = Array.from({ length: classes }, () => ({ trained: 0, heldOut: 0 }));
  for (const { label, heldOut } of kept) {
    const count = counts[label];
    if (count) count[heldOut ? "heldOut" : "trained"]++;
  }
  return counts;
}

/** How much more there may be of one character than of another before it is worth a word. */
const MOST_AHEAD = 3;
const MOST_RATIO = 2;

/** A sentence where there is much more of one character than of another, with what to do about it. */
export function unbalanced(counts: readonly Count[], names: readonly string[]): string | null {
  const trained = counts.map((count) => count.trained);
  const [most, least] = [Math.max(...trained), Math.min(...trained)];
  if (most - least < MOST_AHEAD || most <= MOST_RATIO * least) return null;
  const often = names[trained.indexOf(most)] ?? "";
  const rare = names[trained.indexOf(least)] ?? "";
  const some = least === 0 ? "none" : String(least);
  return `There are ${most} drawings of ${often} but ${some} of ${rare}, so the network leans towards ${often}. Draw more of ${rare}.`;
}

function same(a: Kept, b: Kept): boolean {
  return (
    a.text === b.text &&
    a.label === b.label &&
    a.heldOut === b.heldOut &&
    a.predicted === b.predicted &&
    a.row === b.row
  );
}
