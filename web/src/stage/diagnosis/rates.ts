/** Rules about the size of the updates: too large, too small. */

import { count } from "../../ui/format";
import type { Finding, Evidence } from "./finding";
import { doesWell, isEarly, meanLoss } from "./measures";
import { loss, setLearningRate } from "./words";

/** A network that knows nothing has about the loss of the start; three times as much is no accident. */
const WORSE = 3;

/** Rates below these are small for their optimiser: a tenth of what usually works. */
const SMALL = { sgd: 0.01, momentum: 0.001, rmsprop: 0.001, adam: 0.001 } as const;

/** Where training works, as many epochs take away far more than this share of the loss. */
const LEAST_FALL = 0.1;

export function diverging({ frame, experiment, startLoss, curve }: Evidence): Finding | null {
  const now = meanLoss(curve, "trainLoss", 0.9, 1);
  const grown = startLoss !== null && now !== null && now > WORSE * startLoss;
  if (!frame.failure && !grown) return null;
  const rate = experiment.training.learning_rate;
  return {
    id: "diverging",
    name: "Diverging",
    evidence: frame.failure
      ? "The updates were so large that a number became infinite."
      : `The training loss has grown from ${loss(startLoss ?? 0)} to ${loss(now ?? 0)}.`,
    step: setLearningRate(rate / 10),
  };
}

export function slow(evidence: Evidence): Finding | null {
  const { experiment, curve } = evidence;
  const { learning_rate: rate, optimizer } = experiment.training;
  const [first, last] = [curve[0], curve.at(-1)];
  if (isEarly(evidence) || doesWell(evidence) || rate >= SMALL[optimizer]) return null;
  const [before, now] = [first?.trainLoss ?? null, last?.trainLoss ?? null];
  if (before === null || now === null || now < (1 - LEAST_FALL) * before) return null;
  return {
    id: "slow",
    name: "Learning rate too low",
    evidence: `In ${count((last?.epoch ?? 0) - (first?.epoch ?? 0))} epochs the training loss has only come from ${loss(before)} to ${loss(now)}.`,
    step: setLearningRate(Math.max(10 * rate, SMALL[optimizer])),
  };
}
