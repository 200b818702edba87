/**
 * The one object that the screen of a room shows and steers: the experiment, the run in the worker, and what can be
 * undone.
 *
 * The experiment changes at once, the run a moment later: pictures of the network follow `frame` (its widths,
 * weights, tiles), controls follow `experiment`.
 */

import { CommandRefused, EngineClient } from "../engine/client";
import type { Failure, Frame, ParameterRef, WeightRef } from "../engine/frame";
import type { Landscape, LandscapeRequest } from "../engine/landscape";
import type { PresentState, RunState, ViewOptions } from "../engine/protocol";
import type { StopReason } from "../engine/stopping";
import { surveyed, type UnitSurvey } from "../engine/survey";
import { checked } from "../experiment/check";
import { follow } from "../experiment/changes";
import { whyIdle } from "../experiment/drawn";
import type { Experiment } from "../experiment/experiment";
import { encode } from "../experiment/link";
import { sharing } from "../experiment/sharing";
import { sourceOf } from "../experiment/source";
import { splitRows } from "../experiment/split";
import type { Colours } from "./colours";
import type { CurvePoint } from "./curve";
import type { Made } from "./edit";
import { History, type Beginning, type Wish } from "./history.svelte";
import { Inside } from "./inside.svelte";
import { Marks } from "./marks.svelte";
import type { Notices } from "./notices.svelte";
import type { PadState } from "./pad-state";
import type { Bookmark, Past } from "./past.svelte";
import type { Surroundings } from "./surroundings";
import { ALL_FEATURES, thumbnailsOf, type Thumbnails } from "./thumbnails";
import type { ViewSettings } from "./view.svelte";

export type { Colours, CurvePoint, Thumbnails };

/** Another run that keeps in step. */
export interface Fellow {
  /** Go to where this run is. */
  follow(curve: readonly CurvePoint[]): void;
  /** Call back once it is there. */
  whenThere(callback: () => void): void;
}

/** A run as it is at a moment. */
export interface Present extends PresentState {
  readonly experiment: Experiment;
}

/** "ready" is a run that rests. */
export type Status = "loading" | "ready" | "running" | "diverged" | "failed";

export interface SessionStart extends Made {
  readonly around: Surroundings;
  readonly view: ViewSettings;
  readonly notices: Notices;
  /** Whether it trains by itself when its room is opened, if the visitor has left it so. */
  readonly lively: boolean;
}

/** A moment of the run, with memory of its own. */
export interface Captured {
  readonly frame: Frame;
  readonly experiment: Experiment;
}

const MOST_SEED = 2 ** 31;

export class Session {
  readonly view: ViewSettings;
  readonly marks = new Marks();
  readonly inside = new Inside(
    () => this.#shape.split(" ").map(Number),
    () => this.#samples,
  );
  #frame = $state.raw<Frame | null>(null);
  #frameExperiment = $state.raw<Experiment | null>(null);
  #thumbnails = $state.raw<Thumbnails>({});
  #playing = $state(false);
  #stopped = $state.raw<StopReason | null>(null);
  #broken = $state<string | null>(null);
  // By value, so that what follows from them is made anew only when the network's shape or the samples change.
  readonly #shape = $derived(this.#frame?.widths.join(" ") ?? "");
  readonly #samples = $derived(this.#frame?.samples ?? Infinity);

  readonly #notices: Notices;
  readonly #client: EngineClient;
  readonly #history: History;
  readonly #lively: boolean;
  readonly #page: () => string;
  readonly #stopEffects: () => void;
  /** Whether the room is not in view, and whether training goes on when it is again. */
  #away = false;
  #goesOn = false;
  #fellow: Fellow | null = null;

  constructor({ around, view, notices, lively, ...made }: SessionStart) {
    this.view = view;
    this.#notices = notices;
    this.#lively = lively;
    this.#page = () => around.window.location.href.split("#")[0] ?? "";
    this.#client = new EngineClient({
      startWorker: around.startWorker,
      schedule: (callback) => around.schedule(() => this.#whenInStep(callback)),
      onFrame: (frame) => this.#show(frame),
      onCrash: (sentence, final) => this.#crashed(sentence, final),
      source: () => sourceOf(this.#history.running),
    });
    this.#history = new History(this.#client, notices, made);
    const plays = lively && view.playing && !around.prefersStillness();
    void this.#begin(plays, around.left(made.experiment));
    this.#stopEffects = $effect.root(() => {
      $effect(() => this.#client.setView(view.options));
      $effect(() => this.#client.setAccount(this.inside.request));
      $effect(() => this.#client.hold(this.past.bookmarks.map(({ moment }) => moment.branch)));
      $effect(() => {
        if (this.#playing && whyIdle(this.experiment) !== "") this.#setPlaying(false);
      });
    });
  }

  /** What is run. */
  get experiment(): Experiment {
    return this.#history.experiment;
  }
  /** What lies on the drawing pad. */
  get pad(): PadState {
    return this.#history.pad;
  }
  /** The newest moment of the run; null until there is one. */
  get frame(): Frame | null {
    return this.#frame;
  }
  /** The experiment that `frame` is of: for a moment after a change, the one before it. */
  get frameExperiment(): Experiment | null {
    return this.#frameExperiment;
  }
  /** Losses and accuracies from the start of the run up to the present moment. */
  get curve(): readonly CurvePoint[] {
    return this.past.curve;
  }
  /** All that the run has gone through. */
  get past(): Past {
    return this.#history.past;
  }
  /** What was made last, even while an earlier moment is on the screen. */
  get newestExperiment(): Experiment {
    return this.#history.newestExperiment;
  }
  get newestPad(): PadState {
    return this.#history.newestPad;
  }
  /** Points of each kind of data, for small pictures; empty until the engine has made them. */
  get thumbnails(): Thumbnails {
    return this.#thumbnails;
  }
  /** One sentence that the visitor should read; null when there is none. */
  get notice(): string | null {
    return this.#notices.notice;
  }
  get playing(): boolean {
    return this.#playing;
  }
  get status(): Status {
    if (this.#broken !== null) return "failed";
    if (this.#frame === null) return "loading";
    if (this.#frame.failure) return "diverged";
    return this.#playing ? "running" : "ready";
  }
  /** The stop condition that the run rests at; null where it rests for another reason, or goes on. */
  get stopped(): StopReason | null {
    return this.#playing ? null : this.#stopped;
  }
  /** Why the run stopped, or why there is none. */
  get failure(): Failure | null {
    if (this.#broken !== null) return { layer: null, step: 0, reason: this.#broken };
    return this.#frame?.failure ?? null;
  }
  get canUndo(): boolean {
    return this.undoLabel !== null;
  }
  get canRedo(): boolean {
    return this.redoLabel !== null;
  }
  /** Name of what undo takes back, such as "learning rate". */
  get undoLabel(): string | null {
    return this.#history.steps.undoLabel;
  }
  get redoLabel(): string | null {
    return this.#history.steps.redoLabel;
  }
  /** The whole address of the experiment, to be shared. */
  get link(): string {
    return this.#page() + encode(this.experiment);
  }

  /**
   * Change settings; returns whether they were accepted. If not, all stays as it was and `notice` says why. With what
   * is to lie on the pad then, it is a step of its own; without, quick changes with the same label are undone as one.
   *
   * Other settings follow where they must fit (a kind of data without classes has 2). Trained weights are kept where
   * the network and its start stay the same.
   */
  change(label: string, mutate: (draft: Experiment) => void, pad?: PadState): boolean {
    return this.#notices.guard(() => this.#history.change(label, this.#changed(mutate), pad));
  }
  /** Change settings and make updates on one given row, which undo takes back together; returns as `change` does. */
  teach(mutate: (draft: Experiment) => void, pad: PadState, row: number, count: number): boolean {
    return this.#notices.guard(() => {
      const experiment = this.#changed(mutate);
      this.pause();
      const place = splitRows(experiment.data).train.indexOf(row);
      this.#history.teach("training", { experiment, pad }, place, count);
    });
  }
  /**
   * Go over to an experiment and train it from its start as it was trained elsewhere: rests at each of these epochs, and
   * has this curve in the end. Undo takes all of it back.
   */
  follow(
    label: string,
    experiment: Experiment,
    epochs: readonly number[],
    curve: readonly CurvePoint[],
  ): void {
    this.pause();
    this.#history.train(label, experiment, epochs, curve);
  }
  /** Change what lies on the pad and nothing else. */
  lay(label: string, pad: PadState): void {
    this.#history.lay(label, pad);
  }
  /** Go over to another experiment as a whole. */
  open(label: string, experiment: Experiment): void {
    this.#history.change(label, experiment);
  }
  /** Go over to another experiment with weights of its own: those of a saved moment, or new ones of which some are set. */
  begin(label: string, experiment: Experiment, weights: Beginning = {}): void {
    this.#history.begin(label, experiment, weights);
  }
  /** Keep in step with another run: the next moment waits until that one has come to the present one. */
  goAlong(fellow: Fellow | null): void {
    this.#fellow = fellow;
    if (this.frame) fellow?.follow(this.curve);
  }
  undo(): void {
    this.#history.undo();
  }
  redo(): void {
    this.#history.redo();
  }

  /** Train on and on; a run that has diverged first goes back to its last good moment. */
  play(): void {
    if (this.#isIdle()) return;
    if (this.status === "diverged") this.recover();
    if (this.#lively) this.view.playing = true;
    this.#setPlaying(true);
  }
  pause(): void {
    if (this.#lively) this.view.playing = false;
    this.#setPlaying(false);
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
    if (!this.#isIdle()) this.#history.advance("update", count);
  }
  /** Complete one pass over the training samples. */
  epoch(): void {
    this.pause();
    if (!this.#isIdle()) this.#history.advance("epoch", 1);
  }
  /** Rest while the room is not in view. */
  leave(): void {
    this.inside.rest();
    this.#away = true;
    this.#goesOn = this.#lively && this.#playing;
    this.#setPlaying(false);
  }
  /** Go on as the visitor has left it. */
  enter(): void {
    this.#away = false;
    if (this.#goesOn && this.status === "ready") this.#setPlaying(true);
  }
  /** The same start again: the same weights and the same order of samples. */
  reset(): void {
    this.#history.reset();
  }
  /** A new start: the next seed of the initial weights. */
  newWeights(): void {
    this.change("new weights", ({ network }) => (network.seed = (network.seed + 1) % MOST_SEED));
  }
  /** Other samples of the same kind: the next seed of the data. */
  newData(): void {
    this.change("new data", ({ data }) => (data.seed = (data.seed + 1) % MOST_SEED));
  }
  /** Set a weight or a bias by hand; all that one gesture sets is undone as one. */
  setParameter(place: ParameterRef, value: number, gesture: object | null = null): void {
    this.#history.setParameter(place, value, gesture);
  }
  /** Take back what a gesture has set. */
  cancel(gesture: object): void {
    this.#history.cancel(gesture);
  }
  /** Hold weights at 0, to see what they are for, or let them go with the values that they had. */
  switchOff(weights: readonly WeightRef[], off: boolean): void {
    this.#history.switchOff(weights, off);
  }
  /** RGBA of small pictures of all features, in the order of the schema; none where the engine has stopped. */
  async featureMaps(resolution: number): Promise<readonly Uint8ClampedArray<ArrayBuffer>[]> {
    try {
      return await this.#client.inputs(ALL_FEATURES, resolution, this.view.palette);
    } catch (error) {
      if (error instanceof CommandRefused) return [];
      throw error;
    }
  }
  /** The present moment with all its numbers and pictures in so much detail, and what is run then, to be saved. */
  async capture(detail: Partial<ViewOptions> = {}): Promise<Captured> {
    const frame = await this.#client.capture({ ...this.view.options, ...detail });
    const made = this.past.madeAt(frame.place.moment);
    return { frame, experiment: made?.experiment ?? this.#history.running };
  }
  /** How the samples trained on use each hidden unit at present; null where there is no run to ask. */
  async survey(): Promise<readonly UnitSurvey[] | null> {
    const { frame } = this;
    if (frame === null) return null;
    try {
      return surveyed(await this.#client.survey(), frame.widths);
    } catch (error) {
      if (error instanceof CommandRefused) return null;
      throw error;
    }
  }
  /** The state of the run at present, to the last bit, and what it is a run of; null where there is none. */
  async present(): Promise<Present | null> {
    if (this.#frame === null) return null;
    try {
      const { state, moment } = await this.#client.state();
      const made = this.past.madeAt(moment);
      return made && { state, moment, experiment: made.experiment };
    } catch (error) {
      if (error instanceof CommandRefused) return null;
      throw error;
    }
  }
  /**
   * Go to the moment of a branch, the present one unless another is given, after so many updates; everything shows that
   * moment then. `rough` while the hand still moves: the pictures need not be fine yet.
   */
  travel(
    updates: number,
    { branch = this.past.moment?.branch, events = null, rough = false }: Partial<Wish> = {},
  ): void {
    if (branch === undefined) return;
    this.pause();
    this.#history.travel({ branch, updates, events, rough });
  }
  /** Back to the newest moment of the present branch, or on to that of another. */
  toTip(branch?: number): void {
    this.travel(Infinity, branch === undefined ? {} : { branch });
  }
  /** Mark the moment on the screen, to come back to it. */
  bookmark(): void {
    const bookmark = this.past.mark();
    if (!bookmark) return;
    this.#notices.tell(`${bookmark.name} is set at update ${bookmark.moment.updates}.`);
  }
  /** Go to a marked moment, on the present branch if it comes by there. */
  toBookmark(bookmark: Bookmark): void {
    const { updates, events, branch } = bookmark.moment;
    this.travel(updates, this.past.isOnWay(bookmark) ? { events } : { events, branch });
  }
  /**
   * Begin a picture of the loss around the present weights, or with null go on with it; rejects with a CommandRefused
   * where there is none.
   */
  landscape(request: LandscapeRequest | null): Promise<Landscape> {
    return this.#client.landscape(request);
  }
  /** Back to the last good moment of a run that has diverged. */
  recover(): void {
    this.#setPlaying(false);
    this.#history.recover();
  }

  dismissNotice(): void {
    this.#notices.dismiss();
  }
  /** End the worker; the session is of no use afterwards. */
  close(): void {
    this.#stopEffects();
    this.#client.close();
  }

  #changed(mutate: (draft: Experiment) => void): Experiment {
    const before = this.experiment;
    const draft = structuredClone(before);
    mutate(draft);
    follow(draft, before);
    return sharing(checked(draft), before);
  }

  #whenInStep(callback: () => void): void {
    if (this.#fellow) this.#fellow.whenThere(callback);
    else callback();
  }

  /** Whether there is nothing to train on, which is told. */
  #isIdle(): boolean {
    const why = whyIdle(this.experiment);
    if (why !== "") this.#notices.tell(why);
    return why !== "";
  }

  async #begin(playing: boolean, left: RunState | null): Promise<void> {
    await this.#history.open(left);
    const plays = playing && this.#broken === null;
    if (this.#away) this.#goesOn = plays;
    else this.#setPlaying(plays);
    if (!this.#lively) return;
    try {
      this.#thumbnails = await thumbnailsOf(this.#client);
    } catch (error) {
      // The crash that prevented them has been told already.
      if (!(error instanceof CommandRefused)) throw error;
    }
  }

  #show(frame: Frame): void {
    this.#frame = frame;
    this.#history.note(frame);
    this.#frameExperiment = this.#history.running;
    this.#fellow?.follow(this.curve);
    if (frame.stopped || frame.updates !== this.#stopped?.updates) this.#stopped = frame.stopped;
    if (frame.failure || frame.stopped) this.#setPlaying(false);
  }

  #crashed(sentence: string, final: boolean): void {
    if (final) this.#broken = sentence;
    this.#notices.tell(sentence);
    this.#setPlaying(false);
  }

  #setPlaying(playing: boolean): void {
    if (this.#playing === playing) return;
    this.#playing = playing;
    this.#client.playing = playing;
  }
}
