/**
 * The loss in a plane through the present weights, by the engine, slice by slice, so that frames go on meanwhile.
 *
 * A landscape is of the moment at which it was asked for, of which a copy is kept until it is done. Its block and a
 * second one, whose weights are moved, lie above the run for the time of a slice.
 */

import type { ParameterPlace } from "./account";
import { Arrays, Int } from "./bindings";
import { RefusedSettings, accepted, aligned, type Engine } from "./engine";
import type { RunState } from "./protocol";
import type { Run } from "./run";

/** The two directions: of the last update and at random, filter by filter as long as the weights; or two parameters. */
export type Directions =
  | { readonly kind: "update"; readonly seed: number }
  | {
      readonly kind: "parameters";
      readonly first: ParameterPlace;
      readonly second: ParameterPlace;
    };

export interface LandscapeRequest {
  readonly directions: Directions;
  /** How far it goes to both sides, in lengths of the directions. */
  readonly reach: number;
  /** Places along an edge: a multiple of 8 and one more, so that the present weights are one, and one of the first. */
  readonly resolution: number;
}

/** Losses of (resolution, resolution) places, by rows from −reach on along the second direction. */
export interface LossGrid {
  readonly resolution: number;
  readonly losses: Float32Array<ArrayBuffer>;
}

export interface Landscape {
  readonly request: LandscapeRequest;
  /** Updates that had been made. */
  readonly updates: number;
  /** Present values of the two parameters; empty for other directions. */
  readonly centre: readonly number[];
  /** (moments, 2): where on the plane the run has been, or came nearest to; it ends at the present weights, (0, 0). */
  readonly path: Float32Array<ArrayBuffer>;
  /** Null until enough is known; every few places at first, then all. */
  readonly grid: LossGrid | null;
  /** How much is done, 0 to 1. */
  readonly share: number;
}

/** A landscape under way. */
interface Task {
  readonly request: LandscapeRequest;
  readonly updates: number;
  readonly centre: readonly number[];
  /** Parameters at the moments of the path, and where on the plane they are. */
  readonly moments: readonly Float32Array[];
  readonly path: Float32Array<ArrayBuffer>;
  /** The whole block of the run. */
  readonly block: Uint32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Cells in the order in which they are taken. */
  readonly order: readonly number[];
  readonly losses: Float32Array<ArrayBuffer>;
  /** How many moments, and then cells, are done. */
  done: number;
}

/** Addresses above the run. */
interface Places {
  readonly memory: number;
  readonly work: number;
  readonly first: number;
  readonly second: number;
  readonly parameters: number;
  readonly out: number;
}

/** Milliseconds of a slice. */
const SLICE = 8;
/** Every so many places of a row and of a column are taken first. */
const STRIDE = 4;
const NO_UPDATE =
  "No update has moved the weights yet, so there is no direction of the last one. Make one, or choose two weights.";

export class Surveyor {
  readonly #engine: Engine;
  readonly #now: () => number;
  #task: Task | null = null;

  constructor(engine: Engine, now: () => number) {
    this.#engine = engine;
    this.#now = now;
  }

  /** Begin a landscape of a run as it is now, with states of the way that it has come, the first one first. */
  begin(run: Run, way: readonly RunState[], request: LandscapeRequest): Landscape {
    this.#task = null;
    if (run.diverged || run.int("TRAIN_SAMPLES") === 0) {
      throw new RefusedSettings("There is no loss to be pictured.");
    }
    const words = run.int("WORDS");
    const block = this.#engine.words(run.address, words).slice();
    const n = run.int("PARAMETER_COUNT");
    const places = this.#layOut(run, block, n);
    this.#direct(places, request.directions);
    const first = this.#engine.floats(places.first, n).slice();
    if (first.every((entry) => entry === 0)) throw new RefusedSettings(NO_UPDATE);
    const moments = [...way.map(parametersOf), run.array("PARAMETERS").slice()];
    const task: Task = {
      request,
      updates: run.updates,
      centre: centreOf(run, request.directions),
      moments,
      path: new Float32Array(2 * moments.length),
      block,
      first,
      second: this.#engine.floats(places.second, n).slice(),
      order: orderOf(request.resolution),
      losses: new Float32Array(request.resolution ** 2),
      done: 0,
    };
    this.#task = task;
    return told(task);
  }

  /** Go on with the landscape under way, whatever has become of the run. */
  goOn(run: Run): Landscape {
    const task = this.#task;
    if (!task) throw new RefusedSettings("The picture of the loss has to be taken anew.");
    const places = this.#layOut(run, task.block, task.first.length);
    this.#engine.floats(places.first, task.first.length).set(task.first);
    this.#engine.floats(places.second, task.second.length).set(task.second);
    const start = this.#now();
    do {
      if (task.done < task.moments.length) this.#locate(task, places);
      else this.#survey(task, places);
      task.done++;
    } while (shareOf(task) < 1 && this.#now() - start < SLICE);
    if (shareOf(task) === 1) this.#task = null;
    return told(task);
  }

  /** Lay the block of a task out twice above the run, with room for three arrays of n parameters and for results. */
  #layOut(run: Run, block: Uint32Array, n: number): Places {
    const memory = run.end;
    const work = aligned(memory + block.byteLength);
    const first = aligned(work + block.byteLength);
    const second = aligned(first + 4 * n);
    const parameters = aligned(second + 4 * n);
    const out = aligned(parameters + 4 * n);
    this.#engine.reserve(out + 16);
    for (const place of [memory, work]) this.#engine.words(place, block.length).set(block);
    return { memory, work, first, second, parameters, out };
  }

  #direct({ memory, first, second }: Places, directions: Directions): void {
    const { functions } = this.#engine;
    if (directions.kind === "update") {
      accepted(functions.direct(memory, directions.seed, first, second));
      return;
    }
    const along = ({ layer, unit, source }: ParameterPlace, direction: number): void => {
      accepted(functions.direct_to(memory, layer, unit, source, direction));
    };
    along(directions.first, first);
    along(directions.second, second);
  }

  /** Find where on the plane the next moment of the path is. */
  #locate({ moments, path, done }: Task, { memory, first, second, parameters, out }: Places): void {
    const moment = moments[done] ?? new Float32Array();
    this.#engine.floats(parameters, moment.length).set(moment);
    accepted(this.#engine.functions.locate(memory, parameters, first, second, out));
    path.set(this.#engine.floats(out, 2), 2 * done);
  }

  /** Find the loss of the next cell. */
  #survey(
    { request, moments, order, losses, done }: Task,
    { memory, work, first, second, out }: Places,
  ): void {
    const cell = order[done - moments.length] ?? 0;
    const half = (request.resolution - 1) / 2;
    const spacing = request.reach / half;
    // Each cell from the middle, so that the middle itself is not moved at all.
    const alpha = ((cell % request.resolution) - half) * spacing;
    const beta = (Math.floor(cell / request.resolution) - half) * spacing;
    const { functions } = this.#engine;
    accepted(functions.landscape(memory, work, first, second, alpha, beta, spacing, 1, out));
    losses[cell] = this.#engine.floats(out, 1)[0] ?? NaN;
  }
}

function shareOf({ moments, order, done }: Task): number {
  return done / (moments.length + order.length);
}

function told(task: Task): Landscape {
  const { request, updates, centre, path, losses, order } = task;
  const { resolution } = request;
  const share = shareOf(task);
  const coarse = (resolution - 1) / STRIDE + 1;
  const about = { request, updates, centre, path, share };
  if (share === 1) return { ...about, grid: { resolution, losses } };
  if (task.done < task.moments.length + coarse ** 2) return { ...about, grid: null };
  const known = Float32Array.from(order.slice(0, coarse ** 2), (cell) => losses[cell] ?? NaN);
  return { ...about, grid: { resolution: coarse, losses: known } };
}

/** All cells by rows, those first that make a coarse picture by themselves. */
function orderOf(resolution: number): readonly number[] {
  const cells = Array.from({ length: resolution ** 2 }, (_, cell) => cell);
  const isFirst = (cell: number): boolean =>
    (cell % resolution) % STRIDE === 0 && Math.floor(cell / resolution) % STRIDE === 0;
  return [...cells.filter(isFirst), ...cells.filter((cell) => !isFirst(cell))];
}

/** The parameters in a copy of a state, without copying them again. */
function parametersOf(state: RunState): Float32Array {
  const start = state[Arrays.PARAMETERS.slot] ?? 0;
  return new Float32Array(state.buffer, 4 * start, state[Int.PARAMETER_COUNT]);
}

function centreOf(run: Run, directions: Directions): readonly number[] {
  if (directions.kind === "update") return [];
  const { weights, biases } = run.parameters("PARAMETERS");
  const { widths } = run;
  return [directions.first, directions.second].map(({ layer, unit, source }) => {
    const layerBiases = biases[layer];
    const place = source * (widths[layer + 1] ?? 0) + unit;
    return (source < 0 ? layerBiases?.[unit] : weights[layer]?.[place]) ?? NaN;
  });
}
