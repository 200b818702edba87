/** The page's own address, whose part after `#` holds the experiment. */

/** As much of the browser's window as is needed. */
export interface Window {
  readonly location: { readonly href: string; readonly hash: string };
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
  addEventListener(type: string, listener: () => void, options: { signal: AbortSignal }): void;
}

/** Longer links are not written, since browsers cut or refuse them: the experiment is then kept by the store alone. */
export const LONGEST_LINK = 16_000;
/** Browsers allow about a hundred changes of the address in half a minute. */
const DELAY = 350;

export class Address {
  readonly #window: Window;
  readonly #onRest: (link: string) => void;
  readonly #listeners = new AbortController();
  #pending: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onRest` is told the link that the address holds from now on, but not what is written while the page is left. */
  constructor(window: Window, onRest: (link: string) => void) {
    this.#window = window;
    this.#onRest = onRest;
  }

  /** The part from `#` on; empty when there is none. */
  get hash(): string {
    return this.#window.location.hash;
  }
  /** The address without that part. */
  get page(): string {
    return this.#window.location.href.split("#")[0] ?? "";
  }

  /** Write a link into the address, soon; of several in a row only the last. */
  write(link: string): void {
    this.#pending = link.length > LONGEST_LINK ? "" : link;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.flush();
      this.#onRest(this.hash);
    }, DELAY);
  }

  /** Write what is still waiting. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#pending === null) return;
    const link = this.#pending;
    this.#pending = null;
    if (link !== this.hash) this.#window.history.replaceState(null, "", this.page + link);
  }

  /** Call back when a person changes the link, and when the page is left. */
  listen(onChange: (link: string) => void, onLeave: () => void): void {
    const { signal } = this.#listeners;
    this.#window.addEventListener("hashchange", () => onChange(this.hash), { signal });
    this.#window.addEventListener("pagehide", onLeave, { signal });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.abort();
  }
}
