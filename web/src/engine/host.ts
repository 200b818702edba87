/**
 * The worker's side: holds the run, carries out commands, and makes a frame whenever the page asks for one.
 *
 * It knows nothing of workers, so that tests can use it as it is.
 */

import { account, type AccountRequest } from "./account";
import { Int } from "./bindings";
import { Bitmaps } from "./bitmaps";
import { Pictured } from "./detail";
import { LIVE, areLive, differences } from "./differences";
import { RefusedSettings, type Engine } from "./engine";
import { Pace } from "./pace";
import { Painter } from "./painter";
import type {
  Command,
  Request,
  Response,
  RunChange,
  RunCommand,
  RunSource,
  RunState,
  Thumbnail,
  ViewOptions,
} from "./protocol";
import { record, type Pictures } from "./recorder";
import { Run } from "./run";
import { Stopper } from "./stopping";

/**
 * Milliseconds for a frame while training, of the 16.7 that 60 frames a second have; training gets the first part, pictures
 * what is left, but at least their own part.
 */
const FRAME_BUDGET = 13;
const TRAINING_BUDGET = 7;
const PICTURE_BUDGET = 6;

/** A good state is remembered before every frame while it is small, else about once a second. */
const SMALL_STATE = 250_000;
const REMEMBER_EVERY = 1000;

type InputsCommand = Extract<Command, { type: "inputs" }>;

export class Host {
  readonly #engine: Engine;
  readonly #now: () => number;
  readonly #send: (response: Response) => void;
  readonly #pace: Pace;
  readonly #stopper = new Stopper();
  readonly #pictured: Pictured;
  readonly #bitmaps: Bitmaps;
  #run: Run | null = null;
  #source: RunSource | null = null;
  #view: ViewOptions | null = null;
  #asked: AccountRequest | null = null;
  #runNumber = 0;
  /** Number of the run that the last frame was of. */
  #shown = 0;
  #good: RunState | null = null;
  #goodAt = 0;
  #toldAt = 0;
  #evaluationTook = 0;

  constructor(engine: Engine, send: (response: Response) => void, now = () => performance.now()) {
    this.#engine = engine;
    this.#send = send;
    this.#now = now;
    this.#pace = new Pace(now);
    this.#pictured = new Pictured(engine, now);
    this.#bitmaps = new Bitmaps(engine);
  }

  receive(request: Request): void {
    switch (request.type) {
      case "view":
        this.#view = request.options;
        break;
      case "account":
        this.#asked = request.request;
        break;
      case "frame":
        this.#frame(request.playing, request.recycle);
        break;
      case "command":
        this.#answer(request.id, request.command);
    }
  }

  #answer(id: number, command: Command): void {
    try {
      if (command.type === "thumbnails") {
        const thumbnails = command.sources.map((source) => this.#thumbnail(source));
        this.#send({ type: "thumbnails", id, thumbnails });
      } else if (command.type === "inputs") {
        this.#send({ type: "inputs", id, pictures: this.#inputs(command) });
      } else if (command.type === "survey") {
        this.#send({ type: "survey", id, survey: this.#present().survey() });
      } else {
        this.#send({ type: "answer", id, change: this.#carryOut(command) });
      }
    } catch (error) {
      if (!(error instanceof RefusedSettings)) throw error;
      this.#send({ type: "refused", id, reason: error.message });
    }
  }

  #carryOut(command: RunCommand): RunChange {
    if (command.type === "open") return this.#open(command.source, command.keep);
    if (command.type === "restore") return this.#restore(command.source, command.state);
    if (command.type === "teach") return this.#teach(command.source, command.row, command.count);
    const run = this.#present();
    const previous = command.type === "advance" ? null : run.snapshot();
    switch (command.type) {
      case "reset":
        run.reset();
        this.#runNumber++;
        this.#good = null;
        return { previous, kept: false };
      case "set":
        run.setParameter(command.layer, command.unit, command.input, command.value);
        return { previous, kept: true };
      case "switch":
        run.switchOff(command.weights, command.off);
        return { previous, kept: true };
      case "advance":
        this.#changeBy(run, () =>
          run.step(
            command.unit === "update"
              ? command.count
              : run.updatesLeft + (command.count - 1) * run.updatesPerEpoch,
          ),
        );
        return { previous, kept: true };
    }
  }

  #open(source: RunSource, keep: boolean): RunChange {
    const slots = this.#source ? differences(this.#source, source) : null;
    if (keep && this.#run && slots && areLive(slots)) {
      this.#run.changeSettings(source, slots);
      this.#source = source;
      return { previous: null, kept: true };
    }
    return this.#replace(source, (fresh, old) => {
      if (keep && old && fresh.adopt(old)) return true;
      fresh.reset();
      return false;
    });
  }

  #restore(source: RunSource, state: RunState): RunChange {
    return this.#replace(source, (fresh) => {
      fresh.restore(state);
      // Rates may have changed since the state was saved.
      fresh.changeSettings(source, LIVE);
      return false;
    });
  }

  #teach(source: RunSource, row: number, count: number): RunChange {
    const trained = (source.header[Int.SAMPLES] ?? 0) - (source.header[Int.TEST_SAMPLES] ?? 0);
    if (row < 0 || row >= trained) {
      throw new RefusedSettings("A sample that is held out for testing cannot be trained.");
    }
    const before = this.#run?.snapshot() ?? null;
    const { kept } = this.#open(source, true);
    const run = this.#present();
    this.#changeBy(run, () => run.teach(row, count));
    return { previous: before, kept };
  }

  /** Train as the visitor asks for. A good end is remembered as well, since the next frames may not train. */
  #changeBy(run: Run, train: () => void): void {
    this.#remember(run);
    train();
    run.evaluate();
    this.#remember(run);
  }

  /** Lay out a run above the present one, start it, and move it down into the other's place. */
  #replace(source: RunSource, start: (fresh: Run, old: Run | null) => boolean): RunChange {
    const old = this.#run;
    const fresh = Run.open(this.#engine, old?.end ?? this.#engine.base, source, this.#bitmaps);
    const kept = start(fresh, old);
    const previous = kept || !old ? null : old.snapshot();
    fresh.moveTo(this.#engine.base);
    this.#run = fresh;
    this.#source = source;
    this.#good = null;
    this.#pace.rest();
    if (!kept) {
      this.#runNumber++;
      this.#pictured.forget();
    }
    return { previous, kept };
  }

  #thumbnail(source: RunSource): Thumbnail {
    const free = this.#run?.end ?? this.#engine.base;
    const run = Run.open(this.#engine, free, source, this.#bitmaps);
    return { points: run.array("POINTS").slice(), values: run.array("VALUES").slice() };
  }

  #inputs({ source, resolution, palette }: InputsCommand): Uint8ClampedArray<ArrayBuffer>[] {
    if (!this.#view) throw new Error("nothing is known of the view");
    const free = this.#run?.end ?? this.#engine.base;
    const run = Run.open(this.#engine, free, source, this.#bitmaps);
    const view = { ...this.#view, palette, tilesPerColumn: run.int("WIDTHS") };
    const [inputs = []] = new Painter(this.#engine, run, view, resolution, 0).tiles();
    return inputs.map(({ pixels }) => pixels.slice());
  }

  #frame(playing: boolean, recycled: ArrayBuffer | null): void {
    const run = this.#present();
    const view = this.#view;
    if (!view) throw new Error("nothing is known of the view");
    // A run's start is shown before it is trained.
    const trains = playing && !run.diverged && this.#shown === this.#runNumber;
    this.#shown = this.#runNumber;
    const pictures = trains ? this.#train(run, view) : this.#pictured.resting(run, view);
    const stopped = this.#stopper.reason;
    if (!trains) this.#pace.rest();
    if (!trains || stopped) this.#stopper.rest();
    const about = { run: this.#runNumber, stepsPerSecond: this.#pace.stepsPerSecond, stopped };
    // The pictures lie where the account will be, so that they are copied first.
    const frame = record(run, pictures, { ...about, account: null }, recycled);
    const asked = this.#asked && account(this.#engine, run, this.#asked);
    const state = this.#goodToTell(run);
    this.#send({ type: "frame", frame: { ...frame, account: asked }, state });
  }

  #train(run: Run, view: ViewOptions): Pictures {
    this.#remember(run);
    const start = this.#now();
    // Where looking at the result takes long, training may take as long.
    const budget = Math.max(TRAINING_BUDGET, this.#evaluationTook);
    this.#stopper.follow(run, view.stop);
    this.#pace.train(run, view.speed, budget, this.#stopper);
    const trained = this.#now();
    run.evaluate();
    const evaluated = this.#now();
    this.#evaluationTook = evaluated - trained;
    const left = Math.max(PICTURE_BUDGET, FRAME_BUDGET - (evaluated - start));
    return this.#pictured.training(run, view, left);
  }

  /** Keep the present state as one to come back to. */
  #remember(run: Run): void {
    if (run.diverged) return;
    const now = this.#now();
    const small = run.int("STATE_WORDS") <= SMALL_STATE;
    if (!small && this.#good && now - this.#goodAt < REMEMBER_EVERY) return;
    this.#good = run.snapshot();
    this.#goodAt = now;
  }

  /** The last good state, about once a second and when the run has just diverged. */
  #goodToTell(run: Run): RunState | null {
    const now = this.#now();
    if (!this.#good || (!run.diverged && now - this.#toldAt < REMEMBER_EVERY)) return null;
    const state = this.#good;
    this.#good = null;
    this.#toldAt = now;
    return state;
  }

  #present(): Run {
    if (!this.#run) throw new Error("no run is open");
    return this.#run;
  }
}
