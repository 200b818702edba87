/**
 * The one object that the screen of a room shows and steers: the experiment, the run in the worker, and what can be
 * undone; each of its parts is for one thing that can be done.
 *
 * The experiment changes at once, the run a moment later: pictures of the network follow `frame` (its widths,
 * weights, tiles), controls follow `experiment`.
 */

import { EngineClient } from "../engine/client";
import type { Failure, Frame } from "../engine/frame";
import type { RunState } from "../engine/protocol";
import { revised } from "../experiment/changes";
import type { Experiment } from "../experiment/experiment";
import { encode } from "../experiment/link";
import { sourceOf } from "../experiment/source";
import { splitRows } from "../experiment/split";
import { ByHand } from "./by-hand";
import { Course } from "./course.svelte";
import type { CurvePoint } from "./curve";
import type { Made } from "./edit";
import { History } from "./history";
import { Inside } from "./inside.svelte";
import { Marks } from "./marks.svelte";
import type { Notices } from "./notices.svelte";
import type { PadState } from "./pad-state";
import type { Past } from "./past.svelte";
import { Player, type Status } from "./player.svelte";
import { Questions } from "./questions";
import { Steps } from "./steps.svelte";
import type { Surroundings } from "./surroundings";
import type { Thumbnails } from "./thumbnails";
import { Transitions, type Beginning } from "./transitions";
import { Travels } from "./travels";
import type { ViewSettings } from "./view.svelte";

/** Another run that keeps in step. */
export interface Fellow {
  /** Go to where this run is. */
  follow(curve: readonly CurvePoint[]): void;
  /** Call back once it is there. */
  whenThere(callback: () => void): void;
}

export interface SessionStart extends Made {
  readonly around: Surroundings;
  readonly view: ViewSettings;
  readonly notices: Notices;
  /** Whether it trains by itself when its room is opened, if the visitor has left it so. */
  readonly lively: boolean;
}

const MOST_SEED = 2 ** 31;

export class Session {
  readonly view: ViewSettings;
  /** Trains the run. */
  readonly player: Player;
  /** Goes to other moments of the run. */
  readonly travels: Travels;
  /** Sets and switches off its weights. */
  readonly weights: ByHand;
  /** Takes all that was done back, and does it again. */
  readonly history: History;
  /** Asks about the run. */
  readonly ask: Questions;
  readonly marks = new Marks();
  readonly inside = new Inside(
    () => this.#shape.split(" ").map(Number),
    () => this.#samples,
  );
  #thumbnails = $state.raw<Thumbnails>({});
  #broken = $state<string | null>(null);
  // By value, so that what follows from them is made anew only when the network's shape or the samples change.
  readonly #shape = $derived(this.frame?.widths.join(" ") ?? "");
  readonly #samples = $derived(this.frame?.samples ?? Infinity);

  readonly #notices: Notices;
  readonly #client: EngineClient;
  readonly #course: Course;
  readonly #transitions: Transitions;
  readonly #page: () => string;
  readonly #stopEffects: () => void;
  #fellow: Fellow | null = null;

  constructor({ around, view, notices, lively, ...made }: SessionStart) {
    this.view = view;
    this.#notices = notices;
    this.#page = () => around.window.location.href.split("#")[0] ?? "";
    const client = new EngineClient({
      startWorker: around.startWorker,
      schedule: (callback) => around.schedule(() => this.#whenInStep(callback)),
      onFrame: (frame) => this.#show(frame),
      onCrash: (sentence, final) => this.#crashed(sentence, final),
      source: () => sourceOf(this.#course.running),
    });
    const course = new Course(client, notices, made);
    const steps = new Steps();
    const status = (): Status => this.status;
    this.#client = client;
    this.#course = course;
    this.#transitions = new Transitions(course, steps, notices);
    this.player = new Player({ engine: client, run: course, status, view, notices, lively });
    this.travels = new Travels(course, this.player, notices);
    this.weights = new ByHand(course, steps);
    this.history = new History(course, steps);
    this.ask = new Questions(client, course, view);
    const plays = lively && view.playing && !around.prefersStillness();
    void this.#begin(plays, around.left(made.experiment), lively);
    this.#stopEffects = $effect.root(() => {
      $effect(() => client.setView(view.options));
      $effect(() => client.setAccount(this.inside.request));
      $effect(() => client.hold(this.past.bookmarks.map(({ moment }) => moment.branch)));
      $effect(() => this.player.restIfIdle());
    });
  }

  /** What is run. */
  get experiment(): Experiment {
    return this.#course.experiment;
  }
  /** What lies on the drawing pad. */
  get pad(): PadState {
    return this.#course.pad;
  }
  /** The newest moment of the run; null until there is one. */
  get frame(): Frame | null {
    return this.#course.frame;
  }
  /** The experiment that `frame` is of: for a moment after a change, the one before it. */
  get frameExperiment(): Experiment | null {
    return this.#course.frameExperiment;
  }
  /** All that the run has gone through. */
  get past(): Past {
    return this.#course.past;
  }
  /** What was made last, even while an earlier moment is on the screen. */
  get newestExperiment(): Experiment {
    return this.#course.newestExperiment;
  }
  get newestPad(): PadState {
    return this.#course.newestPad;
  }
  /** Points of each kind of data, for small pictures; empty until the engine has made them. */
  get thumbnails(): Thumbnails {
    return this.#thumbnails;
  }
  /** One sentence that the visitor should read; null when there is none. */
  get notice(): string | null {
    return this.#notices.notice;
  }
  get status(): Status {
    if (this.#broken !== null) return "failed";
    if (this.frame === null) return "loading";
    if (this.frame.failure) return "diverged";
    return this.player.playing ? "running" : "ready";
  }
  /** Why the run stopped, or why there is none. */
  get failure(): Failure | null {
    if (this.#broken !== null) return { layer: null, step: 0, reason: this.#broken };
    return this.frame?.failure ?? null;
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
    return this.#notices.guard(() =>
      this.#transitions.change(label, revised(this.experiment, mutate), pad),
    );
  }
  /** Change settings and make updates on one given row, which undo takes back together; returns as `change` does. */
  teach(mutate: (draft: Experiment) => void, pad: PadState, row: number, count: number): boolean {
    return this.#notices.guard(() => {
      const experiment = revised(this.experiment, mutate);
      this.player.pause();
      const place = splitRows(experiment.data).train.indexOf(row);
      this.#transitions.teach("training", { experiment, pad }, place, count);
    });
  }
  /** A new start: the next seed of the initial weights. */
  newWeights(): void {
    this.change("new weights", ({ network }) => (network.seed = (network.seed + 1) % MOST_SEED));
  }
  /** Other samples of the same kind: the next seed of the data. */
  newData(): void {
    this.change("new data", ({ data }) => (data.seed = (data.seed + 1) % MOST_SEED));
  }
  /** Change what lies on the pad and nothing else. */
  lay(label: string, pad: PadState): void {
    this.#transitions.lay(label, pad);
  }

  /** Go over to another experiment as a whole. */
  open(label: string, experiment: Experiment): void {
    this.#transitions.change(label, experiment);
  }
  /** Go over to another experiment with weights of its own: those of a saved moment, or new ones of which some are set. */
  begin(label: string, experiment: Experiment, weights: Beginning = {}): void {
    this.#transitions.begin(label, experiment, weights);
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
    this.player.pause();
    this.#transitions.train(label, experiment, epochs, curve);
  }

  /** Keep in step with another run: the next moment waits until that one has come to the present one. */
  goAlong(fellow: Fellow | null): void {
    this.#fellow = fellow;
    if (this.frame) fellow?.follow(this.past.curve);
  }
  /** Rest while the room is not in view. */
  leave(): void {
    this.inside.rest();
    this.player.leave();
  }
  /** Go on as the visitor has left it. */
  enter(): void {
    this.player.enter();
  }
  dismissNotice(): void {
    this.#notices.dismiss();
  }
  /** End the worker; the session is of no use afterwards. */
  close(): void {
    this.#stopEffects();
    this.#client.close();
  }

  async #begin(plays: boolean, left: RunState | null, lively: boolean): Promise<void> {
    await this.#course.open(left);
    this.player.begin(plays && this.#broken === null);
    if (lively) this.#thumbnails = await this.ask.thumbnails();
  }

  #whenInStep(callback: () => void): void {
    if (this.#fellow) this.#fellow.whenThere(callback);
    else callback();
  }

  #show(frame: Frame): void {
    this.#course.note(frame);
    this.#fellow?.follow(this.past.curve);
    this.player.note(frame);
  }

  #crashed(sentence: string, final: boolean): void {
    if (final) this.#broken = sentence;
    this.#notices.tell(sentence);
    this.player.rest();
  }
}
