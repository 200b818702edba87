/** Many seeds: one setting trained from a hundred starts beside the run, which goes on undisturbed. */

import { looks, type Start } from "../engine/seeds";
import { SeedsPool } from "../engine/seeds-pool";
import type { SeedsWorker } from "../engine/seeds-protocol";
import { startSeedsWorker } from "../engine/start-seeds-worker";
import { whyIdle } from "../experiment/drawn";
import type { Experiment } from "../experiment/experiment";
import { EVERYTHING, STARTS, experimentAt, placeOf, sourcesOf, type Varied } from "./many-starts";
import type { Session } from "./session.svelte";

/** What it needs of the browser; tests bring their own. */
export interface SeedsSurroundings {
  readonly startWorker: () => SeedsWorker;
  /** Cores that there are. */
  readonly cores: () => number;
  readonly schedule: (callback: () => void) => void;
}

const BROWSER: SeedsSurroundings = {
  startWorker: startSeedsWorker,
  cores: () => navigator.hardwareConcurrency,
  schedule: (callback) => requestAnimationFrame(callback),
};

export const MOST_EPOCHS = 10_000;
const MOST_WORKERS = 8;

/** What is trained, or has been. */
export interface Question {
  /** The setting, with the seeds of the first start. */
  readonly first: Experiment;
  readonly varied: readonly Varied[];
  readonly epochs: number;
}

export class ManySeeds {
  /** How long each start is trained. */
  epochs = $state(200);
  #varied = $state.raw<readonly Varied[]>(["weights"]);
  #open = $state(false);
  #question = $state.raw<Question | null>(null);
  /** By place; undefined for those that are not done. */
  #starts = $state.raw<readonly (Start | undefined)[]>([]);
  #running = $state(false);
  #share = $state(0);
  #seconds = $state(0);
  #failure = $state<string | null>(null);
  readonly #shown = $derived.by(() => {
    const question = this.#question;
    return question ? placeOf(this.#session.experiment, question.first, question.varied) : -1;
  });

  readonly #session: Session;
  readonly #around: SeedsSurroundings;
  #pool: SeedsPool | null = null;

  constructor(session: Session, around: SeedsSurroundings = BROWSER) {
    this.#session = session;
    this.#around = around;
  }

  get session(): Session {
    return this.#session;
  }
  /** Whether it is looked at. */
  get open(): boolean {
    return this.#open;
  }
  /** What is to differ from start to start; at least one thing. */
  get varied(): readonly Varied[] {
    return this.#varied;
  }
  get question(): Question | null {
    return this.#question;
  }
  get starts(): readonly (Start | undefined)[] {
    return this.#starts;
  }
  get running(): boolean {
    return this.#running;
  }
  /** How much of the training is done, 0 to 1. */
  get share(): number {
    return this.#share;
  }
  /** Seconds since it began, or that it took. */
  get seconds(): number {
    return this.#seconds;
  }
  /** Why it ended before all was done, in a sentence. */
  get failure(): string | null {
    return this.#failure;
  }
  /** Why there is nothing to be trained; empty where there is. */
  get idle(): string {
    return whyIdle(this.#session.experiment);
  }
  /** The start that the session has; −1 where its setting is another one. */
  get shown(): number {
    return this.#shown;
  }
  /** Whether what has been trained is what is set now. */
  get isPresent(): boolean {
    const { epochs, varied } = this.#question ?? {};
    return this.#shown >= 0 && epochs === this.epochs && varied?.join() === this.#varied.join();
  }

  /** Look at it; what is set now is trained at once, unless it has been. */
  show(): void {
    this.#open = true;
    if (!this.#running && (!this.isPresent || this.#starts.includes(undefined))) this.start();
  }
  close(): void {
    this.#open = false;
    this.cancel();
  }
  vary(what: Varied, on: boolean): void {
    const varied = EVERYTHING.filter((each) => (each === what ? on : this.#varied.includes(each)));
    if (varied.length > 0) this.#varied = varied;
  }

  start(): void {
    this.cancel();
    const question = {
      first: this.#session.experiment,
      varied: this.#varied,
      epochs: this.epochs,
    };
    this.#question = question;
    this.#starts = Array.from({ length: STARTS }, () => undefined);
    this.#share = this.#seconds = 0;
    this.#failure = null;
    this.#running = true;
    this.#run(question);
  }
  /** End the workers; what is done stays. */
  cancel(): void {
    this.#pool?.cancel();
    this.#pool = null;
    this.#running = false;
  }
  /** Have the session go over to a start and train it as long; undo takes that back. */
  look(place: number): void {
    const question = this.#question;
    const start = this.#starts[place];
    if (!question || !start) return;
    const experiment = experimentAt(question.first, question.varied, place);
    this.#session.follow("another start", experiment, looks(question.epochs), start.moments);
  }

  #run({ first, varied, epochs }: Question): void {
    const begun = performance.now();
    const done = [...this.#starts];
    let trained = 0;
    let scheduled = false;
    // Workers may answer more often than there are pictures.
    const tell = (): void => {
      if (scheduled) return;
      scheduled = true;
      this.#around.schedule(() => {
        scheduled = false;
        if (this.#pool !== pool) return;
        const finished = done.filter((start) => start !== undefined).length;
        this.#starts = [...done];
        this.#share = Math.max(finished / STARTS, trained / (STARTS * epochs));
        this.#seconds = (performance.now() - begun) / 1000;
      });
    };
    const pool = new SeedsPool({
      startWorker: this.#around.startWorker,
      workers: Math.max(1, Math.min(MOST_WORKERS, this.#around.cores())),
      starts: STARTS,
      sourceOf: sourcesOf(first, varied),
      epochs,
      onStart: (place, start) => {
        done[place] = start;
        tell();
      },
      onProgress: (count) => {
        trained += count;
        tell();
      },
      onEnd: (failure) => {
        this.#starts = done;
        this.#seconds = (performance.now() - begun) / 1000;
        this.#failure = failure;
        this.cancel();
      },
    });
    this.#pool = pool;
  }
}
