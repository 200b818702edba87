/** What differs between two sources of a run, and what of it a run under way can take. */

import { HEADER_WORDS, Int, Real } from "./bindings";
import type { RunSource } from "./protocol";

/** Settings that are changed in a run under way; others need new samples or a new layout. */
export const LIVE: ReadonlySet<number> = new Set<number>([
  Real.LEARNING_RATE,
  Real.MOMENTUM,
  Real.DECAY,
  Real.EPSILON,
  Real.REGULARIZATION_RATE,
  Int.REGULARIZER,
  Int.OPTIMIZER,
  Int.BATCH_SIZE,
  ...Array.from({ length: 8 }, (_, layer) => Int.ACTIVATIONS + layer),
]);

/** Slots of the settings that differ; null where the given samples do. */
export function differences(before: RunSource, after: RunSource): Set<number> | null {
  if (!sameSamples(before.given, after.given)) return null;
  const slots = new Set<number>();
  for (let slot = 0; slot < HEADER_WORDS; slot++) {
    if (before.header[slot] !== after.header[slot]) slots.add(slot);
  }
  return slots;
}

export function areLive(slots: ReadonlySet<number>): boolean {
  return [...slots].every((slot) => LIVE.has(slot));
}

function sameSamples(before: RunSource["given"], after: RunSource["given"]): boolean {
  if (before === null || after === null) return before === after;
  if (!same(before.values, after.values)) return false;
  if ("drawings" in before)
    return (
      "drawings" in after && before.grid === after.grid && same(before.drawings, after.drawings)
    );
  return "x" in after && same(before.x, after.x);
}

export function same<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}
