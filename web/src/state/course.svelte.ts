/**
 * The course of a run: what a person has set and drawn, which changes at once, and the run in the worker, which follows,
 * one command after the other.
 *
 * Where the run comes to another moment, the screen turns to what was set and drawn then.
 */

import type { EngineClient } from "../engine/client";
import type { Frame } from "../engine/frame";
import type { Moment } from "../engine/moment";
import type { RunChange, RunCommand, RunState } from "../engine/protocol";
import type { Experiment } from "../experiment/experiment";
import { sourceOf } from "../experiment/source";
import type { Made, Saved } from "./edit";
import type { Notices } from "./notices.svelte";
import { besides, type PadState } from "./pad-state";
import { Past } from "./past.svelte";
import { Queue } from "./queue";

/** Commands that lead to another moment of the run as it is. */
type Move = Extract<RunCommand, { type: "advance" | "travel" }>;

export class Course {
  readonly past = new Past();
  #experiment = $state.raw<Experiment>() as Experiment;
  #pad = $state.raw<PadState>() as PadState;
  #frame = $state.raw<Frame | null>(null);
  #frameExperiment = $state.raw<Experiment | null>(null);

  /** What was made last, even while an earlier moment is on the screen. */
  readonly newestExperiment: Experiment = $derived(this.#madeLast?.experiment ?? this.#experiment);
  readonly newestPad: PadState = $derived(this.#madeLast?.pad ?? this.#pad);

  readonly #client: EngineClient;
  readonly #notices: Notices;
  readonly #queue: Queue;
  #running: Experiment;
  /** Number of the last event that has happened to the run, as far as the page has followed it. */
  #event = -1;
  /** Whether the screen has not turned to what was set and drawn then. */
  #isBehind = false;

  constructor(client: EngineClient, notices: Notices, { experiment, pad }: Made) {
    this.#client = client;
    this.#notices = notices;
    this.#queue = new Queue(
      (error) => notices.refused(error),
      () => this.#rest(),
    );
    this.#experiment = this.#running = experiment;
    this.#pad = besides(pad, experiment);
  }

  get experiment(): Experiment {
    return this.#experiment;
  }
  get pad(): PadState {
    return this.#pad;
  }
  get made(): Made {
    return { experiment: this.#experiment, pad: this.#pad };
  }
  /** The experiment that the worker has at present; it follows `experiment`. */
  get running(): Experiment {
    return this.#running;
  }
  /** The newest moment of the run; null until there is one. */
  get frame(): Frame | null {
    return this.#frame;
  }
  /** The experiment that `frame` is of. */
  get frameExperiment(): Experiment | null {
    return this.#frameExperiment;
  }

  /** Start the first run, or go on with the state in which it was left. */
  open(left: RunState | null): Promise<void> {
    return this.do(async () => {
      const source = sourceOf(this.#experiment);
      const command: RunCommand = left
        ? { type: "restore", source, state: left }
        : { type: "open", source, keep: false };
      await this.run(command, this.#experiment, "start");
    });
  }
  advance(unit: "update" | "epoch", count: number): void {
    void this.do(() => this.move({ type: "advance", unit, count }));
  }
  /** Back to the last good moment. */
  recover(): void {
    void this.do(() => this.goBack());
  }

  /** Turn to what is set and drawn now. The run does not follow by itself. */
  turnTo({ experiment, pad }: Made): void {
    const onlyPad = experiment === this.#experiment && this.#queue.length === 0;
    this.#experiment = experiment;
    this.#pad = pad;
    if (onlyPad) this.past.lay(this.#event, pad);
    this.#notices.dismiss();
  }

  /** Do something to the run once all before is done. A refusal is told. */
  do(task: () => Promise<void>): Promise<void> {
    return this.#queue.add(task);
  }
  /** In a task: have a command carried out that leads to an experiment. */
  async run(command: RunCommand, experiment: Experiment, label: string): Promise<RunChange> {
    const change = await this.#client.run(command);
    this.#running = experiment;
    this.#event = change.moment.event;
    this.#isBehind = false;
    this.past.keep(change.moment, { experiment, pad: besides(this.#pad, experiment) }, label);
    return change;
  }
  /** In a task: go to another moment, and turn to what was set and drawn then. */
  async move(command: Move): Promise<void> {
    this.#follow((await this.#client.run(command)).moment);
  }
  /** In a task: go back to the last good moment. */
  async goBack(): Promise<void> {
    const { good } = this.#client;
    const experiment = this.#running;
    if (!good) {
      await this.run({ type: "reset" }, experiment, "reset");
    } else if (good.moment && this.past.madeAt(good.moment)?.experiment === experiment) {
      const { branch, updates, events } = good.moment;
      await this.#client.run({ type: "travel", branch, updates, events, rough: false });
    } else {
      const command: RunCommand = { type: "restore", source: sourceOf(experiment), ...good };
      await this.run(command, experiment, "recovery");
    }
  }
  /** What was there before a change of the run; null where nothing was lost by it. */
  before({ previous, before }: RunChange): Saved | null {
    return previous && { state: previous, curve: this.past.curve, moment: before };
  }

  /** Take note of a moment of the run. */
  note(frame: Frame): void {
    this.#frame = frame;
    this.past.note(frame);
    if (this.#queue.length === 0 && !frame.place.travelling) {
      this.past.headFor(null);
      this.#follow(frame.place.moment);
    }
    this.#frameExperiment = this.#running;
  }

  get #madeLast(): Made | null {
    const { isPast, tip } = this.past;
    return isPast && tip ? this.past.madeAt(tip) : null;
  }

  /** Turn to what was set and drawn at a moment that the run has come to. */
  #follow(moment: Moment): void {
    if (moment.event === this.#event) return;
    this.#event = moment.event;
    const made = this.past.madeAt(moment);
    if (!made) return this.past.keep(moment, this.made);
    this.#running = made.experiment;
    // What still waits may be a change, which was made of what is on the screen.
    this.#isBehind = this.#queue.length > 1;
    if (!this.#isBehind) this.#show(made);
  }

  #show({ experiment, pad }: Made): void {
    this.#experiment = experiment;
    this.#pad = pad;
  }

  /** When all commands are carried out. */
  #rest(): void {
    const made = this.past.madeWith(this.#event);
    if (this.#isBehind && made) this.#show(made);
    // What was laid on the pad meanwhile belongs to the moment that it has come to.
    else this.past.lay(this.#event, this.#pad);
    this.#isBehind = false;
  }
}
