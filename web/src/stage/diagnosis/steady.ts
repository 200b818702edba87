/** Keeps what is said from flickering: while a run trains, a finding comes and goes only after it has held for a while. */

import type { Finding } from "./finding";

/** Milliseconds of training. */
export const HOLD = 1000;

export class Steady {
  #shown: Finding | null = null;
  /** What may take the place of what is shown, and since when. */
  #next: { readonly id: Finding["id"] | null; readonly since: number } | null = null;

  /** Take note of what is found now; returns what is to be said, with the numbers of the moment when it was first said. */
  take(found: Finding | null, now: number, resting: boolean): Finding | null {
    const id = found?.id ?? null;
    if (id === (this.#shown?.id ?? null)) {
      this.#next = null;
      if (resting && found?.evidence !== this.#shown?.evidence) this.#shown = found;
      return this.#shown;
    }
    if (this.#next?.id !== id) this.#next = { id, since: now };
    if (resting || now - this.#next.since >= HOLD) {
      this.#shown = found;
      this.#next = null;
    }
    return this.#shown;
  }

  /** Say nothing, until something is found anew. */
  clear(): void {
    this.#shown = null;
    this.#next = null;
  }
}
