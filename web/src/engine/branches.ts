/** The branches of a run: how many are kept, and which of them are forgotten first. */

import type { Branch } from "./branch";
import type { BranchAbout } from "./moment";
import { bytesBeside } from "./sources";

/** Branches that are kept; the one that was left the longest ago goes first. */
const MOST_BRANCHES = 12;

export class Branches {
  #all: readonly Branch[] = [];
  #held: readonly number[] = [];
  #visits = 0;

  get all(): readonly Branch[] {
    return this.#all;
  }
  get about(): BranchAbout[] {
    return this.#all.map(({ about }) => about);
  }
  /** Bytes that all events take. */
  get bytes(): number {
    let sum = 0;
    for (const { events, from, parent } of this.#all) {
      for (let place = parent ? from.events : 0; place < events.length; place++) {
        const source = events[place]?.source;
        if (source) sum += bytesBeside(source, events[place - 1]?.source ?? null);
      }
    }
    return sum;
  }

  find(id: number): Branch | undefined {
    return this.#all.find((branch) => branch.id === id);
  }
  /** Add a branch, which is visited now; others make room for it. */
  add(branch: Branch): void {
    this.#all = [...this.#all, branch];
    this.visit(branch);
    while (this.#all.length > MOST_BRANCHES) {
      const free = this.#all.filter((each) => each !== branch && this.#isFree(each));
      const [oldest] = free.toSorted((one, other) => one.visited - other.visited);
      if (!oldest) return;
      this.#all = this.#all.filter((each) => each !== oldest);
    }
  }
  visit(branch: Branch): void {
    branch.visited = ++this.#visits;
  }
  /** Do not forget these when there are too many. */
  hold(branches: readonly number[]): void {
    this.#held = branches;
  }

  /** Whether nothing depends on a branch: no other has left it, and nobody holds it. */
  #isFree(branch: Branch): boolean {
    return !this.#held.includes(branch.id) && !this.#all.some(({ parent }) => parent === branch);
  }
}
