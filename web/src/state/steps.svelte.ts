/** The steps that can be undone and redone, by names that the screen can follow. */

import { keepsWeights } from "../experiment/changes";
import { UndoStack } from "../experiment/undo";
import { Edit, type Made, type Saved } from "./edit";

/** Changes with the same label that follow each other as quickly as this (ms) are undone as one: a slider being dragged. */
const TOGETHER = 500;

export class Steps {
  readonly #stack = new UndoStack<Edit>();
  /** Counts changes of the stack, which is not reactive by itself. */
  #changes = $state(0);

  get undoLabel(): string | null {
    return this.#changes >= 0 ? (this.#stack.last?.label ?? null) : null;
  }
  get redoLabel(): string | null {
    return this.#changes >= 0 ? (this.#stack.next?.label ?? null) : null;
  }

  /** The step that undo would take back. */
  get last(): Edit | undefined {
    return this.#stack.last;
  }

  /** Add a step of its own. */
  add(label: string, before: Made, after: Made, gesture: object | null = null): Edit {
    const edit = new Edit(label, before, after, performance.now(), gesture);
    this.#stack.push(edit);
    this.#changes++;
    return edit;
  }

  /** Go on with the last step if this is more of the same, else add one. */
  goOn(label: string, before: Made, after: Made): Edit {
    const now = performance.now();
    const { last } = this.#stack;
    const goesOn =
      last?.label === label &&
      now - last.at < TOGETHER &&
      last.after.experiment === before.experiment &&
      last.after.pad === before.pad &&
      keepsWeights(last.before.experiment, last.after.experiment) ===
        keepsWeights(last.before.experiment, after.experiment);
    if (!goesOn) return this.add(label, before, after);
    last.after = after;
    last.at = now;
    return last;
  }

  undo(): Edit | undefined {
    this.#changes++;
    return this.#stack.undo();
  }
  redo(): Edit | undefined {
    this.#changes++;
    return this.#stack.redo();
  }
  /** Take a step that turned out to change nothing out again. */
  drop(edit: Edit): void {
    this.#changes++;
    this.#stack.drop(edit);
  }
  /** Take note that a step has replaced the weights, and of what was there before it if that is not known yet. */
  lose(edit: Edit, lost: Saved | null): void {
    edit.replacesWeights = true;
    edit.lost ??= lost;
    this.trim();
  }
  /** Keep the weights of the steps within the memory for them. */
  trim(): void {
    this.#stack.trim();
  }
}
