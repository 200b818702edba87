/** What a room needs, where it stands in a notebook: no address, nothing kept in the browser, nothing moves by itself. */

import type { RunState } from "../engine/protocol";
import type { Experiment } from "../experiment/experiment";
import { isDrawn } from "../experiment/drawn";
import type { Window } from "../state/address";
import type { Storage } from "../state/store";
import { BROWSER, type Surroundings } from "../state/surroundings";

const NO_ADDRESS: Window = {
  location: { href: "", hash: "" },
  history: { replaceState: () => undefined },
  addEventListener: () => undefined,
};

export function inNotebook(
  experiment: Experiment,
  left: RunState | null,
  schedule: Surroundings["schedule"],
): Surroundings {
  const memory = remembering(experiment);
  let state = left;
  return {
    ...BROWSER,
    schedule,
    storage: () => memory,
    window: NO_ADDRESS,
    prefersStillness: () => true,
    isReload: () => false,
    left: () => {
      // It is of the experiment that the room is opened with, and of no later one.
      const once = state;
      state = null;
      return once;
    },
  };
}

/** A store as if this experiment had been looked at before. */
function remembering(experiment: Experiment): Storage {
  const drawn = isDrawn(experiment);
  const kept = new Map([
    ["pellucid.view", JSON.stringify({ room: drawn ? "draw" : "shapes", guided: true })],
    [`pellucid.${drawn ? "drawings" : "experiment"}`, JSON.stringify(experiment)],
  ]);
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}
