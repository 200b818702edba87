/** The sentence that the visitor should read, one at a time. */

import { CommandRefused } from "../engine/client";
import { ExperimentError } from "../experiment/errors";

export class Notices {
  #notice = $state<string | null>(null);

  get notice(): string | null {
    return this.#notice;
  }
  tell(sentence: string): void {
    this.#notice = sentence;
  }
  dismiss(): void {
    this.#notice = null;
  }

  /** Do something that may be refused; returns whether it was done. A refusal is told. */
  guard(action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      this.refused(error);
      return false;
    }
  }

  /** Tell a refusal; anything else is a defect and goes on its way. */
  refused(error: unknown): void {
    const expected = error instanceof ExperimentError || error instanceof CommandRefused;
    if (!expected) throw error;
    this.tell(error.message);
  }
}
