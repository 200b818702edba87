/**
 * The history of a run: what was done and when, so that every moment can be computed again, exactly.
 *
 * Between events a run only trains, and training always gives the same bits. So a moment is found again from the
 * nearest state that is kept, by doing the events again and making the updates in between. What is done at a moment
 * with a recorded future begins a new branch, and the future stays as it was.
 */

import { Branch, isBefore, type Point, type Recorded } from "./branch";
import { Branches } from "./branches";
import { areLive, differences } from "./differences";
import { RefusedSettings } from "./engine";
import type { Machine } from "./machine";
import type { Moment, Place } from "./moment";
import type { RunEvent, RunState } from "./protocol";
import type { Run } from "./run";
import { Snapshots } from "./snapshots";
import { sharing } from "./sources";

/** Bytes for the history as a whole, of which events take what they need; with those for undo it stays under 64 MB. */
const MOST_BYTES = 44 * 1024 * 1024;
/** The clock is looked at about this often on the way to a moment, in milliseconds. */
const SLICE = 4;

export class Timeline {
  readonly #machine: Machine;
  readonly #now: () => number;
  readonly #id = Math.floor(Math.random() * 2 ** 48);
  readonly #snapshots: Snapshots;
  readonly #branches = new Branches();
  /** Where the run is. */
  #branch: Branch | null = null;
  #point: Point = { events: 0, updates: 0 };
  /** Whether the recorded future is not gone along: it was taken back. */
  #loose = false;
  #goal: Point | null = null;
  #rate = 1;
  #numbers = 0;
  /** Whether branches are not as they were last told. */
  #changed = true;
  /** Whether the run has been trained since it was last evaluated. */
  #trained = false;

  constructor(machine: Machine, now: () => number, mostBytes = MOST_BYTES) {
    this.#machine = machine;
    this.#now = now;
    this.#snapshots = new Snapshots(
      () => this.#branches.all,
      () => Math.max(mostBytes / 4, mostBytes - this.#branches.bytes),
    );
  }

  /** Bytes that the history takes. */
  get bytes(): number {
    return this.#snapshots.bytes + this.#branches.bytes;
  }
  /** States that are kept. */
  get states(): number {
    return this.#snapshots.count;
  }
  get moment(): Moment {
    return this.#momentOf(this.#point);
  }
  /** The moment that it is travelling to, else the present one. */
  get goal(): Moment {
    return this.#momentOf(this.#goal ?? this.#point);
  }
  get travelling(): boolean {
    return this.#goal !== null;
  }
  /** The states that are kept of the way to the present moment, the first one first. */
  get way(): readonly RunState[] {
    return this.#present.snapshotsBefore(this.#point).map(({ state }) => state);
  }

  /** Where the run is; tells of the branches where they have changed since the last time. */
  place(): Place {
    const branches = this.#changed ? this.#branches.about : null;
    this.#changed = false;
    return { ...this.here, branches };
  }
  /** Where the run is, without a word of the branches. */
  get here(): Place {
    const tip = this.#momentOf(this.#present.end);
    return { moment: this.moment, tip, travelling: this.travelling, branches: null };
  }

  /** Have an event happen here. With `more` it goes on with the one before, if that was of the same kind at this moment. */
  record(event: RunEvent, more: boolean): boolean {
    this.arrive();
    const effect = this.#machine.effectOf(event);
    if (effect === "none") return this.#machine.carryOut(event);
    const goesOn = more && this.#goesOn(event, effect);
    const kept = this.#happen(event);
    if (!kept || !this.#branch) {
      this.#start(event);
    } else {
      this.#leaveFuture();
      this.#write(this.#branch, event, goesOn);
    }
    this.#changed = true;
    return kept;
  }

  /** Train: along the recorded way and through what happened there, else on from the tip. `by` makes at most so many updates. */
  train(by: (run: Run, most: number) => void): void {
    this.arrive();
    if (this.#loose) this.#leaveFuture();
    const branch = this.#present;
    const next = branch.events[this.#point.events];
    if (next?.mark.at === this.#point.updates) {
      this.#pass(next);
    } else {
      const end = next?.mark.at ?? branch.tip;
      this.#trained = true;
      by(this.#machine.run, end > this.#point.updates ? end - this.#point.updates : Infinity);
      this.#moveTo({ ...this.#point, updates: this.#machine.run.updates });
    }
  }

  /** Set out for the point of a branch after so many updates, or the nearest one, with all that happened there before. */
  travel(id: number, updates: number, events: number | null): Moment {
    const branch = this.#branches.find(id);
    const exact = events === null ? null : { events, updates };
    if (!branch || (exact && !branch.has(exact))) {
      throw new RefusedSettings("That moment is no longer kept.");
    }
    const goal = exact ?? branch.pointAt(updates);
    const from = branch.snapshotBefore(goal);
    if (!this.#isOnTheWay(branch, from, goal)) {
      this.#machine.put(branch.lastAt(from).source, from.state);
      this.#point = { events: from.events, updates: from.updates };
    }
    this.#visit(branch);
    this.#loose = false;
    this.#goal = goal;
    return this.#momentOf(goal);
  }

  /** Come nearer to the goal, for so long (milliseconds). */
  approach(budget: number): void {
    const end = this.#now() + budget;
    while (this.#goal) {
      const next = this.#present.events[this.#point.events];
      if (next && this.#point.events < this.#goal.events) {
        if (this.#stepTo(next.mark.at)) this.#pass(next);
      } else if (this.#stepTo(this.#goal.updates)) {
        this.#goal = null;
      }
      if (this.#now() >= end) break;
    }
    if (this.#goal) return this.#machine.run.glance();
    this.#machine.run.evaluate();
    this.keep();
  }

  /** Go all the way to where it is travelling. */
  arrive(): void {
    if (this.#goal) this.approach(Infinity);
  }

  /** Do not forget these branches when there are too many. */
  hold(branches: readonly number[]): void {
    this.#branches.hold(branches);
  }

  /** Keep the present state to start from later, if there is none nearby; to be called when the run has been evaluated. */
  keep(): void {
    const { run } = this.#machine;
    this.#trained = false;
    if (!run.diverged) this.#snapshots.offer(this.#present, this.#point, () => run.snapshot());
  }

  /** Put a state back that is of a moment; what followed then is not gone along again. False if the moment is not kept. */
  putBack(moment: Moment, state: RunState | null): boolean {
    const branch = this.#branches.find(moment.branch);
    const point = { events: moment.events, updates: moment.updates };
    if (moment.timeline !== this.#id || !branch?.has(point)) return false;
    if (state) {
      this.#goal = null;
      this.#machine.put(branch.lastAt(point).source, state);
      this.#visit(branch);
      this.#point = point;
    } else {
      this.travel(branch.id, point.updates, point.events);
      this.arrive();
    }
    this.#loose = !this.#isAtTip;
    return true;
  }

  get #present(): Branch {
    if (!this.#branch) throw new Error("no run is open");
    return this.#branch;
  }
  get #isAtTip(): boolean {
    return isBefore(this.#present.end, this.#point);
  }

  #momentOf({ events, updates }: Point): Moment {
    const branch = this.#present;
    const { event } = branch.lastAt({ events, updates }).mark;
    return { timeline: this.#id, branch: branch.id, events, event, updates };
  }

  /** Let an event happen to the run. A loss that is not finite ends it first, whether somebody has looked or not. */
  #happen(event: RunEvent): boolean {
    if (this.#trained) this.#machine.run.evaluate();
    this.#trained = false;
    return this.#machine.carryOut(event);
  }

  /** Have the next recorded event happen again. */
  #pass({ again, mark }: Recorded): void {
    if (again) this.#happen(again);
    this.#moveTo({ events: this.#point.events + 1, updates: mark.after });
    this.keep();
  }

  /** Begin a branch without a parent: the run has started anew. */
  #start(event: RunEvent): void {
    const source = "source" in event ? event.source : this.#present.lastAt(this.#point).source;
    const { updates } = this.#machine.run;
    const mark = { event: this.#numbers++, kind: event.type, at: updates, after: updates };
    const branch = new Branch(this.#numbers++, null, { events: 1, updates }, [
      { mark, again: null, source },
    ]);
    this.#begin(branch);
    this.#point = branch.from;
    this.#loose = false;
    this.#snapshots.keep(branch, { ...branch.from, state: this.#machine.run.snapshot() });
  }

  /** Where there is a recorded future, begin a branch beside it. */
  #leaveFuture(): void {
    this.#loose = false;
    if (this.#isAtTip) return;
    const way = this.#present;
    const parent = way.ownerOf(this.#point);
    const events = way.events.slice(0, this.#point.events);
    this.#begin(new Branch(this.#numbers++, parent, this.#point, events));
  }

  /** Write an event down at the tip, in place of the last one if it goes on with that. */
  #write(branch: Branch, event: RunEvent, goesOn: boolean): void {
    const last = branch.lastAt(branch.end);
    const { updates } = this.#machine.run;
    const source = "source" in event ? sharing(event.source, last.source) : last.source;
    const again = "source" in event ? { ...event, source } : event;
    const kind = event.type;
    if (goesOn) {
      branch.events.pop();
      const { events } = branch.end;
      const old = branch.kept.findIndex((snapshot) => snapshot.events > events);
      if (old >= 0) branch.kept.length = old;
    }
    const number = goesOn ? last.mark.event : this.#numbers++;
    const mark = { event: number, kind, at: this.#point.updates, after: updates };
    branch.events.push({ mark, again, source });
    this.#moveTo({ events: branch.events.length, updates });
    this.keep();
  }

  /** Whether an event only goes on with the last one: another value in the same place at the same moment. */
  #goesOn(event: RunEvent, effect: "settings" | "more"): boolean {
    if (!this.#branch || !this.#isAtTip || this.#point.events <= this.#branch.from.events)
      return false;
    const { again, mark } = this.#branch.lastAt(this.#point);
    if (!again || mark.after !== this.#point.updates) return false;
    if (event.type === "set" && again.type === "set") {
      return (
        event.layer === again.layer && event.unit === again.unit && event.input === again.input
      );
    }
    return effect === "settings" && again.type === "open" && this.#wasSettings;
  }

  /** Whether the last event only brought other settings. */
  get #wasSettings(): boolean {
    const { events } = this.#point;
    const [before, last] = this.#present.events.slice(events - 2, events);
    if (!before || !last) return false;
    const slots = differences(before.source, last.source);
    return slots !== null && areLive(slots);
  }

  #moveTo(point: Point): void {
    this.#point = point;
    this.#present.tip = Math.max(this.#present.tip, point.updates);
  }

  /** Train on towards so many updates, not for long; returns whether they are reached. */
  #stepTo(updates: number): boolean {
    const { run } = this.#machine;
    const left = updates - this.#point.updates;
    if (left > 0) {
      const count = Math.max(1, Math.min(left, Math.floor(this.#rate * SLICE)));
      const start = this.#now();
      this.#trained = true;
      run.step(count);
      const took = this.#now() - start;
      this.#rate = took < SLICE ? Math.max(this.#rate, 0.5 * count) : count / took;
      this.#moveTo({ ...this.#point, updates: run.updates });
    }
    return this.#point.updates >= updates || run.diverged;
  }

  /** Whether the run is itself on the way from a state that is kept to a goal. */
  #isOnTheWay(branch: Branch, from: Point, goal: Point): boolean {
    const point = this.#point;
    if (this.#machine.run.diverged || !isBefore(from, point) || !isBefore(point, goal))
      return false;
    return branch.ownerOf(point) === this.#present.ownerOf(point);
  }

  #begin(branch: Branch): void {
    this.#branches.add(branch);
    this.#branch = branch;
    this.#changed = true;
  }
  #visit(branch: Branch): void {
    this.#changed ||= branch !== this.#branch;
    this.#branch = branch;
    this.#branches.visit(branch);
  }
}
