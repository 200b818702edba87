/** Stop conditions in words: what each asks for, and why a run has stopped. */

import type { StopConditions, StopReason, Why } from "../engine/stopping";
import { STOP_LIMITS } from "../state/stop";
import { count, percent, short } from "../ui/format";

export interface Condition {
  readonly why: Why;
  readonly label: string;
  readonly unit: string;
  readonly about: string;
}

export const CONDITIONS: readonly Condition[] = [
  {
    why: "epochs",
    label: "After",
    unit: "epochs",
    about: "Stop when so many epochs are over, counted from the start of the run.",
  },
  {
    why: "loss",
    label: "Loss below",
    unit: "",
    about: "Stop at the first epoch whose mean loss is below this.",
  },
  {
    why: "accuracy",
    label: "Accuracy from",
    unit: "",
    about: "Stop at the first epoch that puts at least this share of the samples right.",
  },
  {
    why: "patience",
    label: "No better for",
    unit: "epochs",
    about:
      "Stop when the test loss has not fallen by a thousandth for so many epochs. Where nothing is held out, the training loss counts.",
  },
];

/** How many conditions are set. */
export function conditionsSet(stop: StopConditions): number {
  return CONDITIONS.filter(({ why }) => stop[why] !== null).length;
}

/** Set a condition to what is usual, or let it go. */
export function switched(stop: StopConditions, why: Why, on: boolean): StopConditions {
  return { ...stop, [why]: on ? STOP_LIMITS[why].usual : null };
}

/** A limit as it is shown and typed. */
export function limitText(why: Why, value: number): string {
  if (why === "accuracy") return `${short(100 * value)} %`;
  return why === "loss" ? short(value) : count(value);
}

/** Why a run has stopped, in a sentence. */
export function whyStopped({ why, part, epoch, value, limit, since }: StopReason): string {
  const samples = part === "test" ? "test" : "training";
  const start = `Stopped at epoch ${count(epoch)}:`;
  switch (why) {
    case "epochs":
      return value > limit
        ? `${start} more than ${count(limit)} epochs are over.`
        : `${start} ${count(limit)} ${limit === 1 ? "epoch is" : "epochs are"} over.`;
    case "loss":
      return `${start} the ${samples} loss, ${figures(value)}, is below ${short(limit)}.`;
    case "accuracy":
      return `${start} the ${samples} accuracy, ${percent(value)}, is at least ${limitText(why, limit)}.`;
    case "patience":
      return `${start} the ${samples} loss has not become better than ${figures(value)} since epoch ${count(since)}.`;
  }
}

function figures(value: number): string {
  return short(Number(value.toPrecision(3)));
}
