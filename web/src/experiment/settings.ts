/** The table of settings: each one's place in the document, limits, words, slot in the engine and name in a link. */

import type { Experiment } from "./generated/types";
import { DEFAULT_EXPERIMENT, DRAWINGS_EXPERIMENT, SETTINGS } from "./generated/settings";

export interface Setting {
  /** Names to follow from the top of the document; "*" stands for any layer. */
  readonly path: readonly string[];
  readonly shape: "value" | "list" | "texts" | "rows" | "layers";
  /** What it does, its unit, range and default, in words. */
  readonly description: string;
  readonly unit?: string;
  readonly slot?: string;
  readonly enumeration?: string;
  readonly codes?: Readonly<Record<string, number>>;
  readonly link?: string;
  readonly link_bits?: string;
  readonly whole?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  /** The value must stay below this. */
  readonly below?: number;
  /** The names that may be chosen. */
  readonly names?: readonly string[];
  /** The numbers that may be chosen, where not all within limits may. */
  readonly numbers?: readonly number[];
  /** The most entries of a list. */
  readonly most?: number;
  /** The most characters of each text of a list. */
  readonly longest?: number;
}

export { DEFAULT_EXPERIMENT, DRAWINGS_EXPERIMENT, SETTINGS };

/** The setting at a path such as `training.learning_rate` or `network.hidden.*.units`. */
export function settingAt(path: string): Setting {
  const found = SETTINGS.find((setting) => setting.path.join(".") === path);
  if (!found) throw new RangeError(`no setting at ${path}`);
  return found;
}

/** The value at a path without "*". */
export function valueAt(experiment: Experiment, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (inner as Record<string, unknown>)[name],
    experiment,
  );
}
