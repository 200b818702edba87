/** Small pictures of the kinds of data: points from the same engine, without anything to be trained. */

import type { EngineClient } from "../engine/client";
import type { Thumbnail } from "../engine/protocol";
import type { DataKind, Experiment } from "../experiment/experiment";
import { DEFAULT_EXPERIMENT, settingAt } from "../experiment/settings";
import { sourceOf } from "../experiment/source";

export type Thumbnails = Readonly<Partial<Record<DataKind, Thumbnail>>>;

const KINDS: readonly DataKind[] = ["blobs", "circles", "moons", "xor", "spiral", "plane", "bumps"];
/** Every feature, for the maps of what a network can see. */
export const ALL_FEATURES = sourceOf({
  ...DEFAULT_EXPERIMENT,
  features: [...(settingAt("features").names ?? [])] as Experiment["features"],
});

const SAMPLES = 160;
const NOISE = 0.1;

export async function thumbnailsOf(client: EngineClient): Promise<Thumbnails> {
  const sources = KINDS.map((kind) => {
    const data = { ...DEFAULT_EXPERIMENT.data, kind, samples: SAMPLES, noise: NOISE };
    return sourceOf({ ...DEFAULT_EXPERIMENT, data });
  });
  const pictures = await client.thumbnails(sources);
  return Object.fromEntries(KINDS.map((kind, place) => [kind, pictures[place]]));
}
