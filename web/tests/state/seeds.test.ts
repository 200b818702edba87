import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { Bitmaps } from "../../src/engine/bitmaps";
import { Engine } from "../../src/engine/engine";
import { trainStart } from "../../src/engine/seeds";
import type { SeedsAnswer, SeedsJob, SeedsWorker } from "../../src/engine/seeds-protocol";
import { ManySeeds } from "../../src/state/seeds.svelte";
import { experimentAt } from "../../src/state/many-starts";
import { WASM } from "../engine/support";
import type { Session } from "../../src/state/session.svelte";
import { closeAll, opened, until } from "./support";

const workers: LocalSeedsWorker[] = [];

/** A worker of the pool in this thread. */
class LocalSeedsWorker implements SeedsWorker {
  onmessage: SeedsWorker["onmessage"] = null;
  onerror: SeedsWorker["onerror"] = null;
  ended = false;
  readonly jobs: SeedsJob[] = [];
  readonly #engine = Engine.load(readFileSync(WASM));

  constructor() {
    workers.push(this);
  }
  postMessage(job: SeedsJob): void {
    this.jobs.push(structuredClone(job));
    void this.#engine.then((engine) => {
      setTimeout(() => this.#work(engine, job), 0);
    });
  }
  terminate(): void {
    this.ended = true;
  }
  tell(data: SeedsAnswer): void {
    this.onmessage?.({ data } as MessageEvent<SeedsAnswer>);
  }
  #work(engine: Engine, { place, source, epochs }: SeedsJob): void {
    if (this.ended) return;
    const start = trainStart(engine, source, epochs, new Bitmaps(engine), () => undefined);
    this.tell({ type: "done", place, start });
  }
}

let session: Session;

async function many(cores = 2): Promise<ManySeeds> {
  session = await opened();
  const seeds = new ManySeeds(session, {
    startWorker: () => new LocalSeedsWorker(),
    cores: () => cores,
    schedule: (callback) => void setTimeout(callback, 1),
  });
  seeds.epochs = 10;
  return seeds;
}

function bits(): string {
  const { frame } = session;
  return frame ? [...frame.weights, ...frame.biases].map((each) => each.join()).join(";") : "";
}

afterEach(() => {
  closeAll();
  workers.length = 0;
});

describe("many seeds", () => {
  test("trains a hundred starts, ends its workers, and leaves the run alone", async () => {
    const seeds = await many();
    const before = [session.experiment, bits(), session.history.undoLabel !== null];
    seeds.show();
    expect([seeds.open, seeds.running, seeds.isPresent]).toEqual([true, true, true]);
    await until(() => !seeds.running);
    expect(seeds.starts.filter((start) => start?.moments.at(-1)?.epoch === 10)).toHaveLength(100);
    expect(workers.map(({ ended }) => ended)).toEqual([true, true]);
    expect([session.experiment, bits(), session.history.undoLabel !== null]).toEqual(before);
    expect(new Set(seeds.starts.map((start) => start?.moments.at(-1)?.trainLoss)).size).toBe(100);
  });

  test("goes over to a start with the very numbers that were counted, and undo takes that back", async () => {
    const seeds = await many();
    session.player.times(7);
    await until(() => session.frame?.updates === 7);
    const before = bits();
    seeds.show();
    await until(() => !seeds.running);
    expect(seeds.shown).toBe(0);
    seeds.look(37);
    expect(session.experiment.network.seed).toBe(37);
    expect(seeds.shown).toBe(37);
    await until(() => session.frame?.epoch === 10);
    const counted = seeds.starts[37];
    const { frame } = session;
    expect(frame?.trainLoss).toBe(counted?.moments.at(-1)?.trainLoss);
    expect(frame?.testLoss).toBe(counted?.moments.at(-1)?.testLoss);
    expect(frame?.testAccuracy).toBe(counted?.moments.at(-1)?.testAccuracy);
    expect(session.past.curve).toEqual(counted?.moments);
    const there = bits();
    expect(session.history.undoLabel).toBe("another start");
    session.history.undo();
    await until(() => session.frame?.updates === 7);
    expect([bits(), session.experiment.network.seed, session.past.curve.at(-1)?.updates]).toEqual([
      before,
      0,
      7,
    ]);
    session.history.redo();
    await until(() => session.frame?.epoch === 10);
    expect(bits()).toBe(there);
  });

  test("varies what is wished: weights, order and data, and never nothing", async () => {
    const seeds = await many();
    seeds.vary("weights", false);
    expect(seeds.varied).toEqual(["weights"]);
    seeds.vary("data", true);
    seeds.vary("order", true);
    seeds.vary("weights", false);
    expect(seeds.varied).toEqual(["order", "data"]);
    seeds.start();
    await until(() => !seeds.running);
    const { first, varied } = seeds.question ?? { first: session.experiment, varied: [] };
    const { data, network, training } = experimentAt(first, varied, 5);
    expect([data.seed, network.seed, training.seed]).toEqual([5, 0, 5]);
    seeds.look(5);
    await until(() => session.frame?.epoch === 10);
    expect(session.frame?.trainLoss).toBe(seeds.starts[5]?.moments.at(-1)?.trainLoss);
  });

  test("has other starts for another setting, and none of the present one until it is trained", async () => {
    const seeds = await many();
    seeds.show();
    await until(() => !seeds.running);
    const losses = () => seeds.starts.map((start) => start?.moments.at(-1)?.trainLoss);
    const before = losses();
    session.change("learning rate", ({ training }) => (training.learning_rate = 1));
    expect([seeds.shown, seeds.isPresent]).toEqual([-1, false]);
    seeds.show();
    await until(() => !seeds.running);
    expect(losses().every((loss, place) => loss !== before[place])).toBe(true);
    expect(seeds.isPresent).toBe(true);
  });

  test("is not trained again when it is looked at again", async () => {
    const seeds = await many();
    seeds.show();
    await until(() => !seeds.running);
    seeds.close();
    seeds.show();
    expect([seeds.running, workers.length]).toEqual([false, 2]);
  });

  test("can be cancelled; what is done stays", async () => {
    const seeds = await many();
    seeds.show();
    await until(() => seeds.starts.some((start) => start !== undefined));
    expect(seeds.share).toBeGreaterThan(0);
    seeds.cancel();
    expect([seeds.running, workers.every(({ ended }) => ended)]).toEqual([false, true]);
    const done = seeds.starts.filter((start) => start !== undefined).length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(seeds.starts.filter((start) => start !== undefined)).toHaveLength(done);
    expect(done).toBeLessThan(100);
  });

  test("has as many workers as there are cores, eight at most, with the work shared", async () => {
    const seeds = await many(64);
    seeds.show();
    await until(() => !seeds.running);
    expect(workers).toHaveLength(8);
    expect(
      workers.flatMap(({ jobs }) => jobs.map(({ place }) => place)).sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 100 }, (_, place) => place));
  });

  test("says why it could not be done", async () => {
    const seeds = await many();
    seeds.show();
    workers[0]?.tell({ type: "failed", reason: "No memory." });
    expect([seeds.running, seeds.failure]).toEqual([false, "No memory."]);
    expect(workers.every(({ ended }) => ended)).toBe(true);
    seeds.start();
    expect([seeds.running, seeds.failure]).toEqual([true, null]);
    seeds.cancel();
  });
});
