/** Takes steps back and does them again, with the weights that they cost. */

import type { Moment } from "../engine/moment";
import { sourceOf } from "../experiment/source";
import type { Course } from "./course.svelte";
import type { Edit, Made, Saved } from "./edit";
import { besides, type PadState } from "./pad-state";
import type { Steps } from "./steps.svelte";

export class History {
  readonly #course: Course;
  readonly #steps: Steps;

  constructor(course: Course, steps: Steps) {
    this.#course = course;
    this.#steps = steps;
  }

  /** Name of what undo takes back, such as "learning rate"; null where there is nothing. */
  get undoLabel(): string | null {
    return this.#steps.undoLabel;
  }
  get redoLabel(): string | null {
    return this.#steps.redoLabel;
  }

  undo(): void {
    const edit = this.#steps.undo();
    if (!edit) return;
    if (edit.isOfThePad) return this.#layAgain(edit.before.pad);
    this.#course.turnTo(edit.before);
    void this.#course.do(async () => {
      const moment = this.#beforeAwayFrom(edit);
      if (moment) return this.#goTo(moment, edit);
      edit.regained = await this.#goOver(edit, "undone", edit.before, edit.lost);
      this.#steps.trim();
    });
  }

  redo(): void {
    const edit = this.#steps.redo();
    if (!edit) return;
    if (edit.isOfThePad) return this.#layAgain(edit.after.pad);
    this.#course.turnTo(edit.after);
    void this.#course.do(async () => {
      edit.lost = await this.#goOver(edit, "redone", edit.after, edit.regained);
      this.#steps.trim();
    });
  }

  /** Take back what a gesture has set, if that is what was done last. */
  cancel(gesture: object): void {
    if (this.#steps.last?.gesture === gesture) this.undo();
  }

  /** Lay on the pad what lay there before or after a step. */
  #layAgain(pad: PadState): void {
    const { experiment } = this.#course;
    this.#course.turnTo({ experiment, pad: besides(pad, experiment) });
  }

  /** The moment before a step, where somebody has travelled to one that knows nothing of it; else null. */
  #beforeAwayFrom({ event, replacesWeights }: Edit): Moment | null {
    const { past } = this.#course;
    const { before, moment } = event ?? {};
    if (!before || !moment || replacesWeights || before.event === moment.event) return null;
    return past.hasHappened(moment) || !past.knows(before) ? null : before;
  }

  async #goTo(moment: Moment, { label, before: { experiment } }: Edit): Promise<void> {
    const source = sourceOf(experiment);
    await this.#course.run(
      { type: "restore", source, state: null, moment },
      experiment,
      `${label}, undone`,
    );
  }

  /** Go over to an experiment, with its weights where they were saved; returns what was there before. */
  async #goOver(
    edit: Edit,
    how: "undone" | "redone",
    { experiment }: Made,
    saved: Saved | null,
  ): Promise<Saved | null> {
    const source = sourceOf(experiment);
    const restores = edit.replacesWeights && saved;
    const change = await this.#course.run(
      restores
        ? { type: "restore", source, state: saved.state, moment: saved.moment }
        : { type: "open", source, keep: !edit.replacesWeights },
      experiment,
      `${edit.label}, ${how}`,
    );
    const before = this.#course.before(change);
    const { moment } = change;
    // Where its moment is no longer kept, its branch begins anew.
    if (restores && moment.branch !== saved.moment?.branch) {
      this.#course.past.begin(moment, saved.curve);
    }
    return before;
  }
}
