/** The rule about a network that has learnt nothing and no longer gets on. */

import type { Experiment } from "../../experiment/experiment";
import { percent } from "../../ui/format";
import type { Evidence, Finding, NextStep } from "./finding";
import { classCounts, isEarly, isStalled, spreads } from "./measures";
import { NEW_WEIGHTS, className } from "./words";

/** What always saying the commonest class leaves wrong: less than a fifth of that put right is chance. */
const BETTER = 0.2;
/** Numbers that vary less than a tenth as much as those wanted are as good as one and the same. */
const LEAST_SPREAD = 0.1;

export function stuck(evidence: Evidence): Finding | null {
  if (isEarly(evidence) || !isStalled(evidence)) return null;
  const seen = evidence.frame.classes > 0 ? guessing(evidence) : flat(evidence);
  if (seen === null) return null;
  const { why, step } = cause(evidence.experiment);
  return { id: "stuck", name: "Stuck at chance", evidence: `${seen}${why}`, step };
}

function guessing({ frame, experiment }: Evidence): string | null {
  const counts = classCounts(frame);
  const most = Math.max(...counts);
  const share = most / frame.trainSamples;
  const accuracy = frame.trainAccuracy ?? 1;
  if (accuracy > share + BETTER * (1 - share)) return null;
  const commonest = className(experiment, counts.indexOf(most));
  return `Accuracy is ${percent(accuracy)} where always saying ${commonest} gives ${percent(share)}`;
}

function flat({ frame }: Evidence): string | null {
  const { said, wanted } = spreads(frame);
  return said > LEAST_SPREAD * wanted ? null : "The network gives about the same number everywhere";
}

/** What most likely holds the network where it is. */
function cause({ network, training }: Experiment): { why: string; step: NextStep } {
  const { hidden, initializer } = network;
  if (initializer === "zeros" && hidden.length > 0) {
    return {
      why: ": units that start alike stay alike.",
      step: {
        words: "Start with Glorot weights",
        label: "initial weights",
        mutate: (draft) => (draft.network.initializer = "glorot"),
      },
    };
  }
  if (training.regularizer !== "none" && training.regularization_rate > 0) {
    return {
      why: ": the penalty may hold the weights near 0.",
      step: {
        words: "No penalty",
        label: "regularisation",
        mutate: (draft) => (draft.training.regularizer = "none"),
      },
    };
  }
  if (hidden.every(({ activation }) => activation === "linear")) {
    return {
      why: ": without a curved activation it stays linear.",
      step: {
        words: hidden.length === 0 ? "Add a layer of 4 tanh units" : "Use tanh",
        label: hidden.length === 0 ? "layers" : "activation",
        mutate: (draft) => {
          draft.network.hidden =
            hidden.length === 0
              ? [{ units: 4, activation: "tanh" }]
              : hidden.map(({ units }) => ({ units, activation: "tanh" }));
        },
      },
    };
  }
  return { why: ", and the loss no longer falls.", step: NEW_WEIGHTS };
}
