/** What is looked into: an account of a number, where one came from, and the walk through an update. */

import type { AccountRequest, ParameterPlace } from "../engine/account";
import {
  exists,
  recordsOf,
  sameStop,
  sameSubject,
  stagesOf,
  type Stage,
  type Subject,
} from "./subject";

/** Whose update is accounted for: the next batch, or one sample alone by its place in the run's block. */
export type Chosen =
  | { readonly kind: "next"; readonly place: number }
  | { readonly kind: "alone"; readonly sample: number };

export type Pace = "slow" | "normal" | "fast";

/** Milliseconds at each stop of a walk that goes by itself. */
const PACES: Readonly<Record<Pace, number>> = { slow: 4000, normal: 2000, fast: 900 };
const NUDGE = 0.01;
const TRACED = 61;
const NEXT: Chosen = { kind: "next", place: 0 };
const INPUT: Subject = { kind: "input" };

export class Inside {
  #open = $state(false);
  #subject = $state.raw<Subject>(INPUT);
  #trail = $state.raw<readonly Subject[]>([]);
  #chosen = $state.raw<Chosen>(NEXT);
  #walking = $state(false);
  pace = $state<Pace>("normal");
  /** How far a nudged parameter is moved. */
  epsilon = $state(NUDGE);

  readonly #widths: () => readonly number[];
  readonly #samples: () => number;
  readonly #stages = $derived.by(() => stagesOf(this.#widths()));
  #justOpened = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `widths` are the network's units per column, `samples` how many there are. */
  constructor(widths: () => readonly number[], samples: () => number) {
    this.#widths = widths;
    this.#samples = samples;
  }

  get open(): boolean {
    return this.#open;
  }
  /** What the account is of; the sample's input where the network no longer has what it was of. */
  get subject(): Subject {
    return exists(this.#subject, this.#widths()) ? this.#subject : INPUT;
  }
  /** What was looked at before, and led here; the newest last. */
  get trail(): readonly Subject[] {
    return this.#trail.filter((subject) => exists(subject, this.#widths()));
  }
  /** Whose update it is; the next batch where there is no such sample any more. */
  get chosen(): Chosen {
    const chosen = this.#chosen;
    const number = chosen.kind === "alone" ? chosen.sample : chosen.place;
    return number < this.#samples() ? chosen : NEXT;
  }
  get stages(): readonly Stage[] {
    return this.#stages;
  }
  /** The stage of the walk that the subject belongs to, and its place in it; null for what is no part of a walk. */
  get stop(): { readonly stage: number; readonly place: number } | null {
    const { subject } = this;
    for (const [stage, { subjects }] of this.#stages.entries()) {
      const place = subjects.findIndex((each) => sameStop(each, subject));
      if (place >= 0) return { stage, place };
    }
    return null;
  }
  /** Which way the numbers travel at present. */
  get direction(): Stage["direction"] {
    const { stop } = this;
    return (stop && this.#stages[stop.stage]?.direction) ?? "none";
  }
  /** Whether the walk goes on by itself. */
  get walking(): boolean {
    return this.#walking;
  }

  /** What the engine is asked for; null while nothing is looked into. */
  get request(): AccountRequest | null {
    if (!this.#open) return null;
    const { subject, chosen } = this;
    const nudged = subject.kind === "parameter" ? placeOf(subject) : null;
    return {
      sample: chosen.kind === "alone" ? chosen.sample : null,
      place: chosen.kind === "next" ? chosen.place : 0,
      records: recordsOf(subject, this.#widths().length - 1),
      nudge: nudged && { place: nudged, epsilon: this.epsilon },
      trace: nudged && this.traced ? { place: nudged, ...this.traced, count: TRACED } : null,
    };
  }
  /** Between which values the parameter looked at is moved for the picture of its loss; null for no picture. */
  traced = $state.raw<{ readonly low: number; readonly high: number } | null>(null);

  /** Open the account of something that was pressed: a trail begins anew. */
  look(subject: Subject): void {
    this.rest();
    if (!sameSubject(subject, this.#subject)) this.#trail = [];
    this.#turnTo(subject);
    this.#show();
  }
  /** Go on to what the present subject depends on. */
  follow(subject: Subject): void {
    this.rest();
    if (sameSubject(subject, this.#subject)) return;
    this.#trail = [...this.trail, this.subject];
    this.#turnTo(subject);
  }
  /** Go back along the trail, to the subject at this place of it. */
  back(place = this.trail.length - 1): void {
    const subject = this.trail[place];
    if (!subject) return;
    this.rest();
    this.#trail = this.trail.slice(0, place);
    this.#turnTo(subject);
  }
  /** Look at the same of another parameter of the unit. */
  turn(subject: Subject): void {
    this.rest();
    this.#turnTo(subject);
  }
  /** Account for the update on another sample, or on the next batch. */
  choose(chosen: Chosen): void {
    this.#chosen = chosen;
  }
  close(): void {
    this.rest();
    this.#open = false;
    this.#trail = [];
  }
  toggle(): void {
    if (this.#open) this.close();
    else this.#show();
  }
  /** Whether it was opened since this was asked last: then its panel takes the focus. */
  takesFocus(): boolean {
    const takes = this.#justOpened;
    this.#justOpened = false;
    return takes;
  }

  /** Go to a stage of the walk. */
  goTo(stage: number): void {
    const first = this.#stages[stage]?.subjects[0];
    if (first) this.#stopAt(first);
  }
  /** One stop on (1) or back (−1): from unit to unit, from stage to stage; returns whether there was one. */
  step(by: 1 | -1): boolean {
    const { stop } = this;
    if (!stop) return this.#stopAt(this.#stages[0]?.subjects[0]);
    const within = this.#stages[stop.stage]?.subjects[stop.place + by];
    const next = this.#stages[stop.stage + by]?.subjects.at(by === 1 ? 0 : -1);
    return this.#stopAt(within ?? next);
  }
  /** To the next stage (1), or to the beginning of the one before (−1). */
  stepStage(by: 1 | -1): void {
    const { stop } = this;
    this.goTo(stop ? stop.stage + by : 0);
  }
  /** Walk on by itself, at the pace, until the end. */
  walk(): void {
    if (this.#walking) return this.rest();
    const { stop } = this;
    const last = this.#stages.length - 1;
    if (!stop || stop.stage === last) this.goTo(0);
    this.#walking = true;
    this.#wait();
  }
  /** Stop walking. */
  rest(): void {
    this.#walking = false;
    clearTimeout(this.#timer);
  }

  #show(): void {
    this.#justOpened = !this.#open;
    this.#open = true;
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      if (!this.step(1)) return this.rest();
      this.#wait();
    }, PACES[this.pace]);
  }

  #stopAt(subject: Subject | undefined): boolean {
    if (!subject) return false;
    this.#trail = [];
    this.#turnTo(subject);
    return true;
  }

  #turnTo(subject: Subject): void {
    this.#subject = subject;
    this.traced = null;
  }
}

function placeOf({ layer, unit, source }: ParameterPlace): ParameterPlace {
  return { layer, unit, source };
}
