/** The network's shape as it is shown. */

import type { Session } from "../state/session.svelte";
import { ACTIVATIONS, wordFor } from "../ui/words";

/** Units per column: the engine's own numbers, or the experiment's until there are any. */
export function shownWidths(session: Session): readonly number[] {
  const { frame, experiment } = session;
  if (frame) return frame.widths;
  return [experiment.features.length, ...experiment.network.hidden.map(({ units }) => units), 1];
}

/** "1 unit", "4 units". */
export function countOf(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** The output layer's activation, in words. */
export function outputActivation(session: Session): string {
  return wordFor(ACTIVATIONS, session.frame?.activations.at(-1) ?? "");
}

/** Weights and biases of a fully connected network. */
export function parameterCount(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, units, layer) => sum + ((widths[layer] ?? 0) + 1) * units, 0);
}
