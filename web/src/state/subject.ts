/** What an account can be of, which records of the engine it takes, and the order in which one update computes them. */

import type { ParameterPlace, RecordName, RecordRef } from "../engine/account";

/** Layers are counted from the first hidden one (0); the output layer is the last. */
export type Subject =
  /** What the network sees of the sample. */
  | { readonly kind: "input" }
  /** z and a of a unit. */
  | { readonly kind: "unit"; readonly layer: number; readonly unit: number }
  /** The sample's loss. */
  | { readonly kind: "loss" }
  /** δ = ∂L/∂z of a unit. */
  | { readonly kind: "delta"; readonly layer: number; readonly unit: number }
  /** ∂L/∂w of a parameter, over the samples of the update. */
  | ({ readonly kind: "gradient" } & ParameterPlace)
  /** The optimiser's step for a parameter. */
  | ({ readonly kind: "step" } & ParameterPlace)
  /** What the update has led to. */
  | { readonly kind: "after" }
  /** A weight or bias: what it is, how it has changed, and what the loss makes of it. */
  | ({ readonly kind: "parameter" } & ParameterPlace)
  /** A figure of the samples as a whole. */
  | {
      readonly kind: "result";
      readonly figure: "loss" | "accuracy";
      readonly part: "train" | "test";
    };

export interface Stage {
  readonly name: string;
  /** Which way the numbers travel in the picture. */
  readonly direction: "forward" | "backward" | "none";
  readonly subjects: readonly Subject[];
}

/** The stages of one update, in the order in which the engine computes them. */
export function stagesOf(widths: readonly number[]): readonly Stage[] {
  const layers = widths.length - 1;
  const backwards = Array.from({ length: layers }, (_, k) => layers - 1 - k);
  return [
    { name: "Input", direction: "forward", subjects: [{ kind: "input" }] },
    ...backwards.toReversed().map((layer): Stage => ({
      name: layerName(layer, layers),
      direction: "forward",
      subjects: each(widths, layer, (unit) => ({ kind: "unit", layer, unit })),
    })),
    { name: "Loss", direction: "forward", subjects: [{ kind: "loss" }] },
    ...backwards.map((layer): Stage => ({
      name: `δ of ${lower(layerName(layer, layers))}`,
      direction: "backward",
      subjects: each(widths, layer, (unit) => ({ kind: "delta", layer, unit })),
    })),
    ...backwards.map((layer): Stage => ({
      name: `Gradients of ${lower(layerName(layer, layers))}`,
      direction: "backward",
      subjects: each(widths, layer, (unit) => ({ kind: "gradient", layer, unit, source: 0 })),
    })),
    ...backwards.map((layer): Stage => ({
      name: `Step of ${lower(layerName(layer, layers))}`,
      direction: "none",
      subjects: each(widths, layer, (unit) => ({ kind: "step", layer, unit, source: 0 })),
    })),
    { name: "After the update", direction: "none", subjects: [{ kind: "after" }] },
  ];
}

/** Whether two subjects belong to the same stop of a walk: a unit's parameters are one. */
export function sameStop(one: Subject, other: Subject): boolean {
  if (one.kind !== other.kind) return false;
  if (!("layer" in one) || !("layer" in other)) return true;
  return one.layer === other.layer && one.unit === other.unit;
}

export function sameSubject(one: Subject, other: Subject): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether a network of these widths has it. */
export function exists(subject: Subject, widths: readonly number[]): boolean {
  if (!("layer" in subject)) return true;
  const inside = subject.unit < (widths[subject.layer + 1] ?? 0);
  return inside && (!("source" in subject) || subject.source < (widths[subject.layer] ?? 0));
}

/** The engine's records that an account of a subject shows, in the order in which they are computed. */
export function recordsOf(subject: Subject, layers: number): readonly RecordRef[] {
  switch (subject.kind) {
    case "unit":
      return records(subject, "pre_activation", "activation");
    case "loss":
      return [{ kind: "loss", layer: 0, unit: 0, source: -1 }];
    case "delta":
      // The engine has no record of what there is none of: a softmax has no slope, an output nothing above it.
      return subject.layer < layers - 1
        ? records(subject, "incoming", "slope", "delta")
        : records(subject, "slope", "delta");
    case "gradient":
    case "step":
      return [{ ...subject, kind: subject.kind }];
    case "parameter":
      return [
        { ...subject, kind: "last_step" },
        { ...subject, kind: "gradient" },
        { ...subject, kind: "step" },
      ];
    default:
      return [];
  }
}

function records(
  { layer, unit }: { readonly layer: number; readonly unit: number },
  ...kinds: readonly RecordName[]
): RecordRef[] {
  return kinds.map((kind) => ({ kind, layer, unit, source: -1 }));
}

function each(
  widths: readonly number[],
  layer: number,
  subject: (unit: number) => Subject,
): Subject[] {
  return Array.from({ length: widths[layer + 1] ?? 0 }, (_, unit) => subject(unit));
}

export function layerName(layer: number, layers: number): string {
  if (layer === layers - 1) return "Output";
  return layers === 2 ? "Hidden layer" : `Hidden layer ${layer + 1}`;
}

function lower(name: string): string {
  return name === "Output" ? "the output" : name.charAt(0).toLowerCase() + name.slice(1);
}
