/** What is done to the weights by hand; each gesture is a step that can be undone. */

import type { ParameterRef, WeightRef } from "../engine/frame";
import type { RunCommand, RunEvent } from "../engine/protocol";
import type { Course } from "./course.svelte";
import type { Steps } from "./steps.svelte";

export class ByHand {
  readonly #course: Course;
  readonly #steps: Steps;

  constructor(course: Course, steps: Steps) {
    this.#course = course;
    this.#steps = steps;
  }

  /** The same start again: the same weights and the same order of samples. */
  reset(): void {
    this.#do("reset", { type: "reset" });
  }
  /** Set a weight or a bias; all that one gesture sets is undone as one. */
  set({ layer, unit, input }: ParameterRef, value: number, gesture: object | null = null): void {
    const label = input === null ? "bias" : "weight";
    this.#do(label, { type: "set", layer, unit, input, value }, gesture);
  }
  /** Hold weights at 0, to see what they are for, or let them go with the values that they had. */
  switchOff(weights: readonly WeightRef[], off: boolean): void {
    if (weights.length === 0) return;
    this.#do(off ? "switching off" : "switching on", { type: "switch", weights, off });
  }

  #do(label: string, event: RunEvent, gesture: object | null = null): void {
    const { made } = this.#course;
    const { last } = this.#steps;
    const goesOn = gesture !== null && last?.gesture === gesture;
    const edit = goesOn ? last : this.#steps.add(label, made, made, gesture);
    const command: RunCommand = goesOn ? { type: "more", event } : event;
    void this.#course.do(async () => {
      try {
        const change = await this.#course.run(command, this.#course.running, label);
        this.#steps.lose(edit, this.#course.before(change));
      } catch (error) {
        if (!goesOn) this.#steps.drop(edit);
        throw error;
      }
    });
  }
}
