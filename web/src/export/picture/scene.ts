/** All that a picture of a run is drawn from. */

import type { Frame } from "../../engine/frame";
import type { Reading } from "../../engine/reading";
import type { Experiment } from "../../experiment/experiment";
import type { Colours } from "../../ui/theme.svelte";

export interface Scene {
  readonly experiment: Experiment;
  /** The moment that is pictured. */
  readonly frame: Frame;
  /** What the network makes of the drawing at hand; null without one. */
  readonly reading: Reading | null;
  /** Names of the classes of drawings; empty for other data. */
  readonly names: readonly string[];
  readonly colours: Colours;
  /** RGBA words from the lowest to the highest value. */
  readonly palette: Uint32Array<ArrayBuffer>;
  /** Whether bits are green and red. */
  readonly classic: boolean;
  readonly showTrain: boolean;
  readonly showTest: boolean;
  /** A square of RGBA pixels as a `data:` address. */
  readonly image: (pixels: Uint8ClampedArray<ArrayBuffer>, resolution: number) => string;
}
