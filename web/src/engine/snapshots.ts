/** The states of a run that are kept: as many as there is memory for, about evenly over all that was trained. */

import type { Branch, Point, Snapshot } from "./branch";

/** More of them would save no time that anybody sees. */
const MOST_STATES = 1000;

/** Doing an event again takes about as long as so many updates. */
const EVENT = 10;

export class Snapshots {
  readonly #branches: () => readonly Branch[];
  readonly #mostBytes: () => number;

  constructor(branches: () => readonly Branch[], mostBytes: () => number) {
    this.#branches = branches;
    this.#mostBytes = mostBytes;
  }

  get bytes(): number {
    return this.#all.reduce((sum, { state }) => sum + state.byteLength, 0);
  }
  get count(): number {
    return this.#all.length;
  }

  /** Keep the state at the present point of a branch, unless one nearby is kept. */
  offer(branch: Branch, point: Point, take: () => Snapshot["state"]): void {
    const owner = branch.ownerOf(point);
    const before = branch.snapshotBefore(point);
    if (lengthOf(before, point) < Math.max(1, this.#spacing(before.state.byteLength))) return;
    this.keep(owner, { ...point, state: take() });
  }

  /** Keep a state in any case; others give way to it. */
  keep(branch: Branch, snapshot: Snapshot): void {
    const place = branch.kept.findLastIndex((other) => lengthOf(other, snapshot) >= 0);
    branch.kept.splice(place + 1, 0, snapshot);
    while (this.count > MOST_STATES || this.bytes > this.#mostBytes()) {
      if (!this.#dropMostCrowded(snapshot)) break;
    }
  }

  /** How far apart states can be that lie evenly. */
  #spacing(bytes: number): number {
    const whole = this.#branches().reduce((sum, { from, end }) => sum + lengthOf(from, end), 0);
    return whole / Math.min(MOST_STATES, this.#mostBytes() / bytes);
  }

  /** Let the state go whose neighbours lie closest together; the start of a run is never let go. */
  #dropMostCrowded(newest: Snapshot): boolean {
    let found: { branch: Branch; place: number } | null = null;
    let least = Infinity;
    for (const branch of this.#branches()) {
      const { kept, parent, from, end } = branch;
      for (let place = parent ? 0 : 1; place < kept.length; place++) {
        if (kept[place] === newest) continue;
        const span = lengthOf(kept[place - 1] ?? from, kept[place + 1] ?? end);
        if (span < least) [found, least] = [{ branch, place }, span];
      }
    }
    found?.branch.kept.splice(found.place, 1);
    return found !== null;
  }

  get #all(): Snapshot[] {
    return this.#branches().flatMap(({ kept }) => kept);
  }
}

/** What it takes to come from one point to a later one, in updates. */
function lengthOf(from: Point, to: Point): number {
  return to.updates - from.updates + EVENT * (to.events - from.events);
}
