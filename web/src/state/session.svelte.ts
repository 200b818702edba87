/**
 * The one object that the screen shows and steers: the experiment, the run in the worker, and what can be undone.
 *
 * The experiment changes at once, the run a moment later: pictures of the network follow `frame` (its widths,
 * weights, tiles), controls follow `experiment`.
 */

import { CommandRefused, EngineClient, type WorkerLike } from "../engine/client";
import type { Failure, Frame } from "../engine/frame";
import { startWorker } from "../engine/start-worker";
import { checked, parsed } from "../experiment/check";
import { follow } from "../experiment/changes";
import type { Experiment } from "../experiment/experiment";
import { decode, encode } from "../experiment/link";
import { DEFAULT_EXPERIMENT } from "../experiment/settings";
import { Address, type Window } from "./address";
import type { Colours } from "./colours";
import type { CurvePoint } from "./curve";
import { History } from "./history.svelte";
import { Notices } from "./notices.svelte";
import { Store, type Storage } from "./store";
import { thumbnailsOf, type Thumbnails } from "./thumbnails";
import { ViewSettings } from "./view.svelte";

export type { Colours, CurvePoint, Thumbnails };

/** "ready" is a run that rests. */
export type Status = "loading" | "ready" | "running" | "diverged" | "failed";

/** What the session needs of a browser; tests bring their own. */
export interface Surroundings {
  readonly startWorker: () => WorkerLike;
  readonly schedule: (callback: () => void) => void;
  readonly storage: () => Storage;
  readonly window: Window;
  /** Whether the visitor wants nothing to move by itself. */
  readonly prefersStillness: () => boolean;
}

const BROWSER: Surroundings = {
  startWorker,
  schedule: (callback) => requestAnimationFrame(callback),
  storage: () => localStorage,
  window: globalThis.window,
  prefersStillness: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
};

const MOST_SEED = 2 ** 31;

export class Session {
  readonly view = new ViewSettings();
  #frame = $state.raw<Frame | null>(null);
  #thumbnails = $state.raw<Thumbnails>({});
  #playing = $state(false);
  #broken = $state<string | null>(null);

  readonly #notices = new Notices();
  readonly #client: EngineClient;
  readonly #history: History;
  readonly #store: Store;
  readonly #address: Address;
  readonly #stopEffects: () => void;

  constructor(around: Surroundings = BROWSER) {
    this.#store = new Store(around.storage, (sentence) => this.#notices.tell(sentence));
    this.#address = new Address(around.window);
    this.view.take(this.#store.read("view") ?? "");
    this.#client = new EngineClient({
      startWorker: around.startWorker,
      schedule: around.schedule,
      onFrame: (frame) => this.#show(frame),
      onCrash: (sentence, final) => this.#crashed(sentence, final),
    });
    this.#history = new History(this.#client, this.#notices, this.#firstExperiment());
    void this.#begin(this.view.playing && !around.prefersStillness());
    this.#address.listen(
      (link) => this.openLink(link),
      () => this.#address.flush(),
    );
    this.#stopEffects = $effect.root(() => {
      $effect(() => this.#client.setView(this.view.options));
      $effect(() => this.#store.write("view", this.view.kept));
      $effect(() => this.#keep(this.experiment));
    });
  }

  /** What is run. */
  get experiment(): Experiment {
    return this.#history.experiment;
  }
  /** The newest moment of the run; null until there is one. */
  get frame(): Frame | null {
    return this.#frame;
  }
  /** Losses and accuracies from the start of the run on. */
  get curve(): readonly CurvePoint[] {
    return this.#history.curve;
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
    return this.#history.undoLabel;
  }
  get redoLabel(): string | null {
    return this.#history.redoLabel;
  }
  /** The whole address of the experiment, to be shared. */
  get link(): string {
    return this.#address.page + encode(this.experiment);
  }

  /**
   * Change settings; returns whether they were accepted. If not, all stays as it was and `notice` says why.
   *
   * Other settings follow where they must fit (a kind of data without classes has 2). Trained weights are kept where
   * the network and its start stay the same.
   */
  change(label: string, mutate: (draft: Experiment) => void): boolean {
    const before = this.experiment;
    return this.#notices.guard(() => {
      const draft = structuredClone(before);
      mutate(draft);
      follow(draft, before);
      this.#history.change(label, checked(draft));
    });
  }
  /** Open the experiment in a link; one that is broken leaves all as it was, and `notice` says why. */
  openLink(link: string): boolean {
    const opened = this.#notices.guard(() => this.#history.change("link", decode(link)));
    if (!opened) this.#address.write(encode(this.experiment));
    return opened;
  }
  /** Open the experiment in a JSON text. */
  openText(text: string): boolean {
    return this.#notices.guard(() => this.#history.change("file", parsed(text)));
  }
  undo(): void {
    this.#history.undo();
  }
  redo(): void {
    this.#history.redo();
  }

  /** Train on and on; a run that has diverged first goes back to its last good moment. */
  play(): void {
    if (this.status === "diverged") this.recover();
    this.view.playing = true;
    this.#setPlaying(true);
  }
  pause(): void {
    this.view.playing = false;
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
    this.#history.advance("update", count);
  }
  /** Complete one pass over the training samples. */
  epoch(): void {
    this.pause();
    this.#history.advance("epoch", 1);
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
  /** Set a weight by hand; layers, units and inputs count from 0. */
  setWeight(layer: number, unit: number, input: number, value: number): void {
    this.#history.setParameter(layer, unit, input, value);
  }
  setBias(layer: number, unit: number, value: number): void {
    this.#history.setParameter(layer, unit, null, value);
  }
  /** Back to the last good moment of a run that has diverged. */
  recover(): void {
    this.#setPlaying(false);
    this.#history.recover();
  }

  dismissNotice(): void {
    this.#notices.dismiss();
  }
  /** Tell the colours (#rrggbb) of the page's look. */
  setColours(colours: Colours): void {
    this.view.colours = colours;
  }
  /** End the worker; the session is of no use afterwards. */
  close(): void {
    this.#stopEffects();
    this.#address.flush();
    this.#address.close();
    this.#client.close();
  }

  /** What the address says, else what was kept, else the defaults. */
  #firstExperiment(): Experiment {
    const { hash } = this.#address;
    if (hash.length <= 1) return this.#keptExperiment();
    try {
      return decode(hash);
    } catch (error) {
      this.#notices.refused(error);
      return this.#keptExperiment();
    }
  }

  #keptExperiment(): Experiment {
    try {
      return parsed(this.#store.read("experiment") ?? "{}");
    } catch {
      // Kept by another version of the page: there is nothing that the visitor could do about it.
      return DEFAULT_EXPERIMENT;
    }
  }

  #keep(experiment: Experiment): void {
    this.#store.write("experiment", JSON.stringify(experiment));
    this.#address.write(encode(experiment));
  }

  async #begin(playing: boolean): Promise<void> {
    await this.#history.begin();
    this.#setPlaying(playing && this.#broken === null);
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
    if (frame.failure) this.#setPlaying(false);
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
