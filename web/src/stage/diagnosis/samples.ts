/** Rules about the samples: too few, learnt by heart, far more of one class than of another. */

import { count, percent } from "../../ui/format";
import { moreData, stronger } from "./advice";
import type { Evidence, Finding } from "./finding";
import { classCounts, isEarly, meanLoss } from "./measures";
import { className, loss } from "./words";

/** Held-out samples below which their accuracy is a matter of luck. */
const LEAST_TESTED = 5;
/** Accuracy on training samples that is this much above that on new ones. */
const GAP = 0.1;
/** For regression: how many times the training loss the test loss is. */
const TIMES = 3;

/** The test loss has risen by this share of its least, and by this share of the loss at the start. */
const RISE = 0.1;
const WORTH = 0.05;
/** The training loss has fallen by this share meanwhile, in no fewer epochs than these. */
const FALL = 0.05;
const EPOCHS = 10;

/** One class has this many times the samples of another, fewer than half of which are put right. */
const UNBALANCED = 4;
const HALF = 0.5;

/** Fewer training samples than weights, and what is learnt does not hold for new ones. */
export function fewSamples(evidence: Evidence): Finding | null {
  const { frame, experiment } = evidence;
  const { trainSamples, testSamples, parameters, train, test } = frame;
  if (isEarly(evidence) || trainSamples >= parameters || testSamples < LEAST_TESTED) return null;
  const bad =
    train.accuracy !== null && test.accuracy !== null
      ? train.accuracy - test.accuracy >= GAP
      : (test.loss ?? 0) >= TIMES * (train.loss ?? 0);
  if (!bad) return null;
  const [known, unknown] =
    train.accuracy !== null && test.accuracy !== null
      ? [`accuracy ${percent(train.accuracy)}`, percent(test.accuracy)]
      : [`loss ${loss(train.loss ?? 0)}`, loss(test.loss ?? 0)];
  const step = moreData(experiment);
  return {
    id: "few samples",
    name: "Too little data",
    evidence:
      `${count(trainSamples)} training samples for ${count(parameters)} weights: ${known} on them, ${unknown} on new ones.` +
      (step ? "" : " More of them would help."),
    step,
  };
}

/** The test loss rises while the training loss falls. */
export function overfitting({ frame, experiment, curve, startLoss }: Evidence): Finding | null {
  const last = curve.at(-1);
  const now = meanLoss(curve, "testLoss", 0.95, 1);
  const trained = meanLoss(curve, "trainLoss", 0.95, 1);
  const tested = curve.filter(({ testLoss }) => testLoss !== null);
  if (!last || now === null || trained === null || frame.testSamples < LEAST_TESTED) return null;
  const best = tested.reduce((a, b) => ((b.testLoss ?? 0) < (a.testLoss ?? 0) ? b : a));
  const [least, then] = [best.testLoss ?? 0, best.trainLoss ?? 0];
  const risen = now - least >= Math.max(RISE * least, WORTH * (startLoss ?? now));
  if (!risen || trained > (1 - FALL) * then || last.epoch - best.epoch < EPOCHS) return null;
  return {
    id: "over-fitting",
    name: "Over-fitting",
    evidence: `Since epoch ${count(best.epoch)} the test loss has risen from ${loss(least)} to ${loss(now)}, while the training loss has fallen from ${loss(then)} to ${loss(trained)}.`,
    step: stronger(experiment),
  };
}

/** One class has far more training samples than another, which is mostly misread. */
export function unbalanced(evidence: Evidence): Finding | null {
  const { frame, experiment } = evidence;
  // Drawings are counted in their tray, which says so itself.
  if (experiment.data.drawings !== null || frame.classes === 0 || isEarly(evidence)) return null;
  const counts = classCounts(frame);
  const [most, least] = [Math.max(...counts), Math.min(...counts)];
  const rare = counts.indexOf(least);
  const right = frame.trainConfusion[rare * (frame.classes + 1)] ?? 0;
  if (most < UNBALANCED * least || (least > 0 && right >= HALF * least)) return null;
  const [rarest, commonest] = [rare, counts.indexOf(most)].map((k) => className(experiment, k));
  return {
    id: "unbalanced",
    name: "Unbalanced classes",
    evidence:
      `${count(most)} training samples of ${commonest} but ${least === 0 ? "none" : count(least)} of ${rarest}` +
      (least === 0 ? "" : `, of which ${count(right)} ${right === 1 ? "is" : "are"} put right`) +
      `. Add more of ${rarest}.`,
    step: null,
  };
}
