/** What is kept for the branches of a run: the curve of each, and what was set and drawn from every event on. */

import type { BranchAbout } from "../engine/moment";
import type { CurvePoint } from "./curve";
import type { Made } from "./edit";

export type Curve = readonly CurvePoint[];

/** Curves by the number of their branch; a change makes another object. */
export class Curves {
  readonly #curves: ReadonlyMap<number, Curve>;

  constructor(curves: Iterable<readonly [number, Curve]> = []) {
    this.#curves = new Map(curves);
  }
  of(branch: number): Curve | undefined {
    return this.#curves.get(branch);
  }
  with(branch: number, curve: Curve): Curves {
    return new Curves([...this.#curves, [branch, curve]]);
  }
  /** Those of these branches only. */
  among(branches: readonly BranchAbout[]): Curves {
    return new Curves([...this.#curves].filter(([known]) => isAmong(branches, known)));
  }
}

/** What was set and drawn, by the number of the event that brought it. */
export class Chronicle {
  readonly #made = new Map<number, Made>();

  at(event: number): Made | null {
    return this.#made.get(event) ?? null;
  }
  keep(event: number, made: Made): void {
    this.#made.set(event, made);
  }
  /** Forget what is on none of these branches; newer events may not have been told of yet. */
  only(branches: readonly BranchAbout[]): void {
    const events = new Set(branches.flatMap(({ marks }) => marks.map(({ event }) => event)));
    const newest = Math.max(...events);
    for (const event of this.#made.keys()) {
      if (event < newest && !events.has(event)) this.#made.delete(event);
    }
  }
  clear(): void {
    this.#made.clear();
  }
}

export function isAmong(branches: readonly BranchAbout[], branch: number): boolean {
  return branches.some((each) => each.branch === branch);
}
