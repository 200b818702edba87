/** One way that a run has gone: what was done on it, how far it came, and states of it that are kept. */

import type { BranchAbout, Mark, Moment } from "./moment";
import type { RunEvent, RunSource, RunState } from "./protocol";

/** A point on a branch: how many of its events have happened, and how many updates. */
export type Point = Pick<Moment, "events" | "updates">;

/** An event, to happen again when its turn comes. */
export interface Recorded {
  readonly mark: Mark;
  /** Null where a branch without a parent begins, of which the first state is kept. */
  readonly again: RunEvent | null;
  /** What is run from here on. */
  readonly source: RunSource;
}

/** A copy of the state at some point. */
export interface Snapshot extends Point {
  readonly state: RunState;
}

export class Branch {
  readonly id: number;
  readonly parent: Branch | null;
  /** Where it left its parent; of a branch without one, its start. */
  readonly from: Point;
  /** All events on the way to its tip, those of its parents first. */
  readonly events: Recorded[];
  /** Updates at its tip. */
  tip: number;
  /** States on its own part of the way, in order. */
  readonly kept: Snapshot[] = [];
  /** Grows with every visit, over all branches. */
  visited = 0;

  constructor(id: number, parent: Branch | null, from: Point, events: readonly Recorded[]) {
    this.id = id;
    this.parent = parent;
    this.from = from;
    this.events = [...events];
    this.tip = from.updates;
  }

  get about(): BranchAbout {
    const { id, parent, from, tip, events } = this;
    const marks = events.map(({ mark }) => mark);
    return { branch: id, parent: parent?.id ?? null, from, tip, marks };
  }

  /** The newest point. */
  get end(): Point {
    return { events: this.events.length, updates: this.tip };
  }

  /** The branch that a point on the way to this one's tip was made on. */
  ownerOf(point: Point): Branch {
    return this.parent && isBefore(point, this.from) ? this.parent.ownerOf(point) : this;
  }

  /** The last event that has happened at a point. */
  lastAt({ events }: Point): Recorded {
    const last = this.events[events - 1];
    if (!last) throw new RangeError(`no such point: ${events} events`);
    return last;
  }

  /** Whether there is such a point on the way to the tip. */
  has({ events, updates }: Point): boolean {
    if (events < 1 || events > this.events.length) return false;
    const next = this.events[events];
    return (
      updates >= this.lastAt({ events, updates }).mark.after &&
      updates <= (next?.mark.at ?? this.tip)
    );
  }

  /** The point after so many updates with all events up to there, or the nearest that there is. */
  pointAt(updates: number): Point {
    const after = this.events.findIndex(({ mark }, place) => place > 0 && mark.after > updates);
    const events = after < 0 ? this.events.length : after;
    const next = this.events[events]?.mark;
    const least = this.lastAt({ events, updates }).mark.after;
    // Within the updates that an event makes itself there are no points, only before it and after it.
    if (next && updates - next.at > next.after - updates) return this.pointAt(next.after);
    return { events, updates: Math.max(least, Math.min(updates, next?.at ?? this.tip)) };
  }

  /** The newest state that is kept on the way to a point. */
  snapshotBefore(point: Point): Snapshot {
    const found = this.kept.findLast((snapshot) => isBefore(snapshot, point));
    if (found) return found;
    if (!this.parent) throw new Error("the start of a run is not kept");
    return this.parent.snapshotBefore(isBefore(point, this.from) ? point : this.from);
  }

  /** All states that are kept on the way to a point, in order. */
  snapshotsBefore(point: Point): readonly Snapshot[] {
    const before = this.parent?.snapshotsBefore(isBefore(point, this.from) ? point : this.from);
    return [...(before ?? []), ...this.kept.filter((snapshot) => isBefore(snapshot, point))];
  }
}

/** Whether one point is the other, or lies before it on the same way. */
export function isBefore(one: Point, other: Point): boolean {
  return one.events <= other.events && one.updates <= other.updates;
}
