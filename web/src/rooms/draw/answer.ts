/** What the network says of the drawing on the pad, in the terms of this room. */

import type { Reading } from "../../engine/reading";
import type { Why } from "./shares";

export interface Answer {
  /** One per class: probabilities, or whatever the outputs say. */
  readonly values: readonly number[];
  /** "shares" of one whole, probabilities "each" for itself, or plain "numbers". */
  readonly kind: "shares" | "each" | "numbers";
  /** The class that the network takes it for; null where all are level, as before any training. */
  readonly best: number | null;
}

const KINDS: Readonly<Record<string, Answer["kind"]>> = { softmax: "shares", sigmoid: "each" };

/** `activation` is that of the output layer. */
export function answerOf(reading: Reading, activation: string): Answer {
  const { outputs, predicted } = reading;
  const [only = 0] = outputs;
  const single = activation === "sigmoid" && outputs.length === 1;
  const values = single ? [1 - only, only] : [...outputs];
  const kind = single ? "shares" : (KINDS[activation] ?? "numbers");
  const level = values.every((value) => value === values[0]);
  return { values, kind, best: level ? null : predicted };
}

/** The class that Why? is about, and what speaks for and against it. A single output speaks for the second of two. */
export function whyOf(
  { outputs, predicted, why }: Reading,
  asked: number | null,
): { label: number; why: Why } {
  if (outputs.length > 1) return { label: why.output, why };
  const label = asked ?? predicted;
  if (label === 1) return { label, why };
  const { output, shares, empty, total } = why;
  return { label, why: { output, shares: shares.map((x) => -x), empty: -empty, total: -total } };
}

/** What the shares of the pixels add up to. */
export interface Margin {
  readonly name: string;
  readonly about: string;
}

export function marginOf({ kind, values }: Answer, name: string): Margin {
  if (kind === "numbers") {
    return { name: `sum for ${name}`, about: `The weighted sum z that ${name} is answered from.` };
  }
  if (kind === "shares" && values.length > 2) {
    return {
      name: `lead of ${name}`,
      about: `How far the weighted sum z of ${name} lies above the mean of the others.`,
    };
  }
  return {
    name: `log-odds of ${name}`,
    about: `The logarithm of p / (1 − p), where p is the probability of ${name}: 0 is one half.`,
  };
}

/** The class's colour as a CSS value. */
export function classColour(label: number): string {
  return `var(--class-${label})`;
}
