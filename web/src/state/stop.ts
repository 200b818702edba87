/** The limits of stop conditions, and how they are read from what the browser has kept. */

import { NEVER, type Part, type StopConditions, type Why } from "../engine/stopping";

export interface Limits {
  readonly minimum: number;
  readonly maximum: number;
  readonly whole: boolean;
  /** What is offered when the condition is first set. */
  readonly usual: number;
}

export const STOP_LIMITS: Readonly<Record<Why, Limits>> = {
  loss: { minimum: 0, maximum: 1000, whole: false, usual: 0.05 },
  accuracy: { minimum: 0, maximum: 1, whole: false, usual: 0.95 },
  epochs: { minimum: 1, maximum: 1_000_000, whole: true, usual: 200 },
  patience: { minimum: 1, maximum: 100_000, whole: true, usual: 20 },
};

const PARTS: readonly unknown[] = ["train", "test"] satisfies Part[];

/** Conditions as they were kept; whatever does not suit is left out. */
export function readConditions(kept: unknown): StopConditions {
  if (typeof kept !== "object" || kept === null) return NEVER;
  const found: Readonly<Record<string, unknown>> = { ...kept };
  const limit = (why: Why): number | null => {
    const value = found[why];
    return typeof value === "number" && suits(STOP_LIMITS[why], value) ? value : null;
  };
  return {
    part: PARTS.includes(found["part"]) ? (found["part"] as Part) : NEVER.part,
    loss: limit("loss"),
    accuracy: limit("accuracy"),
    epochs: limit("epochs"),
    patience: limit("patience"),
  };
}

function suits({ minimum, maximum, whole }: Limits, value: number): boolean {
  return value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
}
