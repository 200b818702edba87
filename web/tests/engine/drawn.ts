/** Drawings for tests, written by a second hand than the engine's. */

import type { RunSource } from "../../src/engine/protocol";
import { source } from "./support";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

type Place = readonly [x: number, y: number];

/** The text of strokes in pad units. */
export function textOf(...strokes: readonly (readonly Place[])[]): string {
  const digits = ([x, y]: Place) =>
    [12, 6, 0].map((shift) => DIGITS[((x * 512 + y) >> shift) & 63]).join("");
  return strokes.map((stroke) => stroke.map(digits).join("")).join(".");
}

export const CROSS = textOf(
  [
    [100, 90],
    [400, 420],
  ],
  [
    [410, 100],
    [95, 415],
  ],
);
export const RING = textOf(
  Array.from({ length: 25 }, (_, k): Place => [
    Math.round(256 + 180 * Math.cos((k * Math.PI) / 12)),
    Math.round(250 + 190 * Math.sin((k * Math.PI) / 12)),
  ]),
);
export const BAR = textOf([
  [250, 60],
  [262, 450],
]);

export interface Drawn {
  readonly drawings: readonly string[];
  readonly targets?: readonly number[];
  readonly heldOut?: readonly number[];
  readonly grid?: number;
  readonly classes?: number;
  readonly hidden?: readonly object[];
  readonly outputs?: string;
  readonly training?: object;
}

/** The source of an experiment with drawings; drawings take turns in their class unless it is said. */
export function drawn(settings: Drawn): RunSource {
  const { drawings, heldOut = [], grid = 6, classes = 2, outputs = "per_class" } = settings;
  const targets = settings.targets ?? drawings.map((_, row) => row % classes);
  return source({
    data: { kind: "given", drawings, targets, held_out: heldOut, grid, classes },
    network: { hidden: settings.hidden ?? [{ units: 7 }], outputs },
    training: settings.training ?? {},
  });
}
