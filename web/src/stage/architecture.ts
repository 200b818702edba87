/** Changes of the network's shape, each one step to undo. */

import type { Experiment } from "../experiment/experiment";
import type { Session } from "../state/session.svelte";
import type { Activation } from "../ui/words";

type Hidden = Experiment["network"]["hidden"][number];

export const MOST_LAYERS = 8;
/** As many units as one can tell apart; more of them have to be typed. */
export const MOST_UNITS = 32;
/** Beyond this no weight helps; the engine's numbers have seven digits. */
export const LARGEST = 1e6;

export function setUnits(session: Session, layer: number, units: number): void {
  session.change("units", ({ network }) => {
    const hidden = network.hidden[layer];
    if (hidden) hidden.units = units;
  });
}

export function setActivation(session: Session, layer: number, activation: Activation): void {
  session.change("activation", ({ network }) => {
    const hidden = network.hidden[layer];
    if (hidden) hidden.activation = activation;
  });
}

export function setAllActivations(session: Session, activation: Activation): void {
  session.change("activation", ({ network }) => {
    for (const hidden of network.hidden) hidden.activation = activation;
  });
}

/** A layer at the given place, like the one before it (or after it, at the start). */
export function addLayer(session: Session, place: number): void {
  session.change("layers", ({ network }) => {
    const model: Hidden = network.hidden[place - 1] ??
      network.hidden[place] ?? { units: 4, activation: "tanh" };
    network.hidden.splice(place, 0, { ...model });
  });
}

export function removeLayer(session: Session, layer: number): void {
  session.change("layers", ({ network }) => {
    network.hidden.splice(layer, 1);
  });
}

/** The activation that all hidden layers share, "mixed", or null where there are none. */
export function sharedActivation(experiment: Experiment): Activation | "mixed" | null {
  const [first, ...others] = experiment.network.hidden.map(({ activation }) => activation);
  if (first === undefined) return null;
  return others.every((other) => other === first) ? first : "mixed";
}
