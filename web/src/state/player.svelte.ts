/**
 * Trains the run: on and on, or so many updates. It rests where there is nothing to train on, where training has come
 * to an end, and while the room is not in view.
 */

import type { Frame } from "../engine/frame";
import type { StopReason } from "../engine/stopping";
import { whyIdle } from "../experiment/drawn";
import type { Experiment } from "../experiment/experiment";
import type { Notices } from "./notices.svelte";
import type { ViewSettings } from "./view.svelte";

/** The worker, as far as it trains by itself. */
export interface Engine {
  playing: boolean;
}

/** The run that is trained. */
export interface Trained {
  readonly experiment: Experiment;
  advance(unit: "update" | "epoch", count: number): void;
  recover(): void;
}

export interface PlayerStart {
  readonly engine: Engine;
  readonly run: Trained;
  readonly status: () => Status;
  readonly view: Pick<ViewSettings, "playing">;
  readonly notices: Notices;
  /** Whether the browser keeps that it plays, so that it does when the page is opened again. */
  readonly lively: boolean;
}

/** "ready" is a run that rests. */
export type Status = "loading" | "ready" | "running" | "diverged" | "failed";

export class Player {
  #playing = $state(false);
  #stopped = $state.raw<StopReason | null>(null);

  readonly #engine: Engine;
  readonly #run: Trained;
  readonly #status: () => Status;
  readonly #view: Pick<ViewSettings, "playing">;
  readonly #notices: Notices;
  readonly #lively: boolean;
  /** Whether the room is not in view, and whether training goes on when it is again. */
  #away = false;
  #goesOn = false;

  constructor({ engine, run, status, view, notices, lively }: PlayerStart) {
    this.#engine = engine;
    this.#run = run;
    this.#status = status;
    this.#view = view;
    this.#notices = notices;
    this.#lively = lively;
  }

  get playing(): boolean {
    return this.#playing;
  }
  /** The stop condition that the run rests at; null where it rests for another reason, or goes on. */
  get stopped(): StopReason | null {
    return this.#playing ? null : this.#stopped;
  }

  /** Train on and on; a run that has diverged first goes back to its last good moment. */
  play(): void {
    if (this.#isIdle()) return;
    if (this.#status() === "diverged") this.recover();
    if (this.#lively) this.#view.playing = true;
    this.#set(true);
  }
  pause(): void {
    if (this.#lively) this.#view.playing = false;
    this.#set(false);
  }
  toggle(): void {
    if (this.#playing) this.pause();
    else this.play();
  }
  /** Make one update. */
  step(): void {
    this.times(1);
  }
  /** Make so many updates. */
  times(count: number): void {
    this.pause();
    if (!this.#isIdle()) this.#run.advance("update", count);
  }
  /** Complete one pass over the training samples. */
  epoch(): void {
    this.pause();
    if (!this.#isIdle()) this.#run.advance("epoch", 1);
  }
  /** Back to the last good moment of a run that has diverged. */
  recover(): void {
    this.#set(false);
    this.#run.recover();
  }

  /** There is a run now: it plays or rests, as soon as the room is in view. */
  begin(playing: boolean): void {
    if (this.#away) this.#goesOn = playing;
    else this.#set(playing);
  }
  /** Rest while the room is not in view. */
  leave(): void {
    this.#away = true;
    this.#goesOn = this.#lively && this.#playing;
    this.#set(false);
  }
  /** Go on as the visitor has left it. */
  enter(): void {
    this.#away = false;
    if (this.#goesOn && this.#status() === "ready") this.#set(true);
  }
  /** Take note of a moment of the run, which may be one to rest at. */
  note({ failure, stopped, updates }: Pick<Frame, "failure" | "stopped" | "updates">): void {
    if (stopped || updates !== this.#stopped?.updates) this.#stopped = stopped;
    if (failure || stopped) this.#set(false);
  }
  /** Rest where there is nothing to train on any more. */
  restIfIdle(): void {
    if (this.#playing && whyIdle(this.#run.experiment) !== "") this.#set(false);
  }
  /** Rest, though the visitor has not asked for it. */
  rest(): void {
    this.#set(false);
  }

  /** Whether there is nothing to train on, which is told. */
  #isIdle(): boolean {
    const why = whyIdle(this.#run.experiment);
    if (why !== "") this.#notices.tell(why);
    return why !== "";
  }

  #set(playing: boolean): void {
    if (this.#playing === playing) return;
    this.#playing = playing;
    this.#engine.playing = playing;
  }
}
