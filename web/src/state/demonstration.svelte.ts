/** "Show me": draws and trains a few characters by itself, as a person would, and can be stopped at any time. */

import type { Point } from "../engine/reading";
import type { Drawings } from "./drawings.svelte";

/** What it needs of the world; tests bring their own. */
export interface Pace {
  /** Resolves before the next picture on the screen, with the milliseconds since this was asked for. */
  readonly frame: () => Promise<number>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Whether the visitor wants nothing to move by itself. */
  readonly prefersStillness: () => boolean;
}

const BROWSER: Pace = {
  frame: () => {
    const asked = performance.now();
    return new Promise((resolve) =>
      requestAnimationFrame(() => resolve(performance.now() - asked)),
    );
  },
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  prefersStillness: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
};

/** At least so many drawings, and equally many of each class. */
const DRAWINGS = 8;
/** How fast the pen goes, in pad units per millisecond. */
const SPEED = 0.7;
const BETWEEN_STROKES = 160;
const BEFORE_TRAINING = 650;
const AFTER_TRAINING = 900;

type Stage = Pick<
  Drawings,
  | "names"
  | "mode"
  | "text"
  | "row"
  | "kept"
  | "reader"
  | "begin"
  | "extend"
  | "lift"
  | "clear"
  | "setMode"
  | "teach"
>;

export class Demonstration {
  readonly #drawings: Stage;
  readonly #pace: Pace;
  /** The run under way; another object as soon as that is stopped. */
  #run = $state.raw<object | null>(null);
  #drawing = $state(0);
  #of = $state(0);
  /** The names that it was asked to draw and cannot. */
  #unknown = $state.raw<readonly string[]>([]);
  #penIsDown = false;
  /** What is on the pad is its own and not yet trained. */
  #halfDone = false;

  constructor(drawings: Stage, pace: Pace = BROWSER) {
    this.#drawings = drawings;
    this.#pace = pace;
  }

  get running(): boolean {
    return this.#run !== null;
  }
  /** Number of the drawing being made, from 1. */
  get drawing(): number {
    return this.#drawing;
  }
  /** How many drawings there will be. */
  get of(): number {
    return this.#of;
  }
  /** Which names are no characters that it can draw, in a sentence; null when it can draw all. */
  get undrawable(): string | null {
    const unknown = this.#unknown.filter((name) => this.#drawings.names.includes(name));
    return unknown.length > 0 ? sentence(unknown) : null;
  }

  /** Draw and train; ends when all is drawn or when it is stopped. */
  async start(): Promise<void> {
    if (this.running) return;
    const { names, reader } = this.#drawings;
    if (reader === null) return;
    this.#unknown = names.filter((name) => reader.byHand(name, 0) === null);
    if (this.#unknown.length > 0) return;

    const run = {};
    this.#run = run;
    this.#of = names.length * Math.ceil(DRAWINGS / names.length);
    // Drawings go on where the last ones ended, so that no hand is seen twice.
    const seed = this.#drawings.kept.length;
    for (let drawn = 0; drawn < this.#of && this.#goesOn(run, names); drawn++) {
      this.#drawing = drawn + 1;
      const label = drawn % names.length;
      await this.#draw(run, label, reader.byHand(names[label] ?? "", seed + drawn) ?? []);
      if (!this.#goesOn(run, names)) break;
      await this.#train(label);
    }
    if (this.#run === run) this.stop();
  }

  /** Stop at once; what is half done is taken from the pad and never trained. */
  stop(): void {
    this.#run = null;
    this.#lift();
    const { text, row } = this.#drawings;
    if (this.#halfDone && text !== "" && row === null) this.#drawings.clear();
    this.#halfDone = false;
  }

  async #draw(run: object, label: number, strokes: readonly (readonly Point[])[]): Promise<void> {
    if (this.#drawings.text !== "") this.#drawings.clear();
    this.#drawings.setMode(label);
    for (const stroke of strokes) {
      if (this.#run !== run) return;
      await this.#move(run, stroke);
      this.#lift();
      await this.#pace.wait(BETWEEN_STROKES);
    }
    await this.#pace.wait(BEFORE_TRAINING);
  }

  /** Draw one stroke, as far between two pictures as the hand would get. */
  async #move(run: object, [first, ...rest]: readonly Point[]): Promise<void> {
    if (!first) return;
    this.#halfDone = true;
    this.#penIsDown = true;
    this.#drawings.begin(first);
    let from = first;
    while (rest.length > 0) {
      const still = this.#pace.prefersStillness();
      let way = still ? Infinity : SPEED * (await this.#pace.frame());
      if (this.#run !== run) return;
      const passed: Point[] = [];
      while (way > 0 && rest[0]) {
        const [next] = rest;
        const length = Math.hypot(next.x - from.x, next.y - from.y);
        const reached = length <= way;
        from = reached ? next : between(from, next, way / length);
        if (reached) rest.shift();
        passed.push(from);
        way -= length;
      }
      this.#drawings.extend(passed);
    }
  }

  async #train(label: number): Promise<void> {
    const { text, row, mode } = this.#drawings;
    // Changed by somebody meanwhile, so that it is no more what is to be taught.
    if (text === "" || row !== null || mode !== label) {
      this.stop();
      return;
    }
    this.#halfDone = false;
    this.#drawings.teach(1);
    await this.#pace.wait(AFTER_TRAINING);
  }

  #lift(): void {
    if (this.#penIsDown) this.#drawings.lift();
    this.#penIsDown = false;
  }

  #goesOn(run: object, names: readonly string[]): boolean {
    return this.#run === run && names.join("\n") === this.#drawings.names.join("\n");
  }
}

function between(one: Point, other: Point, share: number): Point {
  return { x: one.x + share * (other.x - one.x), y: one.y + share * (other.y - one.y) };
}

function sentence(unknown: readonly string[]): string {
  const names = unknown.map((name) => `“${name}”`).join(", ");
  return `It draws X, O, —, |, /, \\, +, ✓, ✗ and 0 to 9, but not ${names}: draw ${unknown.length > 1 ? "them" : "it"} yourself.`;
}
