/** The many starts of one setting: which seeds each has, and what it gives the engine. */

import { Int } from "../engine/bindings";
import type { RunSource } from "../engine/protocol";
import type { Experiment } from "../experiment/experiment";
import { encode } from "../experiment/link";
import { sourceOf } from "../experiment/source";

/** What differs from start to start. */
export type Varied = "weights" | "order" | "data";

export const EVERYTHING: readonly Varied[] = ["weights", "order", "data"];
export const STARTS = 100;
const SEEDS = 2 ** 31;
/** Where each seed stands in the experiment. */
const PARTS = { weights: "network", order: "training", data: "data" } as const;

/** The experiment of a start: the seeds that differ are counted on from those of the first. */
export function experimentAt(
  first: Experiment,
  varied: readonly Varied[],
  place: number,
): Experiment {
  const { data, network, training } = first;
  const seed = (of: Varied, { seed }: { readonly seed: number }): number =>
    varied.includes(of) ? (seed + place) % SEEDS : seed;
  return {
    ...first,
    data: { ...data, seed: seed("data", data) },
    network: { ...network, seed: seed("weights", network) },
    training: { ...training, seed: seed("order", training) },
  };
}

/** What each start gives the engine; samples that are the same for all are gathered once. */
export function sourcesOf(
  first: Experiment,
  varied: readonly Varied[],
): (place: number) => RunSource {
  if (varied.includes("data")) return (place) => sourceOf(experimentAt(first, varied, place));
  const { header, given } = sourceOf(first);
  return (place) => {
    const { network, training } = experimentAt(first, varied, place);
    const own = header.slice();
    own[Int.WEIGHT_SEED] = network.seed;
    own[Int.ORDER_SEED] = training.seed;
    return { header: own, given };
  };
}

/** Which of the starts an experiment is; −1 where it is of another setting. */
export function placeOf(
  experiment: Experiment,
  first: Experiment,
  varied: readonly Varied[],
): number {
  const part = PARTS[varied[0] ?? "weights"];
  const place = (experiment[part].seed - first[part].seed + SEEDS) % SEEDS;
  if (place >= STARTS) return -1;
  return encode(experimentAt(first, varied, place)) === encode(experiment) ? place : -1;
}
