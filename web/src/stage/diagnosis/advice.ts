/** Next steps where what is learnt does not hold for new samples. */

import type { Experiment } from "../../experiment/experiment";
import { settingAt } from "../../experiment/settings";
import { count, percent, short } from "../../ui/format";
import type { NextStep } from "./finding";

/** So many times the samples: enough to see what more of them do. */
const MORE = 4;
/** Enough to test on, where samples are scarce. */
const LITTLE_HELD_OUT = 0.2;

const FIRST_PENALTY = 0.01;
const HARDER = 3;

/** More samples, or fewer held out; null where only the visitor can bring them. */
export function moreData({ data }: Experiment): NextStep | null {
  if (data.kind !== "given") {
    const samples = Math.min(MORE * data.samples, settingAt("data.samples").maximum ?? 0);
    if (samples === data.samples) return null;
    return {
      words: `${count(samples)} points`,
      label: "points",
      mutate: (draft) => (draft.data.samples = samples),
    };
  }
  if (data.held_out !== null || data.test_share <= LITTLE_HELD_OUT) return null;
  return {
    words: `Hold out only ${percent(LITTLE_HELD_OUT)}`,
    label: "held-out share",
    mutate: (draft) => (draft.data.test_share = LITTLE_HELD_OUT),
  };
}

/** A penalty on large weights, or more of it. */
export function stronger({ training }: Experiment): NextStep {
  const { regularizer, regularization_rate: rate } = training;
  const has = regularizer !== "none" && rate > 0;
  const kind = regularizer === "l1" ? "l1" : "l2";
  const next = has ? Number((HARDER * rate).toPrecision(2)) : FIRST_PENALTY;
  return {
    words: `${kind.toUpperCase()} penalty ${short(next)}`,
    label: "regularisation",
    mutate: (draft) => {
      draft.training.regularizer = kind;
      draft.training.regularization_rate = Math.min(10, next);
    },
  };
}
