/** Which edges are drawn: all of a layer, or the strongest where all would be a thicket. */

import type { Frame } from "../engine/frame";
import type { NetworkLayout, UnitPlace } from "./layout";
import { layersOf } from "./paths";

/** More edges of one layer than this are not drawn one by one. */
const MOST = 1500;
/** Then about so many are; a threshold stays as long as it lets through between LEAST and MOST times as many. */
const WANTED = 800;
const TOO_FEW = 0.6;
const TOO_MANY = 1.5;
/** Weights by which a threshold is found. */
const SAMPLE = 4096;

export class Strongest {
  readonly #thresholds = new Map<number, number>();

  /**
   * The size that a weight of the layer has to exceed for its edge to be drawn; −1 when all are.
   *
   * It stays from frame to frame while it serves, so that edges do not flicker, and is else a quantile of a sample:
   * nothing is sorted that grows with the network.
   */
  threshold(
    frame: Frame,
    layer: number,
    sources: readonly UnitPlace[],
    targets: readonly UnitPlace[],
  ): number {
    if (!isCrowded(sources, targets)) return -1;
    const weights = frame.weights[layer] ?? new Float32Array();
    const units = frame.widths[layer + 1] ?? 0;
    const sizeOf = (source: UnitPlace | undefined, target: UnitPlace | undefined): number =>
      Math.abs(weights[(source?.unit ?? 0) * units + (target?.unit ?? 0)] ?? 0);
    const kept = this.#thresholds.get(layer);
    if (kept !== undefined && this.#serves(kept, weights, units, sources, targets)) return kept;
    const pairs = sources.length * targets.length;
    const sample = Float32Array.from({ length: Math.min(SAMPLE, pairs) }, (_, k) => {
      const pair = Math.floor((k * pairs) / Math.min(SAMPLE, pairs));
      return sizeOf(sources[Math.floor(pair / targets.length)], targets[pair % targets.length]);
    }).sort();
    const found = sample[Math.floor(sample.length * (1 - WANTED / pairs))] ?? 0;
    this.#thresholds.set(layer, found);
    return found;
  }

  /** Tells of a weight whether its edge is among those drawn, by the thresholds used last. */
  isDrawn(
    frame: Frame,
    layout: NetworkLayout,
  ): (layer: number, unit: number, input: number) => boolean {
    const thresholds = layersOf(layout).map(([layer, sources, targets]) =>
      isCrowded(sources, targets) ? (this.#thresholds.get(layer) ?? Infinity) : -1,
    );
    return (layer, unit, input) => {
      const threshold = thresholds[layer] ?? -1;
      return threshold < 0 || Math.abs(frame.weight(layer, unit, input)) > threshold;
    };
  }

  #serves(
    threshold: number,
    weights: Float32Array,
    units: number,
    sources: readonly UnitPlace[],
    targets: readonly UnitPlace[],
  ): boolean {
    let passed = 0;
    for (const source of sources) {
      const row = source.unit * units;
      for (const target of targets) {
        if (Math.abs(weights[row + target.unit] ?? 0) > threshold) passed++;
      }
    }
    return passed > TOO_FEW * WANTED && passed < TOO_MANY * WANTED;
  }
}

/** Whether single edges would tell nothing: a band stands for them, and the strongest are drawn over it. */
export function isCrowded(sources: readonly UnitPlace[], targets: readonly UnitPlace[]): boolean {
  return sources.length * targets.length > MOST;
}
