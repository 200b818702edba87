/** Experiments to begin with, each with what it shows; `tests/test_presets.py` holds them to it. */

import { checked } from "../experiment/check";
import type { Experiment } from "../experiment/experiment";
import { encode } from "../experiment/link";
import groups from "./presets.json";
import type { Session } from "./session.svelte";

export interface Preset {
  readonly name: string;
  /** What can be seen, in one line. */
  readonly line: string;
  /** In what it differs from what it is named after. */
  readonly differs: string;
  readonly experiment: Experiment;
  /** Weights to begin with, by layer and unit, each unit's bias last; empty for those of the experiment. */
  readonly weights: readonly (readonly (readonly number[])[])[];
}

export interface PresetGroup {
  readonly name: string;
  readonly about: string;
  readonly presets: readonly Preset[];
}

export const PRESETS: readonly PresetGroup[] = groups.map(({ name, about, presets }) => ({
  name,
  about,
  presets: presets.map((preset) => ({
    name: preset.name,
    line: preset.line,
    differs: "differs" in preset ? preset.differs : "",
    experiment: checked(preset.experiment),
    weights: "weights" in preset ? preset.weights : [],
  })),
}));

/** Go over to a preset with new weights, in one step; one with weights of its own is there to be looked into. */
export function choose(session: Session, { name, experiment, weights }: Preset): void {
  const parameters = weights.flatMap((units, layer) =>
    units.flatMap((row, unit) =>
      row.map((value, place) => {
        const input = place === row.length - 1 ? null : place;
        return { place: { layer, unit, input }, value };
      }),
    ),
  );
  session.begin(`“${name}”`, experiment, { parameters });
  if (parameters.length > 0) session.inside.look({ kind: "input" });
}

/** The preset that an experiment is, if it is one. */
export function presetOf(experiment: Experiment): Preset | undefined {
  const link = encode(experiment);
  return PRESETS.flatMap(({ presets }) => presets).find(
    (preset) => encode(preset.experiment) === link,
  );
}
