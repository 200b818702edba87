/** What is kept for the branches of a run: the curve of each, and what was set and drawn from every event on. */

import type { BranchAbout, EventKind, Moment } from "../engine/moment";
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

/** What an event is called where the page has no name for it. */
const NAMES: Readonly<Record<EventKind, string>> = {
  open: "settings",
  load: "weights of a file",
  restore: "a saved moment",
  reset: "reset",
  set: "weight",
  switch: "switching off",
  teach: "training",
};

/** What was set and drawn, by the number of the event that brought it, and what that was. */
export class Chronicle {
  readonly #made = new Map<number, Made>();
  readonly #labels = new Map<number, string>();

  at(event: number): Made | null {
    return this.#made.get(event) ?? null;
  }
  keep(event: number, made: Made): void {
    this.#made.set(event, made);
  }
  /** Name an event, such as "learning rate"; it keeps its first name. */
  name(event: number, label: string): void {
    if (!this.#labels.has(event)) this.#labels.set(event, label);
  }
  labelOf({ event, kind }: { readonly event: number; readonly kind: EventKind }): string {
    return this.#labels.get(event) ?? NAMES[kind];
  }
  /** Forget what is on none of these branches; newer events may not have been told of yet. */
  only(branches: readonly BranchAbout[]): void {
    const events = new Set(branches.flatMap(({ marks }) => marks.map(({ event }) => event)));
    const newest = Math.max(...events);
    for (const event of this.#made.keys()) {
      if (event >= newest || events.has(event)) continue;
      this.#made.delete(event);
      this.#labels.delete(event);
    }
  }
  clear(): void {
    this.#made.clear();
    this.#labels.clear();
  }
}

/** The branch that a moment on the way to a branch's tip was made on: the branch itself, or one that it comes from. */
export function ownerOf(branches: readonly BranchAbout[], moment: Moment, way: number): number {
  const about = branches.find(({ branch }) => branch === way);
  if (!about || about.parent === null) return way;
  const { events, updates } = about.from;
  const before = moment.events <= events && moment.updates <= updates;
  return before ? ownerOf(branches, moment, about.parent) : way;
}

export function isAmong(branches: readonly BranchAbout[], branch: number): boolean {
  return branches.some((each) => each.branch === branch);
}
