import { beforeEach, describe, expect, test } from "vitest";
import { Bitmaps } from "../../src/engine/bitmaps";
import { EngineClient } from "../../src/engine/client";
import type { Engine } from "../../src/engine/engine";
import type { Frame } from "../../src/engine/frame";
import type { RunChange, RunSource, RunState } from "../../src/engine/protocol";
import { sourceOf } from "../../src/experiment/source";
import { DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";
import { BAR, CROSS, RING, drawn, textOf } from "./drawn";
import { LocalWorker, Talk, VIEW, loadEngine } from "./support";

let engine: Engine;
let talk: Talk;

beforeEach(async () => {
  engine = await loadEngine();
  talk = new Talk(engine);
});

function bits(frame: Frame): string {
  const arrays = [...frame.weights, ...frame.biases];
  return arrays.map((each) => new Uint32Array(each.slice().buffer).join()).join(";");
}

function changed(command: Parameters<Talk["command"]>[0]): RunChange {
  const response = talk.command(command);
  if (response.type !== "answer") throw new Error(JSON.stringify(response));
  return response.change;
}

function open(source: RunSource, keep = false): RunChange {
  return changed({ type: "open", source, keep });
}

function teach(source: RunSource, row: number, count: number): RunChange {
  return changed({ type: "teach", source, row, count });
}

function stateBefore(change: RunChange): RunState {
  if (!change.previous) throw new Error("nothing saved");
  return change.previous;
}

describe("a network without drawings", () => {
  test("is there, with no results and finite weights", () => {
    open(sourceOf(DRAWINGS_EXPERIMENT));
    const frame = talk.frame();
    expect([frame.samples, frame.trainSamples, frame.status]).toEqual([0, 0, "running"]);
    expect([frame.train, frame.test]).toEqual(
      Array(2).fill({ loss: null, objective: null, accuracy: null }),
    );
    expect(frame.weights.every((each) => each.every(Number.isFinite))).toBe(true);
    expect(frame.outputs).toHaveLength(0);
  });

  test("stays as it is when it is played or advanced", () => {
    open(drawn({ drawings: [], training: { batch_size: "all" } }));
    const before = bits(talk.frame());
    for (const speed of ["slow", "normal", "fastest"] as const) {
      talk.host.receive({ type: "view", options: { ...VIEW, speed } });
      const frame = talk.frame(true);
      expect([bits(frame), frame.updates, frame.epoch]).toEqual([before, 0, 0]);
      expect([frame.stepsPerSecond, frame.status]).toEqual([null, "running"]);
    }
    changed({ type: "advance", unit: "epoch", count: 3 });
    changed({ type: "advance", unit: "update", count: 3 });
    expect(bits(talk.frame())).toBe(before);
  });

  test("may have all its drawings held out, and then tells their results alone", () => {
    open(drawn({ drawings: [CROSS, RING], heldOut: [0, 1] }));
    const frame = talk.frame(true);
    expect([frame.samples, frame.trainSamples, talk.frame(true).updates]).toEqual([2, 0, 0]);
    expect(frame.trainLoss).toBeNull();
    expect(frame.testLoss).toBeGreaterThan(0);
  });
});

describe("teaching one drawing", () => {
  test.each(["sgd", "momentum", "adam"])("is training on it alone, with %s", (optimizer) => {
    const training = { optimizer };
    open(drawn({ drawings: [CROSS], targets: [1], training }));
    changed({ type: "advance", unit: "update", count: 10 });
    const alone = talk.frame();
    open(drawn({ drawings: [], training }));
    teach(drawn({ drawings: [RING, CROSS], targets: [0, 1], training }), 1, 10);
    const taught = talk.frame();
    expect(bits(taught)).toBe(bits(alone));
    expect([taught.updates, taught.samples]).toEqual([10, 2]);
    expect(taught.epoch).toBe(0);
  });

  test("keeps what was learnt, and the run's number", () => {
    open(drawn({ drawings: [CROSS, RING] }));
    changed({ type: "advance", unit: "epoch", count: 20 });
    const before = talk.frame();
    const change = teach(drawn({ drawings: [CROSS, RING, BAR] }), 2, 0);
    const after = talk.frame();
    expect(change.kept).toBe(true);
    expect(bits(after)).toBe(bits(before));
    expect([after.updates, after.run, after.samples]).toEqual([before.updates, before.run, 3]);
  });

  test("leaves the pass under way alone where no drawing is new", () => {
    const training = { batch_size: 1 };
    const source = drawn({ drawings: [CROSS, RING, BAR], training });
    open(source);
    changed({ type: "advance", unit: "update", count: 2 });
    teach(source, 0, 5);
    const frame = talk.frame();
    expect([frame.updates, frame.position, frame.epoch]).toEqual([7, 2, 0]);
  });

  test("makes the network surer of it", () => {
    open(drawn({ drawings: [] }));
    teach(drawn({ drawings: [CROSS], targets: [1] }), 0, 1);
    const first = talk.frame().outputs[1] ?? NaN;
    teach(drawn({ drawings: [CROSS], targets: [1] }), 0, 10);
    expect(talk.frame().outputs[1]).toBeGreaterThan(first);
  });

  test("is undone to the byte, and done again to the bit", () => {
    const [one, two] = [drawn({ drawings: [CROSS] }), drawn({ drawings: [CROSS, RING] })];
    open(one);
    changed({ type: "advance", unit: "update", count: 7 });
    const before = talk.frame();
    const beforeBits = bits(before);
    const state = stateBefore(teach(two, 1, 10));
    const taught = bits(talk.frame());
    expect(taught).not.toBe(beforeBits);
    changed({ type: "restore", source: one, state });
    const after = talk.frame();
    expect(bits(after)).toBe(beforeBits);
    expect([after.updates, after.samples, after.trainLoss]).toEqual([7, 1, before.trainLoss]);
    const again = teach(two, 1, 10);
    expect(stateBefore(again)).toEqual(state);
    expect(bits(talk.frame())).toBe(taught);
  });

  test("is refused for one that is held out or not there, and nothing changes", () => {
    open(drawn({ drawings: [CROSS] }));
    const before = talk.frame();
    const source = drawn({ drawings: [CROSS, RING], heldOut: [0] });
    for (const row of [1, 2, -1]) {
      const response = talk.command({ type: "teach", source, row, count: 1 });
      expect(response).toHaveProperty("reason", expect.stringContaining("held out"));
    }
    expect([talk.frame().samples, bits(talk.frame())]).toEqual([1, bits(before)]);
  });

  test("is refused for a text that is no drawing", () => {
    open(drawn({ drawings: [CROSS] }));
    const good = drawn({ drawings: [CROSS, RING] });
    const given = { drawings: [CROSS, "no!"], grid: 6, values: Float32Array.of(0, 1) };
    const response = talk.command({ type: "teach", source: { ...good, given }, row: 1, count: 1 });
    expect(response).toHaveProperty("reason", expect.stringContaining("bad drawing"));
    expect(talk.frame().samples).toBe(1);
  });

  test("survives a crash of the worker", async () => {
    const workers: LocalWorker[] = [];
    const frames: Frame[] = [];
    const client = new EngineClient({
      startWorker: () => {
        const worker = new LocalWorker();
        workers.push(worker);
        return worker;
      },
      schedule: (callback) => void setTimeout(callback, 1),
      onFrame: (frame) => frames.push(frame),
      onCrash: () => undefined,
    });
    client.setView(VIEW);
    await client.run({ type: "open", source: drawn({ drawings: [CROSS] }), keep: false });
    await client.run({ type: "teach", source: drawn({ drawings: [CROSS] }), row: 0, count: 3 });
    // A state is told about once a second, with a frame.
    await expect.poll(() => (client.refresh(), client.good), { timeout: 3000 }).not.toBeNull();
    const source = drawn({ drawings: [CROSS, RING] });
    await client.run({ type: "teach", source, row: 1, count: 1 });
    workers[0]?.crash("out of memory");
    const seen = frames.length;
    await expect.poll(() => frames.length).toBeGreaterThan(seen);
    const frame = frames.at(-1);
    expect([frame?.samples, (frame?.updates ?? 0) > 0]).toEqual([2, true]);
    client.close();
  });
});

describe("a saved state of the same network with other drawings", () => {
  test("gives what was learnt", () => {
    open(drawn({ drawings: [CROSS] }));
    const state = stateBefore(teach(drawn({ drawings: [CROSS, RING] }), 1, 10));
    const rows = [CROSS, RING, BAR, BAR, CROSS];
    changed({ type: "restore", source: drawn({ drawings: rows }), state });
    const frame = talk.frame();
    expect([frame.samples, frame.updates]).toEqual([5, 0]);
    changed({ type: "advance", unit: "epoch", count: 2 });
    expect(talk.frame().epoch).toBe(2);
  });

  test("of another network is refused", () => {
    open(drawn({ drawings: [CROSS] }));
    const state = stateBefore(teach(drawn({ drawings: [CROSS] }), 0, 1));
    const source = drawn({ drawings: [CROSS], hidden: [{ units: 9 }] });
    const response = talk.command({ type: "restore", source, state });
    expect(response).toHaveProperty("reason", expect.stringContaining("does not belong"));
  });
});

describe("bitmaps", () => {
  test("are made once for a text and a grid", () => {
    const bitmaps = new Bitmaps(engine);
    const six = bitmaps.of(CROSS, 6, engine.base);
    expect(bitmaps.of(CROSS.split(".").join("."), 6, engine.base)).toBe(six);
    const eight = bitmaps.of(CROSS, 8, engine.base);
    expect([six.length, eight.length]).toEqual([36, 64]);
    expect(bitmaps.of(CROSS, 6, engine.base)).toBe(six);
    expect(bitmaps.of("", 6, engine.base)).toEqual(new Uint8Array(36));
  });

  test("of the drawings before are not made again when one is added", () => {
    let made = 0;
    const { functions } = engine;
    const counted: typeof functions.rasterize = (...all) => (made++, functions.rasterize(...all));
    Object.assign(engine, { functions: { ...functions, rasterize: counted } });
    open(drawn({ drawings: [CROSS, RING] }));
    teach(drawn({ drawings: [CROSS, RING, BAR] }), 2, 1);
    expect(made).toBe(3);
    teach(drawn({ drawings: [CROSS, RING, BAR], heldOut: [0] }), 0, 1);
    expect(made).toBe(3);
  });

  test("are the network's inputs, in rows from the top", () => {
    const top = textOf(
      [
        [0, 0],
        [500, 0],
      ],
      [[0, 500]],
    );
    const rows = new Bitmaps(engine).of(top, 6, engine.base);
    expect(rows.slice(0, 6)).toEqual(Uint8Array.of(1, 1, 1, 1, 1, 1));
    expect([...rows.slice(30)]).toEqual([1, 0, 0, 0, 0, 0]);
  });
});
