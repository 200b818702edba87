/** A session without a browser: the real engine in this thread, and a window made of paper. */

import { readFileSync } from "node:fs";
import { Reader } from "../../src/engine/reading";
import type { Drawings } from "../../src/state/drawings.svelte";
import { Rooms } from "../../src/state/rooms.svelte";
import type { Session } from "../../src/state/session.svelte";
import type { Surroundings } from "../../src/state/surroundings";
import { LocalWorker, WASM } from "../engine/support";

export class Surround implements Surroundings {
  readonly workers: LocalWorker[] = [];
  readonly kept = new Map<string, string>();
  readonly listeners = new Map<string, () => void>();
  /** Whether the browser refuses to keep anything. */
  forbidden = false;
  /** Characters that the browser keeps under one name. */
  room = Infinity;
  /** What was written into the store, by name. */
  readonly writes: string[] = [];
  readonly location: { href: string; hash: string };
  /** Nothing trains by itself, unless a test wants it so. */
  still = true;
  readonly prefersStillness = (): boolean => this.still;
  readonly left: Surroundings["left"] = () => null;
  reloaded = false;
  readonly isReload = (): boolean => this.reloaded;
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

  readonly loadReader = (): Promise<Reader> => Reader.load(readFileSync(WASM));

  readonly storage: Surroundings["storage"] = () => {
    if (this.forbidden) throw new DOMException("forbidden", "SecurityError");
    return {
      getItem: (key) => this.kept.get(key) ?? null,
      setItem: (key, value) => {
        this.writes.push(key);
        if (value.length > this.room) throw new DOMException("full", "QuotaExceededError");
        this.kept.set(key, value);
      },
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

const opening: Rooms[] = [];

/** A page. */
export function page(around: Surround = new Surround()): Rooms {
  const rooms = new Rooms(around);
  opening.push(rooms);
  return rooms;
}

/** The session of a page whose first frame has come. */
export async function opened(around: Surround = new Surround()): Promise<Session> {
  const { session } = page(around);
  await until(() => session.frame !== null);
  return session;
}

/** The room Draw of a page whose first frame has come. */
export async function drawing(around: Surround = new Surround()): Promise<Drawings> {
  const rooms = page(around);
  rooms.go("draw");
  const { drawings } = rooms;
  if (!drawings) throw new Error("the room Draw did not open");
  await until(() => drawings.session.frame !== null && drawings.reader !== null);
  return drawings;
}

/** Leave all pages that are open. */
export function closeAll(): void {
  for (const rooms of opening.splice(0)) rooms.close();
}

/** Wait until something holds; fails after two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 2000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`never came true: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
