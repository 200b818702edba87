/**
 * What a person has made, and its run, through all changes: each one can be undone, with the weights that it cost.
 *
 * The experiment and what lies on the drawing pad change at once; the run follows, one command after the other.
 */

import type { EngineClient } from "../engine/client";
import type { Frame, ParameterRef, WeightRef } from "../engine/frame";
import type { Moment } from "../engine/moment";
import type { Parameters, RunChange, RunCommand, RunEvent, RunState } from "../engine/protocol";
import { keepsWeights } from "../experiment/changes";
import type { Experiment } from "../experiment/experiment";
import { encode } from "../experiment/link";
import { sourceOf } from "../experiment/source";
import type { CurvePoint } from "./curve";
import type { Edit, Made, Saved } from "./edit";
import type { Notices } from "./notices.svelte";
import { besides, samePad, type PadState } from "./pad-state";
import { Past } from "./past.svelte";
import { Steps } from "./steps.svelte";

const STARTED_AGAIN =
  "The network has changed, so training starts again. Undo brings the trained weights back.";

/** A moment to be seen. */
export type Wish = Pick<
  Extract<RunCommand, { type: "travel" }>,
  "branch" | "updates" | "events" | "rough"
>;

/** The weights that an experiment begins with, where they are not those of its seed. */
export interface Beginning {
  readonly saved?: Saved | null;
  readonly parameters?: readonly { readonly place: ParameterRef; readonly value: number }[];
  /** All of them; with `keep`, the counters stay as they are. */
  readonly all?: { readonly parameters: Parameters; readonly keep: boolean };
}

export class History {
  readonly steps = new Steps();
  readonly past = new Past();
  #experiment = $state.raw<Experiment>() as Experiment;
  #pad = $state.raw<PadState>() as PadState;

  /** What was made last, even while an earlier moment is on the screen. */
  readonly newestExperiment: Experiment = $derived(this.#madeLast?.experiment ?? this.#experiment);
  readonly newestPad: PadState = $derived(this.#madeLast?.pad ?? this.#pad);

  readonly #client: EngineClient;
  readonly #notices: Notices;
  #newest: Frame | null = null;
  #running: Experiment;
  /** Number of the last event that has happened to the run, as far as the page has followed it. */
  #event = -1;
  /** Whether the screen has not turned to what was set and drawn then. */
  #isBehind = false;
  /** Commands are carried out one after the other. */
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;
  /** The newest moment that somebody wants to see, and whether one is under way. */
  #wish: Wish | null = null;
  #travels = false;
  /** The step that was carried out last; more of the same goes on with it. */
  #applied: Edit | null = null;
  /** The change that still waits in the queue, to which a further one of the same kind is added. */
  #waiting: { readonly edit: Edit; after: Experiment } | null = null;

  constructor(client: EngineClient, notices: Notices, { experiment, pad }: Made) {
    this.#client = client;
    this.#notices = notices;
    this.#experiment = this.#running = experiment;
    this.#pad = besides(pad, experiment);
  }

  get experiment(): Experiment {
    return this.#experiment;
  }
  get pad(): PadState {
    return this.#pad;
  }
  /** The experiment that the worker has at present, and frames are of; it follows `experiment`. */
  get running(): Experiment {
    return this.#running;
  }

  /** The newest moment of the run; null until there is one. */
  get newest(): Frame | null {
    return this.#newest;
  }

  /** Start the first run, or go on with the state in which it was left. */
  open(left: RunState | null): Promise<void> {
    return this.#enqueue(async () => {
      const source = sourceOf(this.#experiment);
      const command: RunCommand = left
        ? { type: "restore", source, state: left }
        : { type: "open", source, keep: false };
      await this.#run(command, this.#experiment, "start");
    });
  }

  /** Take note of a moment of the run. */
  note(frame: Frame): void {
    this.#newest = frame;
    this.past.note(frame);
    if (this.#queued > 0 || frame.place.travelling) return;
    this.past.headFor(null);
    this.#follow(frame.place.moment);
  }

  /** Go to a moment. While one is under way, only the newest wish counts. */
  travel(wish: Wish): void {
    this.#wish = wish;
    this.past.headFor(wish);
    if (this.#travels) return;
    this.#travels = true;
    void this.#enqueue(async () => {
      try {
        for (let next = this.#takeWish(); next; next = this.#takeWish()) {
          const { moment } = await this.#client.run({ type: "travel", ...next });
          this.#follow(moment);
        }
      } catch (error) {
        this.past.headFor(null);
        throw error;
      } finally {
        this.#travels = false;
      }
    });
  }

  /** Go over to another experiment; where the pad is given as well, it is a step of its own. */
  change(label: string, after: Experiment, pad?: PadState): void {
    const before = this.#made;
    const beside = besides(pad ?? this.#pad, after);
    if (encode(before.experiment) === encode(after)) return this.lay(label, beside);
    const made = { experiment: after, pad: beside };
    const edit = pad ? this.steps.add(label, before, made) : this.steps.goOn(label, before, made);
    this.#turnTo(made);
    if (this.#waiting?.edit === edit) {
      this.#waiting.after = after;
      return;
    }
    const waiting = { edit, after };
    this.#waiting = waiting;
    void this.#enqueue(async () => {
      if (this.#waiting === waiting) this.#waiting = null;
      await this.#apply(edit, before.experiment, waiting.after);
    });
  }

  /** Go over to an experiment with the weights of a saved moment, with given ones, or with new ones of which some are set. */
  begin(label: string, experiment: Experiment, { saved, parameters = [], all }: Beginning): void {
    const made = { experiment, pad: besides(this.#pad, experiment) };
    const edit = this.steps.add(label, this.#made, made);
    this.#turnTo(made);
    void this.#enqueue(async () => {
      const source = sourceOf(experiment);
      const command: RunCommand = saved
        ? { type: "restore", source, state: saved.state, moment: saved.moment }
        : all
          ? { type: "load", source, ...all }
          : { type: "open", source, keep: false };
      const change = await this.#tried(edit, command, experiment);
      this.#lose(edit, change);
      if (saved) this.past.begin(change.moment, saved.curve);
      for (const { place, value } of parameters) {
        await this.#run({ type: "set", ...place, value }, experiment, label);
      }
    });
  }

  /** Change what lies on the pad and nothing else. */
  lay(label: string, pad: PadState): void {
    const before = this.#made;
    const made = { ...before, pad: besides(pad, before.experiment) };
    if (samePad(made.pad, before.pad)) return;
    this.steps.add(label, before, made).isOfThePad = true;
    this.#turnTo(made);
  }

  /** Go over to an experiment and make updates on one sample of it, at its place in the block; one step with both. */
  teach(label: string, made: Made, place: number, count: number): void {
    const edit = this.steps.add(label, this.#made, made);
    this.#turnTo(made);
    void this.#enqueue(async () => {
      const { experiment } = made;
      if (this.#newest?.failure) await this.#goBack();
      const source = sourceOf(experiment);
      const command: RunCommand = { type: "teach", source, row: place, count };
      this.#lose(edit, await this.#tried(edit, command, experiment));
    });
  }

  /** Go over to an experiment and train it from its start to the last of these epochs; one step with both. */
  train(
    label: string,
    experiment: Experiment,
    epochs: readonly number[],
    curve: readonly CurvePoint[],
  ): void {
    const made = { experiment, pad: besides(this.#pad, experiment) };
    const edit = this.steps.add(label, this.#made, made);
    this.#turnTo(made);
    void this.#enqueue(async () => {
      const open: RunCommand = { type: "open", source: sourceOf(experiment), keep: false };
      const { moment } = this.#lose(edit, await this.#tried(edit, open, experiment));
      let done = 0;
      for (const end of epochs) {
        await this.#client.run({ type: "advance", unit: "epoch", count: end - done });
        done = end;
      }
      this.past.begin(moment, curve);
    });
  }

  undo(): void {
    const edit = this.steps.undo();
    if (!edit) return;
    if (edit.isOfThePad) return this.#layAgain(edit.before.pad);
    this.#turnTo(edit.before);
    void this.#enqueue(async () => {
      const moment = this.#beforeAwayFrom(edit);
      if (moment) {
        const { experiment } = edit.before;
        const source = sourceOf(experiment);
        const command: RunCommand = { type: "restore", source, state: null, moment };
        await this.#run(command, experiment, `${edit.label}, undone`);
        return;
      }
      edit.regained = await this.#goOver(edit, "undone", edit.before, edit.lost);
      this.steps.trim();
    });
  }

  redo(): void {
    const edit = this.steps.redo();
    if (!edit) return;
    if (edit.isOfThePad) return this.#layAgain(edit.after.pad);
    this.#turnTo(edit.after);
    void this.#enqueue(async () => {
      edit.lost = await this.#goOver(edit, "redone", edit.after, edit.regained);
      this.steps.trim();
    });
  }

  advance(unit: "update" | "epoch", count: number): void {
    void this.#enqueue(async () => {
      this.#follow((await this.#client.run({ type: "advance", unit, count })).moment);
    });
  }

  reset(): void {
    this.#replaceWeights("reset", { type: "reset" });
  }

  /** Set a weight, or a bias; all that one gesture sets is one step. */
  setParameter(
    { layer, unit, input }: ParameterRef,
    value: number,
    gesture: object | null = null,
  ): void {
    const label = input === null ? "bias" : "weight";
    this.#replaceWeights(label, { type: "set", layer, unit, input, value }, gesture);
  }

  switchOff(weights: readonly WeightRef[], off: boolean): void {
    if (weights.length === 0) return;
    this.#replaceWeights(off ? "switching off" : "switching on", { type: "switch", weights, off });
  }

  /** Take back what a gesture has set. */
  cancel(gesture: object): void {
    if (this.steps.last?.gesture === gesture) this.undo();
  }

  /** Back to the last good moment. */
  recover(): void {
    void this.#enqueue(() => this.#goBack());
  }

  get #madeLast(): Made | null {
    const { isPast, tip } = this.past;
    return isPast && tip ? this.past.madeAt(tip) : null;
  }
  get #made(): Made {
    return { experiment: this.#experiment, pad: this.#pad };
  }

  async #apply(edit: Edit, before: Experiment, after: Experiment): Promise<void> {
    const keep = keepsWeights(before, after);
    if (keep && this.#newest?.failure) await this.#goBack();
    const trained = (this.#newest?.updates ?? 0) > 0;
    const event: RunEvent = { type: "open", source: sourceOf(after), keep };
    const goesOn = this.#applied === edit;
    this.#applied = edit;
    const change = await this.#tried(edit, goesOn ? { type: "more", event } : event, after);
    if (change.kept) {
      if (!goesOn) edit.event = change;
      return;
    }
    this.#lose(edit, change);
    if (trained) this.#notices.tell(STARTED_AGAIN);
  }

  /** Carry a step out; where the engine does not run it, all is as if it had never been. */
  async #tried(edit: Edit, command: RunCommand, experiment: Experiment): Promise<RunChange> {
    try {
      return await this.#run(command, experiment, edit.label);
    } catch (error) {
      this.steps.drop(edit);
      this.#turnTo(edit.before);
      throw error;
    }
  }

  #replaceWeights(label: string, event: RunEvent, gesture: object | null = null): void {
    const { last } = this.steps;
    const goesOn = gesture !== null && last?.gesture === gesture;
    const edit = goesOn ? last : this.steps.add(label, this.#made, this.#made, gesture);
    void this.#enqueue(async () => {
      const command: RunCommand = goesOn ? { type: "more", event } : event;
      this.#lose(edit, await this.#run(command, this.#running, label).catch(refused));
    });
    const refused = (error: unknown): never => {
      if (!goesOn) this.steps.drop(edit);
      throw error;
    };
  }

  /** Note with a step what weights it cost. */
  #lose(edit: Edit, change: RunChange): RunChange {
    const { previous, before } = change;
    edit.replacesWeights = true;
    if (previous) {
      edit.lost ??= { state: previous, curve: this.past.curve, moment: before };
    }
    this.steps.trim();
    return change;
  }

  /** The moment before a step, where somebody has travelled to one that knows nothing of it; else null. */
  #beforeAwayFrom({ event, replacesWeights }: Edit): Moment | null {
    const { before, moment } = event ?? {};
    if (!before || !moment || replacesWeights || before.event === moment.event) return null;
    return this.past.hasHappened(moment) || !this.past.knows(before) ? null : before;
  }

  /** Go over to an experiment, with its weights where they were saved; returns what was there before. */
  async #goOver(
    edit: Edit,
    how: "undone" | "redone",
    { experiment }: Made,
    saved: Saved | null,
  ): Promise<Saved | null> {
    const source = sourceOf(experiment);
    const { curve } = this.past;
    const restores = edit.replacesWeights && saved;
    const { previous, before, moment } = await this.#run(
      restores
        ? { type: "restore", source, state: saved.state, moment: saved.moment }
        : { type: "open", source, keep: !edit.replacesWeights },
      experiment,
      `${edit.label}, ${how}`,
    );
    // Where its moment is no longer kept, its branch begins anew.
    if (restores && moment.branch !== saved.moment?.branch) this.past.begin(moment, saved.curve);
    return previous && { state: previous, curve, moment: before };
  }

  async #goBack(): Promise<void> {
    const { good } = this.#client;
    const experiment = this.#running;
    if (!good) {
      await this.#run({ type: "reset" }, experiment, "reset");
    } else if (good.moment && this.past.madeAt(good.moment)?.experiment === experiment) {
      const { branch, updates, events } = good.moment;
      await this.#client.run({ type: "travel", branch, updates, events, rough: false });
    } else {
      const command: RunCommand = { type: "restore", source: sourceOf(experiment), ...good };
      await this.#run(command, experiment, "recovery");
    }
  }

  /** Have a command carried out that leads to an experiment. */
  async #run(command: RunCommand, experiment: Experiment, label: string): Promise<RunChange> {
    const change = await this.#client.run(command);
    this.#running = experiment;
    this.#event = change.moment.event;
    this.#isBehind = false;
    this.past.keep(change.moment, { experiment, pad: besides(this.#pad, experiment) }, label);
    return change;
  }

  /** Turn to what was set and drawn at a moment that the run has come to. */
  #follow(moment: Moment): void {
    if (moment.event === this.#event) return;
    this.#event = moment.event;
    const made = this.past.madeAt(moment);
    if (!made) return this.past.keep(moment, this.#made);
    this.#running = made.experiment;
    // What still waits may be a change, which was made of what is on the screen.
    this.#isBehind = this.#queued > 1;
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

  #takeWish(): Wish | null {
    const wish = this.#wish;
    this.#wish = null;
    return wish;
  }

  /** Lay on the pad what lay there before or after a step. */
  #layAgain(pad: PadState): void {
    this.#turnTo({ experiment: this.#experiment, pad: besides(pad, this.#experiment) });
  }

  #turnTo({ experiment, pad }: Made): void {
    const onlyPad = experiment === this.#experiment && this.#queued === 0;
    this.#experiment = experiment;
    this.#pad = pad;
    if (onlyPad) this.past.lay(this.#event, pad);
    this.#notices.dismiss();
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#queued++;
    this.#queue = this.#queue
      .then(task)
      .catch((error: unknown) => this.#notices.refused(error))
      .finally(() => {
        this.#queued--;
        if (this.#queued === 0) this.#rest();
      });
    return this.#queue;
  }
}
