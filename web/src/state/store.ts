/** What stays in the browser: the experiment and the settings of the view. */

/** As much of the Web Storage interface as is needed. */
export interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const PREFIX = "pellucid.";

export class Store {
  readonly #storage: () => Storage;
  readonly #onTrouble: (sentence: string) => void;
  #told = false;

  /** `storage` may throw: browsers can forbid its very mention. */
  constructor(storage: () => Storage, onTrouble: (sentence: string) => void) {
    this.#storage = storage;
    this.#onTrouble = onTrouble;
  }

  read(name: string): string | null {
    try {
      return this.#storage().getItem(PREFIX + name);
    } catch {
      // Nothing can have been kept, then; a sentence follows when something is to be.
      return null;
    }
  }

  /** Whether everything could be kept so far. */
  get isWhole(): boolean {
    return !this.#told;
  }

  write(name: string, text: string): void {
    try {
      this.#storage().setItem(PREFIX + name, text);
    } catch {
      if (this.#told) return;
      this.#told = true;
      this.#onTrouble(
        "This browser does not let the page keep anything, so use the link to come back to what you have set.",
      );
    }
  }
}
