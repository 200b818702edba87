/** A pen that keys move over the pad, and what a screen reader is told of it. */

import { DRAWING } from "../../engine/bindings";
import type { Point } from "../../engine/reading";
import type { Drawings } from "../../state/drawings.svelte";
import { moved } from "./hand";

const PAD = DRAWING.pad;
const MIDDLE: Point = { x: PAD / 2, y: PAD / 2 };

export class KeyboardPen {
  readonly #drawings: () => Pick<Drawings, "begin" | "extend" | "lift" | "clear">;
  readonly #ontouch: () => void;
  #place = $state.raw<Point | null>(null);
  #isDown = $state(false);
  #told = $state("");

  /** `ontouch` is called before it draws or clears. */
  constructor(
    drawings: () => Pick<Drawings, "begin" | "extend" | "lift" | "clear">,
    ontouch: () => void,
  ) {
    this.#drawings = drawings;
    this.#ontouch = ontouch;
  }

  /** Where it is, in pad units; null while it is not shown. */
  get place(): Point | null {
    return this.#place;
  }
  get isDown(): boolean {
    return this.#isDown;
  }
  /** What happened last, in few words. */
  get told(): string {
    return this.#told;
  }

  show(): void {
    this.#place ??= MIDDLE;
  }
  /** Lift it and put it away. */
  hide(): void {
    this.#lift();
    this.#place = null;
  }
  /** Do what a key asks for; returns whether it asks for anything. */
  press(event: KeyboardEvent): boolean {
    const next = moved(this.#place ?? MIDDLE, event);
    if (next) this.#go(next);
    else if (event.key === " " || event.key === "Enter") this.#turn();
    else if (event.key === "Escape" && this.#isDown) this.#up();
    else if (event.key === "Delete" || event.key === "Backspace") this.#clear();
    else return false;
    return true;
  }

  #go(next: Point): void {
    this.#place = next;
    if (this.#isDown) this.#drawings().extend([next]);
    this.#told = `${this.#isDown ? "Drawing: " : ""}${words(next)}`;
  }
  #turn(): void {
    if (this.#isDown) this.#up();
    else this.#down(this.#place ?? MIDDLE);
  }
  #down(place: Point): void {
    this.#ontouch();
    this.#place = place;
    this.#isDown = true;
    this.#drawings().begin(place);
    this.#told = `Pen down: ${words(place)}`;
  }
  #up(): void {
    this.#lift();
    this.#told = "Pen up";
  }
  #lift(): void {
    if (this.#isDown) this.#drawings().lift();
    this.#isDown = false;
  }
  #clear(): void {
    this.#ontouch();
    this.#lift();
    this.#drawings().clear();
    this.#told = "Cleared";
  }
}

function words({ x, y }: Point): string {
  return `${Math.round((100 * x) / PAD)} % across, ${Math.round((100 * y) / PAD)} % down`;
}
