/** What was done, and can be undone: two stacks of steps. */

/** One step; `bytes` is the memory that it keeps. */
export interface Step {
  readonly label: string;
  readonly bytes: number;
  /** Let go of what takes memory; the step can still be undone, with less brought back. */
  forget(): void;
}

/** Steps that are remembered, and the memory that all of them may keep; the engine's history knows what they forget. */
const MOST_STEPS = 200;
const MOST_BYTES = 12 * 1024 * 1024;

export class UndoStack<S extends Step> {
  readonly #past: S[] = [];
  readonly #future: S[] = [];

  /** The step that undo would take back. */
  get last(): S | undefined {
    return this.#past.at(-1);
  }
  /** The step that redo would do again. */
  get next(): S | undefined {
    return this.#future.at(-1);
  }

  /** Add a step; what was undone before it can no longer be redone. */
  push(step: S): void {
    this.#past.push(step);
    this.#future.length = 0;
    if (this.#past.length > MOST_STEPS) this.#past.shift();
  }

  /** Take a step that turned out to change nothing out again. */
  drop(step: S): void {
    const place = this.#past.indexOf(step);
    if (place >= 0) this.#past.splice(place, 1);
  }

  undo(): S | undefined {
    const step = this.#past.pop();
    if (step) this.#future.push(step);
    return step;
  }

  redo(): S | undefined {
    const step = this.#future.pop();
    if (step) this.#past.push(step);
    return step;
  }

  /** Let the steps furthest away forget, until all of them together keep within the bound. */
  trim(most: number = MOST_BYTES): void {
    const nearestFirst = [...this.#past.toReversed(), ...this.#future.toReversed()];
    let kept = 0;
    for (const step of nearestFirst) {
      if (kept + step.bytes > most) step.forget();
      else kept += step.bytes;
    }
  }
}
