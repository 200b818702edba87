/** Goes over to other settings, other weights or another pad: each time by a step that can be undone. */

import type { ParameterRef } from "../engine/frame";
import type { Parameters, RunChange, RunCommand, RunEvent } from "../engine/protocol";
import { keepsWeights } from "../experiment/changes";
import type { Experiment } from "../experiment/experiment";
import { encode } from "../experiment/link";
import { sourceOf } from "../experiment/source";
import type { Course } from "./course.svelte";
import type { CurvePoint } from "./curve";
import type { Edit, Made, Saved } from "./edit";
import type { Notices } from "./notices.svelte";
import { besides, samePad, type PadState } from "./pad-state";
import type { Steps } from "./steps.svelte";

const STARTED_AGAIN =
  "The network has changed, so training starts again. Undo brings the trained weights back.";

/** The weights that an experiment begins with, where they are not those of its seed. */
export interface Beginning {
  readonly saved?: Saved | null;
  readonly parameters?: readonly { readonly place: ParameterRef; readonly value: number }[];
  /** All of them; with `keep`, the counters stay as they are. */
  readonly all?: { readonly parameters: Parameters; readonly keep: boolean };
}

export class Transitions {
  readonly #course: Course;
  readonly #steps: Steps;
  readonly #notices: Notices;
  /** The change that was carried out last; more of the same goes on with it. */
  #applied: Edit | null = null;
  /** The change that still waits for the run, to which a further one of the same kind is added. */
  #waiting: { readonly edit: Edit; after: Experiment } | null = null;

  constructor(course: Course, steps: Steps, notices: Notices) {
    this.#course = course;
    this.#steps = steps;
    this.#notices = notices;
  }

  /** Go over to another experiment; where the pad is given as well, it is a step of its own. */
  change(label: string, after: Experiment, pad?: PadState): void {
    const before = this.#course.made;
    const beside = besides(pad ?? before.pad, after);
    if (encode(before.experiment) === encode(after)) return this.lay(label, beside);
    const made = { experiment: after, pad: beside };
    const edit = pad ? this.#steps.add(label, before, made) : this.#steps.goOn(label, before, made);
    this.#course.turnTo(made);
    if (this.#waiting?.edit === edit) {
      this.#waiting.after = after;
      return;
    }
    const waiting = { edit, after };
    this.#waiting = waiting;
    void this.#course.do(async () => {
      if (this.#waiting === waiting) this.#waiting = null;
      await this.#apply(edit, before.experiment, waiting.after);
    });
  }

  /** Change what lies on the pad and nothing else. */
  lay(label: string, pad: PadState): void {
    const before = this.#course.made;
    const made = { ...before, pad: besides(pad, before.experiment) };
    if (samePad(made.pad, before.pad)) return;
    this.#steps.add(label, before, made).isOfThePad = true;
    this.#course.turnTo(made);
  }

  /** Go over to an experiment with the weights of a saved moment, with given ones, or with new ones of which some are set. */
  begin(label: string, experiment: Experiment, { saved, parameters = [], all }: Beginning): void {
    const edit = this.#step(label, experiment);
    void this.#course.do(async () => {
      const source = sourceOf(experiment);
      const command: RunCommand = saved
        ? { type: "restore", source, state: saved.state, moment: saved.moment }
        : all
          ? { type: "load", source, ...all }
          : { type: "open", source, keep: false };
      const { moment } = await this.#replace(edit, command, experiment);
      if (saved) this.#course.past.begin(moment, saved.curve);
      for (const { place, value } of parameters) {
        await this.#course.run({ type: "set", ...place, value }, experiment, label);
      }
    });
  }

  /** Go over to an experiment and make updates on one sample of it, at its place in the block; one step with both. */
  teach(label: string, { experiment, pad }: Made, place: number, count: number): void {
    const edit = this.#step(label, experiment, pad);
    void this.#course.do(async () => {
      if (this.#course.frame?.failure) await this.#course.goBack();
      const source = sourceOf(experiment);
      await this.#replace(edit, { type: "teach", source, row: place, count }, experiment);
    });
  }

  /** Go over to an experiment and train it from its start to the last of these epochs; one step with both. */
  train(
    label: string,
    experiment: Experiment,
    epochs: readonly number[],
    curve: readonly CurvePoint[],
  ): void {
    const edit = this.#step(label, experiment);
    void this.#course.do(async () => {
      const open: RunCommand = { type: "open", source: sourceOf(experiment), keep: false };
      const { moment } = await this.#replace(edit, open, experiment);
      let done = 0;
      for (const end of epochs) {
        await this.#course.move({ type: "advance", unit: "epoch", count: end - done });
        done = end;
      }
      this.#course.past.begin(moment, curve);
    });
  }

  /** Turn to an experiment, by a step of its own; the run is still to follow. */
  #step(label: string, experiment: Experiment, pad?: PadState): Edit {
    const before = this.#course.made;
    const made = { experiment, pad: pad ?? besides(before.pad, experiment) };
    const edit = this.#steps.add(label, before, made);
    this.#course.turnTo(made);
    return edit;
  }

  /** Have the run follow a change of settings, with its weights where they fit. */
  async #apply(edit: Edit, before: Experiment, after: Experiment): Promise<void> {
    const keep = keepsWeights(before, after);
    if (keep && this.#course.frame?.failure) await this.#course.goBack();
    const trained = (this.#course.frame?.updates ?? 0) > 0;
    const event: RunEvent = { type: "open", source: sourceOf(after), keep };
    const goesOn = this.#applied === edit;
    this.#applied = edit;
    const change = await this.#try(edit, goesOn ? { type: "more", event } : event, after);
    if (change.kept) {
      if (!goesOn) edit.event = change;
      return;
    }
    this.#steps.lose(edit, this.#course.before(change));
    if (trained) this.#notices.tell(STARTED_AGAIN);
  }

  /** Carry out a step that replaces the weights. */
  async #replace(edit: Edit, command: RunCommand, experiment: Experiment): Promise<RunChange> {
    const change = await this.#try(edit, command, experiment);
    this.#steps.lose(edit, this.#course.before(change));
    return change;
  }

  /** Carry a step out; where the engine does not run it, all is as if it had never been. */
  async #try(edit: Edit, command: RunCommand, experiment: Experiment): Promise<RunChange> {
    try {
      return await this.#course.run(command, experiment, edit.label);
    } catch (error) {
      this.#steps.drop(edit);
      this.#course.turnTo(edit.before);
      throw error;
    }
  }
}
