/**
 * What the page knows of the past of a run: its branches with their curves, what was set and drawn at every moment,
 * and the moments that somebody has marked.
 */

import type { Frame } from "../engine/frame";
import type { BranchAbout, Mark, Moment, Place } from "../engine/moment";
import { Chronicle, Curves, isAmong, ownerOf, type Curve } from "./chronicle";
import { curvePoint, extendCurve, fillCurve, type CurvePoint } from "./curve";
import type { Made } from "./edit";
import { besides, type PadState } from "./pad-state";

/** A moment with a name. */
export interface Bookmark {
  readonly id: number;
  readonly name: string;
  readonly moment: Moment;
}

/** What is being travelled to, on which branch. */
export type Goal = Pick<Moment, "branch" | "updates">;

export class Past {
  #place = $state.raw<Place | null>(null);
  #here = $state.raw<CurvePoint | null>(null);
  #branches = $state.raw<readonly BranchAbout[]>([]);
  #curves = $state.raw(new Curves());
  #bookmarks = $state.raw<readonly Bookmark[]>([]);
  #goal = $state.raw<Goal | null>(null);

  readonly #made = new Chronicle();
  #timeline: number | null = null;
  /** The curve at the end of another history, which goes on in this one. */
  #before: Curve = [];
  #marked = 0;

  /** The moment on the screen; null until there is one. */
  get moment(): Moment | null {
    return this.#place?.moment ?? null;
  }
  /** The newest moment of the present branch. */
  get tip(): Moment | null {
    return this.#place?.tip ?? null;
  }
  /** Whether the moment on the screen is not the newest of its branch. */
  get isPast(): boolean {
    const { moment, tip } = this;
    return moment?.updates !== tip?.updates || moment?.events !== tip?.events;
  }
  /** What is being travelled to; null once it is on the screen. */
  get goal(): Goal | null {
    return this.#goal;
  }
  /** All ways that the run has gone, the oldest first. */
  get branches(): readonly BranchAbout[] {
    return this.#branches;
  }
  /** The branch that is on the screen. */
  readonly branch: BranchAbout | null = $derived(
    this.#branches.find(({ branch }) => branch === this.#place?.moment.branch) ?? null,
  );
  /** When the run was last given other settings, before or at the moment on the screen; null where it never was. */
  readonly changed: Mark | null = $derived.by(() => {
    const marks = this.branch?.marks.slice(0, this.moment?.events) ?? [];
    const changes = marks.filter(({ event }, place) => {
      const before = this.#made.at(marks[place - 1]?.event ?? event);
      return before?.experiment !== this.#made.at(event)?.experiment;
    });
    return changes.at(-1) ?? null;
  });
  /** The other branches that began at the same start. */
  readonly kin: readonly BranchAbout[] = $derived.by(() => {
    const { branch } = this;
    const start = branch && this.#startOf(branch);
    return this.#branches.filter((each) => each !== branch && this.#startOf(each) === start);
  });
  /** The whole curve of the present branch, up to its newest moment. */
  get whole(): Curve {
    return this.curveOf(this.#place?.moment.branch ?? -1);
  }
  /** The curve up to the moment on the screen. */
  readonly curve: Curve = $derived.by(() => {
    const here = this.#here;
    if (!here || !this.isPast) return this.whole;
    return [...this.whole.filter(({ updates }) => updates < here.updates), here];
  });
  /** The moment on the screen as a point of the curve; null where its losses are not finite. */
  get here(): CurvePoint | null {
    return this.#here;
  }
  get bookmarks(): readonly Bookmark[] {
    return this.#bookmarks;
  }

  curveOf(branch: number): Curve {
    return this.#curves.of(branch) ?? [];
  }
  /** What was set and drawn at a moment; null where that is not known. */
  madeAt({ timeline, event }: Moment): Made | null {
    return timeline === this.#timeline ? this.#made.at(event) : null;
  }

  /** Whether a moment can be gone back to. */
  knows({ timeline, branch }: Moment): boolean {
    return timeline === this.#timeline && isAmong(this.#branches, branch);
  }
  /** Whether the event that led to a moment has happened on the way to the one on the screen. */
  hasHappened({ event }: Moment): boolean {
    const marks = this.branch?.marks.slice(0, this.moment?.events) ?? [];
    return marks.some((mark) => mark.event === event);
  }
  /** What the event is called by which a branch begins, or that is marked. */
  labelOf(mark: Mark): string {
    return this.#made.labelOf(mark);
  }

  /** Take note of what is set and drawn from a moment on, and of what has brought that. */
  keep(moment: Moment, made: Made, label?: string): void {
    this.#enter(moment);
    this.#made.keep(moment.event, made);
    if (label !== undefined) this.#made.name(moment.event, label);
  }
  /** What was set and drawn last with an event; null where that is not known. */
  madeWith(event: number): Made | null {
    return this.#made.at(event);
  }
  /** Take note of what lies on the pad after an event. */
  lay(event: number, pad: PadState): void {
    const made = this.#made.at(event);
    if (made) this.#made.keep(event, { ...made, pad: besides(pad, made.experiment) });
  }
  /** Give a branch the curve that it begins with. */
  begin({ branch }: Moment, curve: Curve): void {
    this.#curves = this.#curves.with(branch, curve);
  }
  /** Take note of a moment of the run. */
  note(frame: Frame): void {
    const { place } = frame;
    this.#enter(place.moment);
    if (place.branches) this.#learn(place.branches);
    const point = frame.failure ? null : curvePoint(frame);
    const { branch } = place.moment;
    const curve = this.#curves.of(branch) ?? this.#inherited(branch);
    this.#place = place;
    this.#here = point;
    const add = this.isPast ? fillCurve : extendCurve;
    this.#curves = this.#curves.with(branch, point ? add(curve, point) : curve);
  }

  /** Set out for a moment, or with null arrive. */
  headFor(goal: Goal | null): void {
    this.#goal = goal;
  }

  /** Whether a marked moment is on the way to the present branch's tip. */
  isOnWay({ moment }: Bookmark): boolean {
    const { branch } = this;
    return branch !== null && ownerOf(this.#branches, moment, branch.branch) === moment.branch;
  }
  /** Mark the moment on the screen, once; returns the mark. */
  mark(): Bookmark | null {
    if (!this.moment) return null;
    const branch = ownerOf(this.#branches, this.moment, this.moment.branch);
    const moment = { ...this.moment, branch };
    const known = this.#bookmarks.find((each) => isSame(each.moment, moment));
    if (known) return known;
    const id = ++this.#marked;
    const bookmark = { id, name: `Bookmark ${id}`, moment };
    this.#bookmarks = [...this.#bookmarks, bookmark];
    return bookmark;
  }
  rename(id: number, name: string): void {
    if (name.trim() === "") return;
    this.#bookmarks = this.#bookmarks.map((each) =>
      each.id === id ? { ...each, name: name.trim() } : each,
    );
  }
  unmark(id: number): void {
    this.#bookmarks = this.#bookmarks.filter((each) => each.id !== id);
  }

  #startOf(about: BranchAbout): BranchAbout {
    const parent = this.#branches.find(({ branch }) => branch === about.parent);
    return parent ? this.#startOf(parent) : about;
  }

  /** A worker that was started anew knows nothing of what was before, and neither can it be returned to. */
  #enter({ timeline }: Moment): void {
    if (timeline === this.#timeline) return;
    this.#before = this.#timeline === null ? [] : this.curve;
    this.#timeline = timeline;
    this.#made.clear();
    this.#curves = new Curves();
    this.#branches = [];
    this.#bookmarks = [];
  }

  /** Take the branches that there are, and forget what belongs to others. */
  #learn(branches: readonly BranchAbout[]): void {
    this.#branches = branches;
    this.#made.only(branches);
    this.#bookmarks = this.#bookmarks.filter(({ moment }) => isAmong(branches, moment.branch));
    this.#curves = this.#curves.among(branches);
  }

  /** The curve that a branch has from the one that it left. */
  #inherited(branch: number): Curve {
    const about = this.#branches.find((each) => each.branch === branch);
    if (!about) return [];
    const { updates, events } = about.from;
    if (about.parent === null) return this.#before.filter((point) => point.updates < updates);
    const moment = this.#place?.moment;
    const fork = moment?.updates === updates && moment.events === events ? this.#here : null;
    const before = this.curveOf(about.parent).filter((point) => point.updates < updates);
    return fork ? [...before, fork] : before;
  }
}

function isSame(one: Moment, other: Moment): boolean {
  return (
    one.branch === other.branch && one.events === other.events && one.updates === other.updates
  );
}
