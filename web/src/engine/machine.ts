/**
 * The run as a machine: the same events and the same training always lead to the same bits.
 *
 * It knows nothing of its past; `timeline.ts` writes that down.
 */

import { Int } from "./bindings";
import type { Bitmaps } from "./bitmaps";
import { LIVE, areLive, differences } from "./differences";
import { RefusedSettings, type Engine } from "./engine";
import type { Parameters, RunEvent, RunSource, RunState } from "./protocol";
import { Run } from "./run";

export class Machine {
  readonly #engine: Engine;
  readonly #bitmaps: Bitmaps;
  #run: Run | null = null;
  #source: RunSource | null = null;

  constructor(engine: Engine, bitmaps: Bitmaps) {
    this.#engine = engine;
    this.#bitmaps = bitmaps;
  }

  /** The run; another object after events that lay it out anew. */
  get run(): Run {
    if (!this.#run) throw new Error("no run is open");
    return this.#run;
  }
  get isOpen(): boolean {
    return this.#run !== null;
  }
  /** First byte of memory that is free for other uses. */
  get free(): number {
    return this.#run?.end ?? this.#engine.base;
  }

  /** What an event is to the run: nothing, new settings for it, or more. */
  effectOf(event: RunEvent): "none" | "settings" | "more" {
    if (event.type !== "open" || !event.keep || !this.#source) return "more";
    const slots = differences(this.#source, event.source);
    if (!slots || !areLive(slots)) return "more";
    return slots.size === 0 ? "none" : "settings";
  }

  /** Let an event happen; returns whether weights and counters were taken over. Refused, it leaves the run as it was. */
  carryOut(event: RunEvent): boolean {
    switch (event.type) {
      case "open":
        return this.#open(event.source, event.keep);
      case "load":
        return this.#load(event.source, event.keep, event.parameters);
      case "restore":
        this.put(event.source, event.state);
        return false;
      case "teach":
        return this.#teach(event.source, event.row, event.count);
      case "reset":
        this.run.reset();
        return false;
      case "set":
        this.run.setParameter(event.layer, event.unit, event.input, event.value);
        return true;
      case "switch":
        this.run.switchOff(event.weights, event.off);
        return true;
    }
  }

  /** Go over to a source and a state of it. */
  put(source: RunSource, state: RunState): void {
    const slots = this.#source && differences(this.#source, source);
    if (this.#run && slots && areLive(slots)) {
      this.#run.restore(state);
      this.#run.changeSettings(source, LIVE);
      this.#source = source;
      return;
    }
    this.#replace(source, (fresh) => {
      fresh.restore(state);
      // Rates may have changed since the state was saved.
      fresh.changeSettings(source, LIVE);
      return false;
    });
  }

  #open(source: RunSource, keep: boolean): boolean {
    const slots = this.#source ? differences(this.#source, source) : null;
    if (keep && this.#run && slots && areLive(slots)) {
      this.#run.changeSettings(source, slots);
      this.#source = source;
      return true;
    }
    return this.#replace(source, (fresh, old) => {
      if (keep && old && fresh.adopt(old)) return true;
      fresh.reset();
      return false;
    });
  }

  #load(source: RunSource, keep: boolean, parameters: Parameters): boolean {
    if (keep) {
      this.#open(source, true);
      this.run.load(parameters);
      return false;
    }
    return this.#replace(source, (fresh) => {
      fresh.reset();
      fresh.load(parameters);
      return false;
    });
  }

  #teach(source: RunSource, row: number, count: number): boolean {
    const trained = (source.header[Int.SAMPLES] ?? 0) - (source.header[Int.TEST_SAMPLES] ?? 0);
    if (row < 0 || row >= trained) {
      throw new RefusedSettings("A sample that is held out for testing cannot be trained.");
    }
    const kept = this.#open(source, true);
    this.run.teach(row, count);
    this.run.evaluate();
    return kept;
  }

  /** Lay out a run above the present one, start it, and move it down into the other's place. */
  #replace(source: RunSource, start: (fresh: Run, old: Run | null) => boolean): boolean {
    const fresh = Run.open(this.#engine, this.free, source, this.#bitmaps);
    const kept = start(fresh, this.#run);
    fresh.moveTo(this.#engine.base);
    this.#run = fresh;
    this.#source = source;
    return kept;
  }
}
