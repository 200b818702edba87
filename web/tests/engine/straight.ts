/** A history told in the plainest way: every moment by what was done from the start, with nothing kept in between. */

import { Arrays } from "../../src/engine/bindings";
import { Bitmaps } from "../../src/engine/bitmaps";
import type { Engine } from "../../src/engine/engine";
import { Machine } from "../../src/engine/machine";
import type { RunEvent, RunState } from "../../src/engine/protocol";

/** Weights that can be switched off at once. */
const MOST_OFF = 512;

/** What was done when so many updates were made, and how many there were then. */
export interface Done {
  readonly event: RunEvent;
  readonly at: number;
  readonly after: number;
}

/** What was done on the way to a moment, and the updates there. */
export interface Story {
  readonly done: readonly Done[];
  readonly updates: number;
}

/** The state of a run at the end of a story, in an engine that has no history. */
export function told(engine: Engine, { done, updates }: Story): RunState {
  const machine = new Machine(engine, new Bitmaps(engine));
  for (const { event, at } of done) {
    if (machine.isOpen && at > machine.run.updates) machine.run.step(at - machine.run.updates);
    machine.carryOut(event);
  }
  machine.run.step(updates - machine.run.updates);
  return state(machine);
}

/** All words of the state that mean something, with the results as they are when somebody looks. */
export function state({ run }: Machine): RunState {
  run.evaluate();
  const words = run.snapshot();
  // Behind those that are switched off lies what was there before.
  for (const name of ["OFF", "OFF_VALUES"] as const) {
    const start = words[Arrays[name].slot] ?? 0;
    words.fill(0, start + run.int("OFF_COUNT"), start + MOST_OFF);
  }
  return words;
}
