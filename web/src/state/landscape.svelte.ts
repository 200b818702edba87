/**
 * The picture of the loss around the weights: through which directions it goes, and as far as the engine has it.
 *
 * It is taken anew when something else is asked for, and when the weights have changed and the run rests. While the run
 * trains, it stays that of the moment at which it was taken.
 */

import { untrack } from "svelte";
import type { ParameterPlace } from "../engine/account";
import { CommandRefused } from "../engine/client";
import type { Frame } from "../engine/frame";
import type { Directions, Landscape, LandscapeRequest } from "../engine/landscape";
import type { Experiment } from "../experiment/experiment";
import type { Session } from "./session.svelte";
import { exists } from "./subject";

export type DirectionsKind = Directions["kind"];

const RESOLUTION = 41;
/** In lengths of the weights, and in units of a weight. */
const REACH: Readonly<Record<DirectionsKind, number>> = { update: 1, parameters: 3 };

/** Seconds in which a picture comes as a whole, or its coarse beginning is shown. */
const PATIENCE = 0.3;

/** What a picture was taken of. */
interface Moment {
  readonly experiment: Experiment | null;
  readonly parameters: readonly Float32Array[];
}

export class LandscapePicture {
  #kind = $state<DirectionsKind>("update");
  #seed = $state(1);
  #reach = $state.raw(REACH);
  #chosen = $state.raw<readonly ParameterPlace[]>([]);
  #landscape = $state.raw<Landscape | null>(null);
  #share = $state(1);
  #seconds = $state(0);
  #trouble = $state<string | null>(null);
  // By value, so that a frame alone asks for nothing.
  readonly #shape = $derived.by(() => this.#session().frame?.widths.join(" ") ?? "");
  readonly #request = $derived.by(() => this.#asked());

  readonly #session: () => Session;
  readonly #now: () => number;
  #taken: Moment | null = null;
  #takenFor: LandscapeRequest | null = null;
  /** Tells the newest taking from those that it has made idle. */
  #turn = 0;

  /** To be called while a component, or another effect, is set up; it ends with that. */
  constructor(session: () => Session, now = () => performance.now()) {
    this.#session = session;
    this.#now = now;
    $effect(() => {
      const request = this.#request;
      const { frame, frameExperiment, player } = session();
      const { playing } = player;
      // Weights that are moved by hand change before a picture is done, which is worth waiting for if it is quick.
      const soon = this.#share < 1 && this.#seconds < PATIENCE;
      if (!request || !frame || frame.failure) return;
      untrack(() => {
        const changed = !playing && !isOf(this.#taken, frame, frameExperiment);
        const asked = request !== this.#takenFor;
        if (asked || (changed && !soon)) void this.#take(request, frame);
      });
    });
    $effect(() => () => {
      this.#turn++;
    });
  }

  get kind(): DirectionsKind {
    return this.#kind;
  }
  /** The two weights or biases of the plane through them. */
  get parameters(): readonly ParameterPlace[] {
    return this.#parameters();
  }
  /** How far the picture goes to each side. */
  get reach(): number {
    return this.#reach[this.#kind];
  }
  /** The newest picture; null until there is one. */
  get landscape(): Landscape | null {
    return this.#landscape;
  }
  /** Why there is no picture, in a sentence. */
  get trouble(): string | null {
    return this.#trouble;
  }
  /** How much of the picture is done, 0 to 1, and for how long it has been under way. */
  get share(): number {
    return this.#share;
  }
  get seconds(): number {
    return this.#seconds;
  }
  /** Whether the run has gone on since the picture was taken. */
  get isPast(): boolean {
    const { frame } = this.#session();
    return this.#landscape !== null && frame !== null && frame.updates !== this.#landscape.updates;
  }

  turnTo(kind: DirectionsKind): void {
    this.#kind = kind;
  }
  /** Go through another random direction. */
  drawAnother(): void {
    this.#seed++;
  }
  goAsFarAs(reach: number): void {
    this.#reach = { ...this.#reach, [this.#kind]: reach };
  }
  /** Choose one of the two parameters; where it is the other one, both change places. */
  choose(which: 0 | 1, place: ParameterPlace): void {
    const [first, second] = this.#parameters();
    if (!first || !second) return;
    const [own, other] = which === 0 ? [first, second] : [second, first];
    const rest = same(place, other) ? own : other;
    this.#chosen = which === 0 ? [place, rest] : [rest, place];
  }
  /** Take the picture anew, of the present moment. */
  take(): void {
    const { frame } = this.#session();
    if (this.#request && frame) void this.#take(this.#request, frame);
  }
  #asked(): LandscapeRequest | null {
    const about = { reach: this.reach, resolution: RESOLUTION };
    if (this.#kind === "update") {
      return { directions: { kind: "update", seed: this.#seed }, ...about };
    }
    const [first, second] = this.#parameters();
    if (!first || !second) return null;
    return { directions: { kind: "parameters", first, second }, ...about };
  }

  /** What was chosen, where the network has it; else the first weight of the output layer and what follows it. */
  #parameters(): readonly ParameterPlace[] {
    const widths = this.#shape.split(" ").map(Number);
    const found = this.#chosen.filter((place) => exists({ kind: "parameter", ...place }, widths));
    if (found.length === 2) return found;
    const first = { layer: widths.length - 2, unit: 0, source: 0 };
    return [first, { ...first, source: (widths.at(-2) ?? 0) > 1 ? 1 : -1 }];
  }

  async #take(request: LandscapeRequest, frame: Frame): Promise<void> {
    const turn = ++this.#turn;
    const start = this.#now();
    this.#takenFor = request;
    this.#taken = momentOf(frame, this.#session().frameExperiment);
    this.#share = 0;
    this.#seconds = 0;
    let next: LandscapeRequest | null = request;
    let begun = false;
    try {
      do {
        const landscape: Landscape = await this.#session().ask.landscape(next);
        if (turn !== this.#turn) return;
        next = null;
        this.#share = landscape.share;
        this.#seconds = (this.#now() - start) / 1000;
        this.#trouble = null;
        const coarse: boolean = landscape.grid !== null && !begun && this.#seconds >= PATIENCE;
        if (coarse || landscape.share === 1) this.#landscape = landscape;
        begun ||= coarse;
      } while (this.#share < 1);
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      if (turn !== this.#turn) return;
      this.#share = 1;
      this.#landscape = null;
      this.#trouble = error.message;
    }
  }
}

function momentOf(frame: Frame, experiment: Experiment | null): Moment {
  const parameters = [...frame.weights, ...frame.biases].map((array) => array.slice());
  return { experiment, parameters };
}

function isOf(moment: Moment | null, frame: Frame, experiment: Experiment | null): boolean {
  if (moment?.experiment !== experiment) return false;
  const now = [...frame.weights, ...frame.biases];
  return now.every((array, place) => {
    const before = moment.parameters[place];
    return array.every((value, k) => value === before?.[k]);
  });
}

function same(one: ParameterPlace, other: ParameterPlace): boolean {
  return one.layer === other.layer && one.unit === other.unit && one.source === other.source;
}
