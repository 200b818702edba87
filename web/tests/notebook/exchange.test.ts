import { flushSync } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { DEFAULT_EXPERIMENT } from "../../src/experiment/settings";
import type { Model, Traits } from "../../src/notebook/anywidget";
import { Exchange } from "../../src/notebook/exchange.svelte";
import { LocalWorker } from "../engine/support";
import { until } from "../state/support";

vi.mock("../../src/state/surroundings", () => ({
  BROWSER: { startWorker: () => new LocalWorker() },
}));

/** Python's side, made of paper. */
class Paper implements Model {
  readonly traits: Traits;
  /** Updates with every message of the room. */
  readonly told: number[] = [];
  isClosed = false;
  readonly #callbacks = new Map<string, Set<() => void>>();

  constructor(experiment = DEFAULT_EXPERIMENT) {
    this.traits = { document: JSON.stringify(experiment), state: null, updates: 0 };
  }
  get<Name extends keyof Traits>(name: Name): Traits[Name] {
    return this.traits[name];
  }
  set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void {
    const changes = this.traits[name] !== value;
    this.traits[name] = value;
    // As Backbone does it, also for whoever has set it.
    if (changes) for (const callback of this.#callbacks.get(`change:${name}`) ?? []) callback();
  }
  on(event: string, callback: () => void): void {
    this.#callbacks.set(event, (this.#callbacks.get(event) ?? new Set()).add(callback));
  }
  off(event: string, callback: () => void): void {
    this.#callbacks.get(event)?.delete(callback);
  }
  save_changes(): void {
    if (this.isClosed) throw new Error("no comm channel defined");
    this.told.push(this.traits.updates);
  }
  get experiment(): typeof DEFAULT_EXPERIMENT {
    return JSON.parse(this.traits.document) as typeof DEFAULT_EXPERIMENT;
  }
  get listeners(): number {
    return [...this.#callbacks.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

const open: Exchange[] = [];
function exchange(paper: Paper): Exchange {
  const made = new Exchange(paper, (callback) => void setTimeout(callback, 1));
  open.push(made);
  return made;
}
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

test("the start is told, and every moment at which the run rests", async () => {
  const paper = new Paper();
  const { rooms } = exchange(paper);
  await until(() => paper.told.length === 1);
  const start = paper.traits.state;
  rooms.session.player.times(10);
  await until(() => paper.traits.updates === 10);
  expect(paper.traits.state?.byteLength).toBe(start?.byteLength);
  expect(paper.experiment).toEqual(rooms.session.experiment);
});

test("a room that rests says nothing, and what it says itself changes nothing", async () => {
  const paper = new Paper();
  const { rooms } = exchange(paper);
  rooms.session.player.times(3);
  await until(() => paper.traits.updates === 3);
  const { length } = paper.told;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(paper.told.length).toBe(length);
  expect(rooms.session.frame?.updates).toBe(3);
  expect(rooms.session.history.redoLabel !== null).toBe(false);
});

test("what Python sets is shown as one step, and told once", async () => {
  const paper = new Paper();
  const { rooms } = exchange(paper);
  await until(() => paper.told.length === 1);
  const draft = structuredClone(DEFAULT_EXPERIMENT);
  draft.network.hidden = [{ units: 6, activation: "relu" }];
  paper.set("document", JSON.stringify(draft));
  paper.set("state", null);
  await until(() => rooms.session.frame?.widths.join() === "2,6,1");
  await until(() => paper.told.length === 2);
  expect(paper.experiment).toEqual(draft);
  expect(rooms.session.history.undoLabel).toBe("experiment from Python");
  rooms.session.history.undo();
  flushSync();
  await until(() => paper.experiment.network.hidden.length === 2);
});

test("a run that was left goes on where it was", async () => {
  const paper = new Paper();
  const first = exchange(paper);
  first.rooms.session.player.times(7);
  await until(() => paper.traits.updates === 7);
  first.close();
  expect(paper.listeners).toBe(0);

  const { rooms } = exchange(paper);
  await until(() => rooms.session.frame?.updates === 7);
  rooms.session.player.step();
  await until(() => paper.traits.updates === 8);
  expect(rooms.session.history.undoLabel !== null).toBe(false);
});

test("what is trained is told before the last view goes", async () => {
  const paper = new Paper();
  const made = exchange(paper);
  await until(() => paper.told.length === 1);
  made.rooms.session.player.times(5);
  await until(() => made.rooms.session.frame?.updates === 5);
  await made.flush();
  expect(paper.traits.updates).toBe(5);
});

test("a room whose Python side was closed goes on in silence", async () => {
  const paper = new Paper();
  const { rooms } = exchange(paper);
  await until(() => paper.told.length === 1);
  paper.isClosed = true;
  rooms.session.player.times(5);
  await until(() => rooms.session.frame?.updates === 5);
  rooms.session.player.step();
  await until(() => rooms.session.frame?.updates === 6);
  expect(paper.told).toEqual([0]);
});
