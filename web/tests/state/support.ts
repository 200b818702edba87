/** A session without a browser: the real engine in this thread, and a window made of paper. */

import { Session, type Surroundings } from "../../src/state/session.svelte";
import { LocalWorker } from "../engine/support";

export class Surround implements Surroundings {
  readonly workers: LocalWorker[] = [];
  readonly kept = new Map<string, string>();
  readonly listeners = new Map<string, () => void>();
  /** Whether the browser refuses to keep anything. */
  forbidden = false;
  readonly location: { href: string; hash: string };
  /** Nothing trains by itself, unless a test wants it so. */
  still = true;
  readonly prefersStillness = (): boolean => this.still;
  /** Longest wait between two frames, as a browser's would be. */
  readonly schedule = (callback: () => void): void => void setTimeout(callback, 1);

  constructor(link = "", kept: Readonly<Record<string, string>> = {}) {
    this.location = { href: `https://example.org/play/${link}`, hash: link };
    for (const [name, value] of Object.entries(kept)) this.kept.set(name, value);
  }

  readonly startWorker = (): LocalWorker => {
    const worker = new LocalWorker();
    this.workers.push(worker);
    return worker;
  };

  readonly storage: Surroundings["storage"] = () => {
    if (this.forbidden) throw new DOMException("forbidden", "SecurityError");
    return {
      getItem: (key) => this.kept.get(key) ?? null,
      setItem: (key, value) => void this.kept.set(key, value),
    };
  };

  get window(): Surroundings["window"] {
    return {
      location: this.location,
      history: {
        replaceState: (_data, _unused, url) => {
          this.location.href = url;
          this.location.hash = url.includes("#") ? url.slice(url.indexOf("#")) : "";
        },
      },
      addEventListener: (type, listener) => void this.listeners.set(type, listener),
    };
  }

  /** What a person does who edits the address. */
  goTo(hash: string): void {
    this.location.hash = hash;
    this.location.href = `https://example.org/play/${hash}`;
    this.listeners.get("hashchange")?.();
  }
}

/** A session whose first frame has come. */
export async function opened(around: Surround = new Surround()): Promise<Session> {
  const session = new Session(around);
  await until(() => session.frame !== null);
  return session;
}

/** Wait until something holds; fails after two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 2000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`never came true: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
