/** In what detail a run is pictured, so that frames keep coming quickly. */

import type { Engine } from "./engine";
import { Painter } from "./painter";
import type { ViewOptions } from "./protocol";
import type { Pictures } from "./recorder";
import type { Run } from "./run";
import { WeightPictures, gridOf } from "./weights";

/** Time for the pictures of a run that rests, in milliseconds, unless there is more. */
const RESTING_BUDGET = 200;
/** How often pictures of a run that rests are painted again, where they can be finer. */
const MOST_AGAIN = 3;

const LEAST_TILE = 12;
const LEAST_SURFACE = 24;

/**
 * Paints tiles and surface, each as finely as half of the time allows. Where the inputs are no points of the plane,
 * there are weights to be seen instead.
 */
export class Pictured {
  readonly #engine: Engine;
  readonly #now: () => number;
  readonly #tiles = new Detail();
  readonly #surface = new Detail();
  readonly #weights: WeightPictures;

  constructor(engine: Engine, now: () => number) {
    this.#engine = engine;
    this.#now = now;
    this.#weights = new WeightPictures(engine, now);
  }

  /** Another network is pictured from now on. */
  forget(): void {
    this.#tiles.forget();
    this.#surface.forget();
    this.#weights.forget();
  }

  /** Pictures of a run in training, painted within a budget (milliseconds). */
  training(run: Run, view: ViewOptions, budget: number): Pictures {
    if (gridOf(run) > 0) return this.#weights.training(run, view, budget / 2);
    return this.#paint(run, view, budget / 2);
  }

  /** Pictures of a run that rests: as fine as they can be. */
  resting(run: Run, view: ViewOptions, time = RESTING_BUDGET): Pictures {
    if (gridOf(run) > 0) return this.#weights.resting(run, view);
    const budget = time / 2;
    let pictures = this.#paint(run, view, budget);
    // What a picture takes may only be known now, and a first small one may have been held up by something else.
    for (let again = 0; again < MOST_AGAIN; again++) {
      const doubtful = again === 0 && isSmallest(pictures, view);
      if (!doubtful && !this.#canBeFiner(pictures, view, budget)) break;
      pictures = this.#paint(run, view, budget);
    }
    return pictures;
  }

  #canBeFiner({ surface, tileResolution }: Pictures, view: ViewOptions, budget: number): boolean {
    return (
      this.#tiles.canBeFiner(tileResolution, view.tileResolution, budget) ||
      this.#surface.canBeFiner(surface?.resolution ?? 0, view.surfaceResolution, budget)
    );
  }

  #paint(run: Run, view: ViewOptions, budget: number): Pictures {
    const mostTile = view.tilesPerColumn === 0 ? 0 : view.tileResolution;
    const tileResolution = this.#tiles.resolution(mostTile, LEAST_TILE, budget);
    const resolution = this.#surface.resolution(view.surfaceResolution, LEAST_SURFACE, budget);
    const painter = new Painter(this.#engine, run, view, tileResolution, resolution);
    const start = this.#now();
    const tiles = painter.tiles();
    const between = this.#now();
    const surface = painter.surface();
    this.#tiles.took(between - start, tileResolution);
    this.#surface.took(this.#now() - between, resolution);
    return { tileResolution, tiles, surface };
  }
}

/** Whether a picture could not be smaller, though a larger one is wanted. */
function isSmallest({ surface, tileResolution }: Pictures, view: ViewOptions): boolean {
  const tiles = tileResolution === LEAST_TILE && tileResolution < view.tileResolution;
  return tiles || (surface?.resolution === LEAST_SURFACE && LEAST_SURFACE < view.surfaceResolution);
}

/** The resolution of a picture: what is wanted, or less where that would take too long. */
export class Detail {
  /** Milliseconds per cell, by the last picture; null before the first. */
  #cost: number | null = null;
  /** The resolution of the last picture. */
  #last = 0;
  #current = Infinity;

  /** Something else is pictured from now on. */
  forget(): void {
    this.#cost = null;
    this.#current = Infinity;
  }

  /** A resolution up to the wanted one that is painted within a budget (milliseconds). */
  resolution(most: number, least: number, budget: number): number {
    if (this.#cost === null) return Math.min(most, least);
    const affordable = Math.sqrt(budget / this.#cost);
    const next = Math.max(Math.min(least, most), Math.min(most, Math.floor(affordable / 8) * 8));
    // Small changes of the load are not worth a change of the picture.
    const steady = next > 0.8 * this.#current && next < 1.25 * this.#current && next < most;
    if (!steady) this.#current = next;
    return Math.min(this.#current, most);
  }

  /** Whether a picture that fits into the budget can be much finer than one of this resolution. */
  canBeFiner(than: number, most: number, budget: number): boolean {
    if (this.#cost === null || than === 0) return false;
    return Math.min(most, Math.sqrt(budget / this.#cost)) > 1.25 * than;
  }

  /** Tell what a picture took. */
  took(milliseconds: number, resolution: number): void {
    if (resolution === 0) return;
    const cost = Math.max(milliseconds, 0.05) / resolution ** 2;
    // A much larger picture says more than all before it: of a small one, the clock measures little. And where one
    // takes much less, those before it were held up by something else.
    const before = resolution < 2 * this.#last ? this.#cost : null;
    const known = before !== null && cost > before / 2 ? before : cost;
    this.#cost = 0.7 * known + 0.3 * cost;
    this.#last = resolution;
  }
}
