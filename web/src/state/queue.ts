/** Tasks that are carried out one after the other. */

export class Queue {
  readonly #onError: (error: unknown) => void;
  readonly #onRest: () => void;
  #last: Promise<void> = Promise.resolve();
  #length = 0;

  /** `onError` is told what a task has thrown, and `onRest` when none is left. */
  constructor(onError: (error: unknown) => void, onRest: () => void) {
    this.#onError = onError;
    this.#onRest = onRest;
  }

  /** How many tasks there are, with the one under way. */
  get length(): number {
    return this.#length;
  }

  /** Have a task carried out after those that wait; resolves when it is done, or has failed. */
  add(task: () => Promise<void>): Promise<void> {
    this.#length++;
    this.#last = this.#last
      .then(task)
      .catch((error: unknown) => this.#onError(error))
      .finally(() => {
        this.#length--;
        if (this.#length === 0) this.#onRest();
      });
    return this.#last;
  }
}
