/**
 * What a person has made, and its run, through all changes: each one can be undone, with the weights that it cost.
 *
 * The experiment and what lies on the drawing pad change at once; the run follows, one command after the other.
 */

import type { EngineClient } from "../engine/client";
import type { Frame, ParameterRef, WeightRef } from "../engine/frame";
import type { RunChange, RunCommand } from "../engine/protocol";
import { keepsWeights } from "../experiment/changes";
import type { Experiment } from "../experiment/experiment";
import { encode } from "../experiment/link";
import { sourceOf } from "../experiment/source";
import { curvePoint, extendCurve, type CurvePoint } from "./curve";
import type { Edit, Made, Saved } from "./edit";
import type { Notices } from "./notices.svelte";
import { besides, samePad, type PadState } from "./pad-state";
import { Steps } from "./steps.svelte";

const STARTED_AGAIN =
  "The network has changed, so training starts again. Undo brings the trained weights back.";

export class History {
  readonly steps = new Steps();
  #experiment = $state.raw<Experiment>() as Experiment;
  #pad = $state.raw<PadState>() as PadState;
  #curve = $state.raw<readonly CurvePoint[]>([]);

  readonly #client: EngineClient;
  readonly #notices: Notices;
  #newest: Frame | null = null;
  #running: Experiment;
  /** Commands are carried out one after the other. */
  #queue: Promise<void> = Promise.resolve();
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
  get curve(): readonly CurvePoint[] {
    return this.#curve;
  }
  /** The experiment that the worker has at present, and frames are of; it follows `experiment`. */
  get running(): Experiment {
    return this.#running;
  }

  /** Start the first run. */
  open(): Promise<void> {
    return this.#enqueue(async () => {
      const source = sourceOf(this.#experiment);
      await this.#run({ type: "open", source, keep: false }, this.#experiment);
    });
  }

  /** Take note of a moment of the run. */
  note(frame: Frame): void {
    this.#newest = frame;
    if (!frame.failure) this.#curve = extendCurve(this.#curve, curvePoint(frame));
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

  /** Go over to an experiment with the weights of a saved moment, or with new ones; a step of its own. */
  begin(label: string, experiment: Experiment, saved: Saved | null): void {
    const made = { experiment, pad: besides(this.#pad, experiment) };
    const edit = this.steps.add(label, this.#made, made);
    this.#turnTo(made);
    void this.#enqueue(async () => {
      const source = sourceOf(experiment);
      const command: RunCommand = saved
        ? { type: "restore", source, state: saved.state }
        : { type: "open", source, keep: false };
      this.#lose(edit, await this.#tried(edit, command, experiment), saved?.curve ?? []);
    });
  }

  /** Change what lies on the pad and nothing else. */
  lay(label: string, pad: PadState): void {
    const before = this.#made;
    const made = { ...before, pad: besides(pad, before.experiment) };
    if (samePad(made.pad, before.pad)) return;
    this.steps.add(label, before, made);
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
      this.#lose(edit, await this.#tried(edit, command, experiment), this.#curve);
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
      this.#lose(edit, await this.#tried(edit, open, experiment), []);
      let done = 0;
      for (const end of epochs) {
        await this.#client.run({ type: "advance", unit: "epoch", count: end - done });
        done = end;
      }
      this.#curve = curve;
    });
  }

  undo(): void {
    const edit = this.steps.undo();
    if (!edit) return;
    this.#turnTo(edit.before);
    if (isOfThePad(edit)) return;
    void this.#enqueue(async () => {
      edit.regained = await this.#travel(edit.before.experiment, edit.replacesWeights, edit.lost);
      this.steps.trim();
    });
  }

  redo(): void {
    const edit = this.steps.redo();
    if (!edit) return;
    this.#turnTo(edit.after);
    if (isOfThePad(edit)) return;
    void this.#enqueue(async () => {
      edit.lost = await this.#travel(edit.after.experiment, edit.replacesWeights, edit.regained);
      this.steps.trim();
    });
  }

  advance(unit: "update" | "epoch", count: number): void {
    void this.#enqueue(async () => {
      await this.#client.run({ type: "advance", unit, count });
    });
  }

  reset(): void {
    this.#replaceWeights("reset", { type: "reset" }, []);
  }

  /** Set a weight, or a bias; all that one gesture sets is one step. */
  setParameter(
    { layer, unit, input }: ParameterRef,
    value: number,
    gesture: object | null = null,
  ): void {
    const label = input === null ? "bias" : "weight";
    this.#replaceWeights(label, { type: "set", layer, unit, input, value }, null, gesture);
  }

  switchOff(weights: readonly WeightRef[], off: boolean): void {
    if (weights.length === 0) return;
    this.#replaceWeights(
      off ? "switching off" : "switching on",
      { type: "switch", weights, off },
      null,
    );
  }

  /** Take back what a gesture has set. */
  cancel(gesture: object): void {
    if (this.steps.last?.gesture === gesture) this.undo();
  }

  /** Back to the last good moment. */
  recover(): void {
    void this.#enqueue(() => this.#goBack());
  }

  get #made(): Made {
    return { experiment: this.#experiment, pad: this.#pad };
  }

  async #apply(edit: Edit, before: Experiment, after: Experiment): Promise<void> {
    const keep = keepsWeights(before, after);
    if (keep && this.#newest?.failure) await this.#goBack();
    const trained = (this.#newest?.updates ?? 0) > 0;
    const command: RunCommand = { type: "open", source: sourceOf(after), keep };
    const change = await this.#tried(edit, command, after);
    if (change.kept) return;
    this.#lose(edit, change, []);
    if (trained) this.#notices.tell(STARTED_AGAIN);
  }

  /** Carry a step out; where the engine does not run it, all is as if it had never been. */
  async #tried(edit: Edit, command: RunCommand, experiment: Experiment): Promise<RunChange> {
    try {
      return await this.#run(command, experiment);
    } catch (error) {
      this.steps.drop(edit);
      this.#turnTo(edit.before);
      throw error;
    }
  }

  #replaceWeights(
    label: string,
    command: RunCommand,
    curve: readonly CurvePoint[] | null,
    gesture: object | null = null,
  ): void {
    const { last } = this.steps;
    const goesOn = gesture !== null && last?.gesture === gesture;
    const edit = goesOn ? last : this.steps.add(label, this.#made, this.#made, gesture);
    void this.#enqueue(async () => {
      this.#lose(edit, await this.#client.run(command).catch(refused), curve ?? this.#curve);
    });
    const refused = (error: unknown): never => {
      if (!goesOn) this.steps.drop(edit);
      throw error;
    };
  }

  /** Note with a step what weights it cost. */
  #lose(edit: Edit, { previous }: RunChange, curve: readonly CurvePoint[]): void {
    edit.replacesWeights = true;
    if (previous) edit.lost ??= { state: previous, curve: this.#curve };
    this.#curve = curve;
    this.steps.trim();
  }

  /** Go over to an experiment, with its weights where they were saved; returns what was there before. */
  async #travel(to: Experiment, weights: boolean, saved: Saved | null): Promise<Saved | null> {
    const source = sourceOf(to);
    const curve = this.#curve;
    const change = await this.#run(
      weights && saved
        ? { type: "restore", source, state: saved.state }
        : { type: "open", source, keep: !weights },
      to,
    );
    if (!change.kept) this.#curve = saved?.curve ?? [];
    return change.previous && { state: change.previous, curve };
  }

  async #goBack(): Promise<void> {
    const { good } = this.#client;
    const experiment = this.#running;
    await this.#run(
      good ? { type: "restore", source: sourceOf(experiment), state: good } : { type: "reset" },
      experiment,
    );
  }

  /** Have a command carried out that leads to an experiment. */
  async #run(command: RunCommand, experiment: Experiment): Promise<RunChange> {
    const change = await this.#client.run(command);
    this.#running = experiment;
    return change;
  }

  #turnTo({ experiment, pad }: Made): void {
    this.#experiment = experiment;
    this.#pad = pad;
    this.#notices.dismiss();
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(task).catch((error: unknown) => this.#notices.refused(error));
    return this.#queue;
  }
}

/** Whether a step is nothing to the run. */
function isOfThePad({ before, after }: Edit): boolean {
  return before.experiment === after.experiment && before.pad !== after.pad;
}
