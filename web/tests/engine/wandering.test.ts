/** Jumps, edits and branches at random, each compared with a straight replay from the start. */

import { describe, expect, test } from "vitest";
import type { Moment } from "../../src/engine/moment";
import type { Command, RunChange, RunEvent, RunSource, RunState } from "../../src/engine/protocol";
import { BAR, CROSS, RING, drawn } from "./drawn";
import { state, told, type Done, type Story } from "./straight";
import { Talk, loadEngine, source } from "./support";

/** Numbers from a seed (mulberry32): a whole number below a bound. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** A way to a tip. */
interface Way {
  readonly done: Done[];
  tip: number;
}

interface Visited {
  readonly moment: Moment;
  readonly way: Way;
  readonly events: number;
  readonly updates: number;
  readonly source: RunSource;
  readonly state: RunState;
}

/** Walks through a history as the engine does, and notes in the plainest way what happened on every branch. */
class Wanderer {
  readonly talk: Talk;
  readonly visited: Visited[] = [];
  way: Way = { done: [], tip: 0 };
  events = 0;
  updates = 0;
  loose = false;
  #last: Moment | null = null;

  constructor(talk: Talk) {
    this.talk = talk;
  }

  get story(): Story {
    return { done: this.way.done.slice(0, this.events), updates: this.updates };
  }
  /** What is run. */
  get source(): RunSource {
    const last = this.story.done.findLast(({ event }) => "source" in event)?.event;
    if (!last || !("source" in last)) throw new Error("nothing is run");
    return last.source;
  }

  event(event: RunEvent): void {
    const before = this.#do(event);
    const again: RunEvent =
      event.type === "reset" ? { type: "open", source: this.source, keep: false } : event;
    if (before.moment.event === this.#last?.event) return;
    if (before.kept) this.#leave();
    else this.way = { done: [], tip: 0 };
    const { kept, moment } = before;
    this.way.done.push({ event: again, at: kept ? this.updates : 0, after: moment.updates });
    this.#at(this.way.done.length, moment.updates, moment);
  }
  train(count: number): void {
    const { moment } = this.#do({ type: "advance", unit: "update", count });
    if (this.loose) this.#leave();
    const end = this.updates + count;
    while (this.updates < end) {
      const next = this.way.done[this.events];
      if (next?.at === this.updates) [this.events, this.updates] = [this.events + 1, next.after];
      else
        this.updates = Math.min(
          end,
          next?.at ?? (this.updates < this.way.tip ? this.way.tip : end),
        );
    }
    this.#at(this.events, this.updates, moment);
  }
  /** Train as between two frames, which stops at the next event and at the tip. */
  play(): void {
    // A run's start is shown before it is trained.
    this.talk.frame();
    const { updates, place } = this.talk.frame(true);
    if (this.loose) this.#leave();
    const next = this.way.done[this.events];
    const passes = next?.at === this.updates;
    this.#at(passes ? this.events + 1 : this.events, updates, place.moment);
  }
  jump({ moment, way, events, updates }: Visited): boolean {
    const { branch } = moment;
    const command = { type: "travel", branch, events, updates, rough: false } as const;
    if (this.talk.command(command).type !== "answer") return false;
    this.way = way;
    this.loose = false;
    this.#at(events, updates, moment);
    return true;
  }
  /** Jump as undo does. What is no longer kept is a new start then. */
  takeBack({ moment, way, events, updates, state, source }: Visited): void {
    const change = this.#do({ type: "restore", source, state, moment });
    const known = change.moment.branch === moment.branch;
    const start = {
      event: { type: "restore", source, state },
      at: updates,
      after: updates,
    } as const;
    this.way = known ? way : { done: [start], tip: updates };
    this.loose = known;
    this.#at(known ? events : 1, updates, change.moment);
  }
  visit(): void {
    const { machine, timeline } = this.talk.host;
    const { way, events, updates, source } = this;
    const { moment } = timeline;
    this.visited.push({ moment, way, events, updates, source, state: state(machine) });
  }

  /** Where there is a future, begin another way. */
  #leave(): void {
    const { way, events, updates } = this;
    const isTip = events === way.done.length && updates === way.tip;
    if (!isTip) this.way = { done: way.done.slice(0, events), tip: updates };
    this.loose = false;
  }
  #at(events: number, updates: number, moment: Moment): void {
    this.events = events;
    this.updates = updates;
    this.way.tip = Math.max(this.way.tip, updates);
    this.#last = moment;
  }
  #do(command: Command): RunChange {
    const response = this.talk.command(command);
    if (response.type !== "answer") throw new Error(JSON.stringify(response));
    return response.change;
  }
}

/** What a person may do, by chance. */
type Chance = (below: (bound: number) => number) => RunEvent;

const points: Chance = (below) => {
  const settings = (seed: number) =>
    source({
      data: { seed, samples: 40 },
      network: { hidden: [{ units: 3 }] },
      training: { learning_rate: [0.03, 0.1, 0.3][below(3)], batch_size: [4, 10][below(2)] },
    });
  const value = below(200) / 100 - 1;
  switch (below(8)) {
    case 0:
      return { type: "reset" };
    case 1:
    case 2:
      return { type: "open", source: settings(below(3)), keep: true };
    case 3:
    case 4:
      return { type: "open", source: settings(0), keep: true };
    case 5:
      return {
        type: "switch",
        weights: [{ layer: 0, unit: below(3), input: 1 }],
        off: below(2) > 0,
      };
    default:
      return { type: "set", layer: 1, unit: 0, input: below(2) > 0 ? below(3) : null, value };
  }
};

const drawings: Chance = (below) => {
  const rows = Array.from({ length: 1 + below(6) }, (_, row) => [CROSS, RING, BAR][row % 3] ?? "");
  const targets = rows.map(() => below(2));
  const learning_rate = [0.03, 0.1, 0.3][below(3)];
  const source = drawn({ drawings: rows, targets, training: { learning_rate } });
  switch (below(6)) {
    case 0:
      return {
        type: "set",
        layer: 0,
        unit: below(7),
        input: below(36),
        value: below(100) / 50 - 1,
      };
    case 1:
    case 2:
      return { type: "open", source, keep: true };
    default:
      return { type: "teach", source, row: below(rows.length), count: below(2) > 0 ? 1 : 10 };
  }
};

/** Seconds are enough; a machine that is busy with other things may need more. */
const PATIENCE = 60_000;

describe.each([
  ["points", points, source({ data: { samples: 40 }, network: { hidden: [{ units: 3 }] } })],
  ["drawings", drawings, drawn({ drawings: [CROSS, RING] })],
] as const)("with %s", (_name, chance, first) => {
  test(
    "1,000 random jumps, edits and branches leave the bits of a straight replay",
    { timeout: PATIENCE },
    async () => {
      const below = numbers(20261129);
      const straight = await loadEngine();
      const wanderer = new Wanderer(new Talk(await loadEngine()));
      let jumps = 0;
      wanderer.event({ type: "open", source: first, keep: false });
      for (let k = 0; k < 1000; k++) {
        const choice = below(14);
        const goal = wanderer.visited[Math.max(0, wanderer.visited.length - 1 - below(40))];
        if (choice < 4 && goal) {
          if (wanderer.jump(goal)) jumps++;
        } else if (choice < 7) {
          wanderer.train(1 + below(30));
        } else if (choice < 9 && goal) {
          wanderer.takeBack(goal);
        } else if (choice < 11) {
          wanderer.play();
        } else {
          wanderer.event(chance(below));
        }
        wanderer.visit();
        const { story, talk } = wanderer;
        expect(talk.host.timeline.moment).toMatchObject({
          events: story.done.length,
          updates: story.updates,
        });
        expect(state(talk.host.machine)).toEqual(told(straight, story));
      }
      expect(jumps).toBeGreaterThan(200);
      expect(wanderer.talk.frame().place.branches?.length).toBeGreaterThan(5);
    },
  );
});
