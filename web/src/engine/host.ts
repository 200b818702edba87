/**
 * The worker's side: holds the run, carries out commands, and makes a frame whenever the page asks for one.
 *
 * It knows nothing of workers, so that tests can use it as it is.
 */

import { account, type AccountRequest } from "./account";
import { Bitmaps } from "./bitmaps";
import { Pictured } from "./detail";
import { RefusedSettings, type Engine } from "./engine";
import type { FrameData } from "./frame";
import { Surveyor, type Landscape, type LandscapeRequest } from "./landscape";
import { Machine } from "./machine";
import type { Moment } from "./moment";
import { Pace } from "./pace";
import { Painter } from "./painter";
import type {
  Command,
  PresentState,
  Request,
  Response,
  RunChange,
  RunCommand,
  RunEvent,
  RunSource,
  RunState,
  Thumbnail,
  ViewOptions,
} from "./protocol";
import { record, type Pictures } from "./recorder";
import { Run } from "./run";
import { Stopper } from "./stopping";
import { Timeline } from "./timeline";

/**
 * Milliseconds for a frame while training, of the 16.7 that 60 frames a second have; training gets the first part, pictures
 * what is left, but at least their own part.
 */
const FRAME_BUDGET = 13;
const TRAINING_BUDGET = 7;
const PICTURE_BUDGET = 6;
/** Milliseconds for a frame on the way to another moment: it is waited for, and is rarely as far away as that. */
const TRAVEL_BUDGET = 30;

/** Milliseconds for pictures that are taken away. */
const CAPTURE_BUDGET = 1000;

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
  readonly #machine: Machine;
  readonly #timeline: Timeline;
  readonly #surveyor: Surveyor;
  #view: ViewOptions | null = null;
  #asked: AccountRequest | null = null;
  #runNumber = 0;
  /** Number of the run that the last frame was of. */
  #shown = 0;
  #good: { readonly state: RunState; readonly moment: Moment } | null = null;
  #goodAt = 0;
  #toldAt = 0;
  #evaluationTook = 0;
  /** Whether pictures may be rough, since somebody drags through the history. */
  #rough = false;

  constructor(engine: Engine, send: (response: Response) => void, now = () => performance.now()) {
    this.#engine = engine;
    this.#send = send;
    this.#now = now;
    this.#pace = new Pace(now);
    this.#pictured = new Pictured(engine, now);
    this.#bitmaps = new Bitmaps(engine);
    this.#machine = new Machine(engine, this.#bitmaps);
    this.#timeline = new Timeline(this.#machine, now);
    this.#surveyor = new Surveyor(engine, now);
  }

  /** The run and its history, to be looked at. */
  get machine(): Machine {
    return this.#machine;
  }
  get timeline(): Timeline {
    return this.#timeline;
  }

  receive(request: Request): void {
    switch (request.type) {
      case "view":
        this.#view = request.options;
        break;
      case "account":
        this.#asked = request.request;
        break;
      case "hold":
        this.#timeline.hold(request.branches);
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
      if (command.type === "state") {
        this.#send({ type: "state", id, present: this.#present() });
      } else if (command.type === "thumbnails") {
        const thumbnails = command.sources.map((source) => this.#thumbnail(source));
        this.#send({ type: "thumbnails", id, thumbnails });
      } else if (command.type === "inputs") {
        this.#send({ type: "inputs", id, pictures: this.#inputs(command) });
      } else if (command.type === "survey") {
        this.#send({ type: "survey", id, survey: this.#machine.run.survey() });
      } else if (command.type === "capture") {
        this.#send({ type: "capture", id, frame: this.#capture(command.options) });
      } else if (command.type === "landscape") {
        this.#send({ type: "landscape", id, landscape: this.#landscape(command.request) });
      } else {
        this.#send({ type: "answer", id, change: this.#carryOut(command) });
      }
    } catch (error) {
      if (!(error instanceof RefusedSettings)) throw error;
      this.#send({ type: "refused", id, reason: error.message });
    }
  }

  #carryOut(command: RunCommand): RunChange {
    if (command.type !== "travel") this.#timeline.arrive();
    const before = this.#machine.isOpen ? this.#timeline.moment : null;
    this.#rough = command.type === "travel" && command.rough;
    const { previous, kept } = this.#do(command);
    return { previous, kept, before, moment: this.#timeline.goal };
  }

  #do(command: RunCommand): Pick<RunChange, "previous" | "kept"> {
    switch (command.type) {
      case "advance":
        this.#changeBy(() => this.#advance(command.unit, command.count));
        return { previous: null, kept: true };
      case "travel":
        this.#timeline.travel(command.branch, command.updates, command.events);
        this.#timeline.approach(TRAVEL_BUDGET);
        this.#broughtBack();
        this.#remember();
        return { previous: null, kept: true };
      case "restore":
        return this.#restore(command);
      case "more":
        return this.#happen(command.event, true);
      default:
        return this.#happen(command, false);
    }
  }

  #happen(event: RunEvent, more: boolean): Pick<RunChange, "previous" | "kept"> {
    const previous = this.#previousTo(event);
    if (event.type === "teach" && this.#machine.isOpen) this.#remember();
    const kept = this.#timeline.record(event, more);
    if (!kept) this.#broughtBack();
    if (event.type === "teach") this.#remember();
    return { previous: kept && event.type === "open" ? null : previous, kept };
  }

  /** The state that is lost by an event; null where there is none, or nothing is lost. */
  #previousTo(event: RunEvent): RunState | null {
    const keeps = this.#machine.effectOf(event) !== "more";
    return this.#machine.isOpen && !keeps ? this.#machine.run.snapshot() : null;
  }

  #restore({
    source,
    state,
    moment,
  }: Extract<RunCommand, { type: "restore" }>): Pick<RunChange, "previous" | "kept"> {
    const previous = this.#machine.isOpen ? this.#machine.run.snapshot() : null;
    if (moment && this.#timeline.putBack(moment, state)) {
      // Rates may have changed since the state was saved.
      this.#timeline.record({ type: "open", source, keep: true }, false);
    } else {
      this.#timeline.record(
        state ? { type: "restore", source, state } : { type: "open", source, keep: false },
        false,
      );
    }
    this.#broughtBack();
    return { previous, kept: false };
  }

  /** Another network is there, or another moment of this one. */
  #broughtBack(): void {
    this.#runNumber++;
    this.#good = null;
    this.#pace.rest();
    this.#pictured.forget();
  }

  /** Make so many updates, or complete so many passes, through what was recorded on the way. */
  #advance(unit: "update" | "epoch", count: number): void {
    const { run } = this.#machine;
    const end = (unit === "update" ? run.updates : run.int("EPOCHS")) + count;
    for (;;) {
      const now = this.#machine.run;
      const left = unit === "update" ? end - now.updates : now.updatesUntil(end);
      if (left <= 0 || now.diverged || now.updatesPerEpoch === 0) return;
      this.#timeline.train((trained, most) => trained.step(Math.min(left, most)));
    }
  }

  /** Train as the visitor asks for. A good end is remembered as well, since the next frames may not train. */
  #changeBy(train: () => void): void {
    this.#remember();
    train();
    this.#machine.run.evaluate();
    this.#timeline.keep();
    this.#remember();
  }

  #present(): PresentState {
    this.#timeline.arrive();
    return { state: this.#machine.run.snapshot(), moment: this.#timeline.moment };
  }

  #thumbnail(source: RunSource): Thumbnail {
    const run = Run.open(this.#engine, this.#machine.free, source, this.#bitmaps);
    return { points: run.array("POINTS").slice(), values: run.array("VALUES").slice() };
  }

  #inputs({ source, resolution, palette }: InputsCommand): Uint8ClampedArray<ArrayBuffer>[] {
    if (!this.#view) throw new Error("nothing is known of the view");
    const run = Run.open(this.#engine, this.#machine.free, source, this.#bitmaps);
    const view = { ...this.#view, palette, tilesPerColumn: run.int("WIDTHS") };
    const [inputs = []] = new Painter(this.#engine, run, view, resolution, 0).tiles();
    return inputs.map(({ pixels }) => pixels.slice());
  }

  #capture(view: ViewOptions): FrameData {
    this.#timeline.arrive();
    const { run } = this.#machine;
    const pictures = new Pictured(this.#engine, this.#now).resting(run, view, CAPTURE_BUDGET);
    const about = { run: this.#runNumber, place: this.#timeline.here, account: null };
    return record(run, pictures, { ...about, stepsPerSecond: null, stopped: null }, null);
  }

  #landscape(request: LandscapeRequest | null): Landscape {
    const { run } = this.#machine;
    return request
      ? this.#surveyor.begin(run, this.#timeline.way, request)
      : this.#surveyor.goOn(run);
  }

  #frame(playing: boolean, recycled: ArrayBuffer | null): void {
    const view = this.#view;
    if (!view) throw new Error("nothing is known of the view");
    if (this.#timeline.travelling) {
      this.#timeline.approach(TRAVEL_BUDGET);
      this.#remember();
    }
    const { travelling } = this.#timeline;
    // A run's start is shown before it is trained.
    const shown = this.#shown === this.#runNumber && !travelling;
    const trains = playing && !this.#machine.run.diverged && shown;
    this.#shown = this.#runNumber;
    const pictures = trains ? this.#train(view) : this.#rest(view);
    const { run } = this.#machine;
    const stopped = this.#stopper.reason;
    if (!trains) this.#pace.rest();
    if (!trains || stopped) this.#stopper.rest();
    const { stepsPerSecond } = this.#pace;
    const place = this.#timeline.place();
    const about = { run: this.#runNumber, place, stepsPerSecond, stopped };
    // The pictures lie where the account will be, so that they are copied first.
    const frame = record(run, pictures, { ...about, account: null }, recycled);
    const asked = this.#asked && account(this.#engine, run, this.#asked);
    this.#send({ type: "frame", frame: { ...frame, account: asked }, ...this.#goodToTell(run) });
  }

  #train(view: ViewOptions): Pictures {
    this.#remember();
    const start = this.#now();
    // Where looking at the result takes long, training may take as long.
    const budget = Math.max(TRAINING_BUDGET, this.#evaluationTook);
    this.#stopper.follow(this.#machine.run, view.stop);
    this.#timeline.train((run, most) =>
      this.#pace.train(run, view.speed, budget, this.#stopper, most),
    );
    const trained = this.#now();
    const { run } = this.#machine;
    run.evaluate();
    this.#timeline.keep();
    const evaluated = this.#now();
    this.#evaluationTook = evaluated - trained;
    const left = Math.max(PICTURE_BUDGET, FRAME_BUDGET - (evaluated - start));
    return this.#pictured.training(run, view, left);
  }

  #rest(view: ViewOptions): Pictures {
    const { run } = this.#machine;
    return this.#rough || this.#timeline.travelling
      ? this.#pictured.training(run, view, PICTURE_BUDGET)
      : this.#pictured.resting(run, view);
  }

  /** Keep the present state as one to come back to. */
  #remember(): void {
    const { run } = this.#machine;
    if (run.diverged || this.#timeline.travelling) return;
    const now = this.#now();
    const small = run.int("STATE_WORDS") <= SMALL_STATE;
    if (!small && this.#good && now - this.#goodAt < REMEMBER_EVERY) return;
    this.#good = { state: run.snapshot(), moment: this.#timeline.moment };
    this.#goodAt = now;
  }

  /** The last good state, about once a second and when the run has just diverged. */
  #goodToTell(run: Run): { state: RunState | null; good: Moment | null } {
    const now = this.#now();
    if (!this.#good || (!run.diverged && now - this.#toldAt < REMEMBER_EVERY)) {
      return { state: null, good: null };
    }
    const { state, moment } = this.#good;
    this.#good = null;
    this.#toldAt = now;
    return { state, good: moment };
  }
}
