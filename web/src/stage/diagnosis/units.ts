/** Rules about hidden units through which no gradient passes. */

import type { UnitSurvey } from "../../engine/survey";
import { percent } from "../../ui/format";
import { ACTIVATIONS, wordFor } from "../../ui/words";
import type { Evidence, Finding, NextStep } from "./finding";
import { doesWell, isEarly, isStalled } from "./measures";
import { NEW_WEIGHTS, unitsOf } from "./words";

/** One dead unit in a wide layer is no harm; a quarter of them is. */
const MOST_DEAD = 0.25;

/** tanh and sigmoid pass on less than a tenth of the steepest slope beyond |z| = 1.8 and 3.6. */
const FLAT = 0.1;
const MOST_FLAT = 0.5;

/** Given points further out than this make units saturate from the start. */
const FAR = 10;
/** An initial bias beyond this holds tanh and sigmoid where they are flat. */
const LARGE_BIAS = 2;
/** A rate above this can push units into saturation in a few updates. */
const LARGE_RATE = 1;

export function dead(evidence: Evidence): Finding | null {
  if (isEarly(evidence) || doesWell(evidence)) return null;
  const found = worstLayer(
    evidence,
    MOST_DEAD,
    ["relu"],
    ({ mean, slope }) => mean === 0 && slope === 0,
  );
  if (!found) return null;
  const { layer, affected, units } = found;
  return {
    id: "dead",
    name: "Dead units",
    evidence: `${unitsOf(affected.length, units.length, layer)} ${affected.length === 1 || units.length === 1 ? "gives" : "give"} 0 for every training sample, so no gradient passes.`,
    step: {
      words: `Leaky ReLU in layer ${layer + 1}`,
      label: "activation",
      mutate: ({ network }) => {
        const hidden = network.hidden[layer];
        if (hidden) hidden.activation = "leaky_relu";
      },
    },
  };
}

export function saturated(evidence: Evidence): Finding | null {
  if (isEarly(evidence) || doesWell(evidence) || !isStalled(evidence)) return null;
  const found = worstLayer(evidence, MOST_FLAT, ["tanh", "sigmoid"], ({ slope }) => slope < FLAT);
  if (!found) return null;
  const { layer, affected, units } = found;
  const slope = affected.reduce((sum, unit) => sum + unit.slope, 0) / affected.length;
  const activation = evidence.experiment.network.hidden[layer]?.activation ?? "";
  return {
    id: "saturated",
    name: "Saturated units",
    evidence: `${unitsOf(affected.length, units.length, layer)} ${units.length === 1 ? "is" : "are"} where ${wordFor(ACTIVATIONS, activation)} is flat: ${percent(slope)} of its steepest slope.`,
    step: wayOut(evidence),
  };
}

/** The layer with the largest share of units of which something holds, if that share is large enough. */
function worstLayer(
  { survey, experiment }: Evidence,
  least: number,
  activations: readonly string[],
  holds: (unit: UnitSurvey) => boolean,
): { layer: number; affected: UnitSurvey[]; units: UnitSurvey[] } | null {
  return experiment.network.hidden
    .map(({ activation }, layer) => {
      const units = activations.includes(activation)
        ? (survey ?? []).filter((unit) => unit.layer === layer)
        : [];
      return { layer, units, affected: units.filter(holds) };
    })
    .filter(({ units, affected }) => units.length > 0 && affected.length >= least * units.length)
    .reduce<ReturnType<typeof worstLayer>>(
      (worst, each) => (worst && share(worst) >= share(each) ? worst : each),
      null,
    );
}

function share({ affected, units }: { affected: unknown[]; units: unknown[] }): number {
  return affected.length / units.length;
}

/** Whatever has most likely driven the units there. */
function wayOut({ experiment, frame }: Evidence): NextStep {
  const { data, network, training } = experiment;
  if (data.points && data.scaling === "none" && frame.points.some((x) => Math.abs(x) > FAR)) {
    return {
      words: "Standardise the data",
      label: "scaling",
      mutate: (draft) => (draft.data.scaling = "standard"),
    };
  }
  if (network.initializer === "uniform" || network.initializer === "normal") {
    return {
      words: "Start with Glorot weights",
      label: "initial weights",
      mutate: (draft) => (draft.network.initializer = "glorot"),
    };
  }
  if (Math.abs(network.bias) > LARGE_BIAS) {
    return {
      words: "Start with biases of 0",
      label: "initial biases",
      mutate: (draft) => (draft.network.bias = 0),
    };
  }
  if (training.learning_rate < LARGE_RATE) return NEW_WEIGHTS;
  return {
    words: "A tenth of the rate, new weights",
    label: "learning rate",
    mutate: (draft) => {
      draft.training.learning_rate = Number((training.learning_rate / 10).toPrecision(2));
      NEW_WEIGHTS.mutate(draft);
    },
  };
}
