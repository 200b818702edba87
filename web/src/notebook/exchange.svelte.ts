/**
 * What a room in a notebook and its Python side tell each other: the experiment, and the state of its run to the last
 * bit. The room tells both together, so that they always belong to each other.
 */

import type { RunState } from "../engine/protocol";
import { parsed } from "../experiment/check";
import type { Experiment } from "../experiment/experiment";
import type { Present } from "../state/questions";
import { Rooms } from "../state/rooms.svelte";
import type { Surroundings } from "../state/surroundings";
import type { Model } from "./anywidget";
import { inNotebook } from "./surroundings";

/** Milliseconds between two messages at least, while the run rests and while it trains. */
const RESTING = 100;
const TRAINING = 500;
/** What a connection is trusted with, in bytes a millisecond. */
const PACE = 2000;

export class Exchange {
  readonly rooms: Rooms;
  readonly #model: Model;
  readonly #stopEffects: () => void;
  /** What both sides know last. */
  #text: string;
  #state: DataView | null;
  /** What was told last. */
  #told: Experiment | null = null;
  #toldAt = -Infinity;
  #telling = false;
  /** How often something has happened. */
  #happened = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether a message of Python has come that is still to be looked at. */
  #received = false;
  #closed = false;

  constructor(model: Model, schedule: Surroundings["schedule"]) {
    this.#model = model;
    this.#text = model.get("document");
    this.#state = model.get("state");
    this.rooms = new Rooms(inNotebook(parsed(this.#text), wordsOf(this.#state), schedule));
    model.on("change:document", this.#changed);
    model.on("change:state", this.#changed);
    this.#stopEffects = $effect.root(() => {
      $effect(() => {
        if (this.rooms.session.frame) this.#note();
      });
    });
  }

  /** Tell what there is to be told at once. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#tell();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stopEffects();
    this.#model.off("change:document", this.#changed);
    this.#model.off("change:state", this.#changed);
    this.rooms.close();
  }

  /** Something has happened: tell it as soon as it may be told. */
  #note(): void {
    this.#happened++;
    if (this.#telling || this.#closed) return;
    const bytes = this.#state?.byteLength ?? 0;
    const pause = Math.max(this.rooms.session.player.playing ? TRAINING : RESTING, bytes / PACE);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.#tell(),
      Math.max(0, this.#toldAt + pause - performance.now()),
    );
  }

  async #tell(): Promise<void> {
    const happened = this.#happened;
    this.#telling = true;
    const present = await this.rooms.session.ask.present();
    this.#telling = false;
    // While the run has yet to follow what was set last, on the screen or from Python, it will be told then.
    const isBehind = this.#received || present?.experiment !== this.rooms.session.experiment;
    if (present && !isBehind) this.#send(present);
    if (this.#happened > happened) this.#note();
  }

  #send(present: Present): void {
    const { experiment, moment } = present;
    const state = new DataView(present.state.buffer);
    if (experiment === this.#told && sameBytes(state, this.#state)) return;
    if (experiment !== this.#told) this.#text = JSON.stringify(experiment);
    this.#told = experiment;
    this.#state = state;
    this.#toldAt = performance.now();
    this.#model.set("document", this.#text);
    this.#model.set("state", this.#state);
    this.#model.set("updates", moment.updates);
    try {
      this.#model.save_changes();
    } catch {
      // Python has closed its side, so that nobody is left to be told.
      this.#closed = true;
    }
  }

  /** Python may change both; they are looked at when all of its message has come. */
  readonly #changed = (): void => {
    if (this.#received) return;
    this.#received = true;
    queueMicrotask(() => {
      this.#received = false;
      this.#take(this.#model.get("document"), this.#model.get("state"));
    });
  };

  #take(text: string, state: DataView | null): void {
    if (text === this.#text && sameBytes(state, this.#state)) return;
    const known: Experiment | null = text === this.#text ? this.rooms.session.experiment : null;
    this.#text = text;
    this.#state = state;
    // Without a state, the weights at hand stay where they fit.
    this.rooms.open("experiment from Python", known ?? parsed(text), wordsOf(state) ?? undefined);
  }
}

function wordsOf(bytes: DataView | null): RunState | null {
  if (!bytes || bytes.byteLength === 0) return null;
  const copy = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).slice();
  return new Uint32Array(copy.buffer);
}

function sameBytes(one: DataView | null, other: DataView | null): boolean {
  if (one === other || one?.byteLength !== other?.byteLength) return one === other;
  for (let place = 0; place < (one?.byteLength ?? 0); place++) {
    if (one?.getUint8(place) !== other?.getUint8(place)) return false;
  }
  return true;
}
