/** What became of each start: whether it got stuck, and by what rule. */

import { median } from "d3-array";
import type { Moment, Start } from "../../../engine/seeds";

export type Verdict = "good" | "stuck" | "diverged";

/** A start rests when less than this share of its fall of the loss came in the second half … */
const LATE = 0.1;
/** … or when the loss fell by less than this share of its beginning there. */
const LEAST = 0.01;
/** Accuracy that it is behind the best start, or loss as a share of what is usual at the beginning. */
const BEHIND = 0.05;
/** A start whose loss has fallen by no more than this share of its beginning has learnt nothing. */
const NOTHING = 0.05;

/** The rule in words; with classes or for regression. */
export function rule(classes: boolean): string {
  const behind = classes
    ? "training accuracy is more than 5 points below the best start’s"
    : "that loss is above the best start’s by more than 5 % of the usual first loss";
  return `Stuck: the training loss has come to rest (under a tenth of its fall in the second half), and either ${behind}, or the loss is within 5 % of where it began.`;
}

/** By place; null for those that are not done. */
export function verdicts(starts: readonly (Start | undefined)[]): (Verdict | null)[] {
  const sound = starts.filter((start) => start?.diverged === false) as Start[];
  const best = {
    accuracy: Math.max(...sound.map((start) => last(start).trainAccuracy ?? 0)),
    loss: Math.min(...sound.map((start) => last(start).trainLoss ?? Infinity)),
    usual: median(sound, (start) => start.moments[0]?.trainLoss) ?? 0,
  };
  return starts.map((start) => {
    if (!start) return null;
    if (start.diverged) return "diverged";
    return rests(start) && (isBehind(last(start), best) || fall(start) <= NOTHING)
      ? "stuck"
      : "good";
  });
}

export function last(start: Start): Moment {
  const moment = start.moments.at(-1);
  if (!moment) throw new RangeError("a start has at least its first moment");
  return moment;
}

function isBehind(
  { trainAccuracy, trainLoss }: Moment,
  best: { readonly accuracy: number; readonly loss: number; readonly usual: number },
): boolean {
  // A share of 0.95 is not more than 5 points below 1, whatever the rounding says.
  if (trainAccuracy !== null) return best.accuracy - trainAccuracy > BEHIND + 1e-9;
  return (trainLoss ?? 0) - best.loss > BEHIND * best.usual;
}

/** By which share of its beginning the loss has fallen, from a moment on. */
function fall({ moments }: Start, from = 0): number {
  const loss = (place: number): number => moments.at(place)?.trainLoss ?? 0;
  return loss(0) > 0 ? (loss(from) - loss(-1)) / loss(0) : 0;
}

function rests(start: Start): boolean {
  const late = fall(start, Math.floor((start.moments.length - 1) / 2));
  return late < Math.max(LEAST, LATE * fall(start));
}
