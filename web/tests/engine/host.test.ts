import { beforeEach, describe, expect, test } from "vitest";
import { Int } from "../../src/engine/bindings";
import type { Engine } from "../../src/engine/engine";
import type { Frame, Surface } from "../../src/engine/frame";
import type { RunState } from "../../src/engine/protocol";
import { Talk, VIEW, loadEngine, source } from "./support";

let engine: Engine;
let talk: Talk;

beforeEach(async () => {
  engine = await loadEngine();
  talk = new Talk(engine);
});

function bits(frame: Frame): string {
  return [...frame.weights, ...frame.biases].map((each) => each.join()).join(";");
}

function surfaceOf(frame: Frame): Surface {
  if (!frame.surface) throw new Error("no surface");
  return frame.surface;
}

function open(document: object, keep = false): boolean {
  const response = talk.command({ type: "open", source: source(document), keep });
  if (response.type !== "answer") throw new Error(JSON.stringify(response));
  return response.change.kept;
}

function previous(): RunState {
  const response = talk.responses.findLast(({ type }) => type === "answer");
  if (response?.type !== "answer" || !response.change.previous) throw new Error("nothing saved");
  return response.change.previous;
}

describe("pictures", () => {
  test.each([30, 60, 500])(
    "of a run that rests are fine, also where the first took %d ms",
    (late) => {
      const fine = { ...VIEW, tileResolution: 36, surfaceResolution: 400 };
      let time = 0;
      let looks = 3;
      const held = new Talk(engine, () => (time += looks++ < 3 ? late : 0.2));
      held.host.receive({ type: "view", options: fine });
      held.command({ type: "open", source: source(), keep: false });
      // The clock is looked at before, between and after the first pictures.
      looks = 0;
      const frame = held.frame();
      expect([frame.tileResolution, surfaceOf(frame).resolution]).toEqual([36, 400]);
    },
  );
});

describe("a run", () => {
  test("starts at the same weights every time and learns the moons", () => {
    open({});
    const start = talk.frame();
    expect([start.updates, start.epoch, start.status]).toEqual([0, 0, "running"]);
    talk.command({ type: "advance", unit: "epoch", count: 300 });
    const end = talk.frame();
    expect([end.updates, end.epoch, end.position]).toEqual([4500, 300, 0]);
    expect(end.trainLoss).toBeLessThan(start.trainLoss ?? 0);
    expect(end.trainAccuracy).toBeGreaterThan(0.9);
    talk.command({ type: "reset" });
    expect(bits(talk.frame())).toBe(bits(start));
  });

  test("gives frames in which every number is finite and every array has its size", () => {
    open({ data: { kind: "spiral", classes: 3 }, network: { hidden: [{ units: 5 }] } });
    talk.command({ type: "advance", unit: "update", count: 20 });
    const frame = talk.frame();
    expect(frame.widths).toEqual([2, 5, 3]);
    expect(frame.activations).toEqual(["tanh", "softmax"]);
    expect(frame.weights.map(({ length }) => length)).toEqual([10, 15]);
    expect(frame.biases.map(({ length }) => length)).toEqual([5, 3]);
    expect(frame.tiles.map((column) => column.length)).toEqual([2, 5, 3]);
    expect(surfaceOf(frame).values).toHaveLength(3 * surfaceOf(frame).resolution ** 2);
    expect(frame.points).toHaveLength(600);
    expect([frame.samples, frame.trainSamples, frame.testSamples]).toEqual([300, 150, 150]);
    const sum = (each: Int32Array) => each.reduce((a, b) => a + b, 0);
    expect([sum(frame.trainConfusion), sum(frame.testConfusion)]).toEqual([150, 150]);
    const numbers = [
      ...frame.weights,
      ...frame.biases,
      ...frame.weightGradients,
      frame.points,
      frame.values,
      frame.outputs,
      frame.targets,
      frame.sampleLosses,
      surfaceOf(frame).values,
      ...frame.tiles.flat().map(({ values }) => values),
    ];
    expect(numbers.every((each) => each.every(Number.isFinite))).toBe(true);
    expect(new Set(frame.predicted)).toEqual(new Set([0, 1, 2]));
  });

  test("names weights by layer, unit and input", () => {
    open({});
    talk.command({ type: "set", layer: 1, unit: 2, input: 3, value: 0.625 });
    talk.command({ type: "set", layer: 2, unit: 0, input: null, value: -1.5 });
    const frame = talk.frame();
    expect(frame.weight(1, 2, 3)).toBe(0.625);
    expect(frame.bias(2, 0)).toBe(-1.5);
    expect(frame.weights[1]?.[3 * 3 + 2]).toBe(0.625);
    expect(() => frame.weight(1, 3, 4)).toThrow("no such unit");
  });

  test("says what the network answers at a point of the plane", () => {
    open({ features: ["x1", "x2", "x1_x2"] });
    const frame = talk.frame();
    expect(frame.unitAt(0, 0, -2.9, 0)).toBeCloseTo(-2.9, 0);
    expect(frame.unitAt(0, 1, 0, 2.9)).toBeCloseTo(2.9, 0);
    expect(frame.answerAt(0.5, 0.5)).toHaveLength(1);
    expect(frame.answerAt(3.5, 0)).toEqual([]);
  });

  test("has no losses of samples that are not there, and no accuracy of numbers to fit", () => {
    open({ data: { kind: "plane", test_share: 0 } });
    const frame = talk.frame();
    expect(frame.task).toBe("regression");
    expect([frame.testLoss, frame.testAccuracy, frame.trainAccuracy]).toEqual([null, null, null]);
    expect(frame.trainLoss).toBeGreaterThan(0);
    expect(frame.trainConfusion).toHaveLength(0);
  });

  test("takes given inputs of no plane, which have no pictures", () => {
    const inputs = [
      [0, 0, 1],
      [1, 0, 1],
      [1, 1, 0],
      [0, 1, 0],
    ];
    open({ data: { kind: "given", inputs, targets: [0, 0, 1, 1], test_share: 0 } });
    talk.command({ type: "advance", unit: "epoch", count: 200 });
    const frame = talk.frame();
    expect(frame.widths[0]).toBe(3);
    expect([frame.surface, frame.tiles]).toEqual([null, []]);
    expect(frame.trainAccuracy).toBe(1);
  });
});

describe("pictures", () => {
  test("are opaque, differ between units, and follow the palette's ends", () => {
    open({});
    const frame = talk.frame();
    const [x1, x2] = [frame.tile(0, 0), frame.tile(0, 1)];
    expect(x1?.pixels.every((byte, place) => place % 4 < 3 || byte === 255)).toBe(true);
    expect(x1?.pixels).not.toEqual(x2?.pixels);
    const { tileResolution } = frame;
    expect(x1?.pixels[0]).toBeLessThan(10);
    expect(x1?.pixels[4 * (tileResolution - 1)]).toBeGreaterThan(245);
    expect(x2?.pixels[0]).toBeGreaterThan(245);
  });

  test("show each unit where it belongs, computed from the weights of the frame", () => {
    open({ network: { hidden: [{ units: 5 }, { units: 3, activation: "sigmoid" }] } });
    talk.command({ type: "advance", unit: "epoch", count: 20 });
    const frame = talk.frame();
    const { tileResolution: n } = frame;
    const layer = (l: number, inputs: readonly number[]) =>
      Array.from({ length: frame.widths[l + 1] ?? 0 }, (_, unit) =>
        inputs.reduce((z, x, input) => z + frame.weight(l, unit, input) * x, frame.bias(l, unit)),
      );
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    for (let cell = 0; cell < n * n; cell++) {
      const x1 = -3 + (((cell % n) + 0.5) * 6) / n;
      const x2 = 3 - ((Math.floor(cell / n) + 0.5) * 6) / n;
      const first = layer(0, [x1, x2]).map(Math.tanh);
      const second = layer(1, first).map(sigmoid);
      const columns = [[x1, x2], first, second, layer(2, second).map(sigmoid)];
      const shown = frame.tiles.map((column) => column.map(({ values }) => values[cell] ?? NaN));
      columns.forEach((column, place) =>
        column.forEach((value, unit) => expect(shown[place]?.[unit]).toBeCloseTo(value, 4)),
      );
    }
  });

  test("of a decision only have two colours", () => {
    open({});
    talk.host.receive({ type: "view", options: { ...VIEW, discretize: true } });
    const colours = new Set(new Uint32Array(surfaceOf(talk.frame()).pixels.slice().buffer));
    expect(colours.size).toBe(2);
  });

  test("stay within the tiles that are asked for", () => {
    open({ network: { hidden: [{ units: 40 }] } });
    expect(talk.frame().tiles.map((column) => column.length)).toEqual([2, 8, 1]);
  });
});

describe("a change", () => {
  test("of a rate keeps weights, order and position to the bit", () => {
    open({});
    talk.command({ type: "advance", unit: "update", count: 7 });
    const before = talk.frame();
    expect(open({ training: { learning_rate: 0.3, optimizer: "adam", batch_size: 5 } }, true)).toBe(
      true,
    );
    const after = talk.frame();
    expect(bits(after)).toBe(bits(before));
    expect([after.updates, after.position, after.run]).toEqual([7, 70, before.run]);
  });

  test("of an activation keeps the weights and shows at once", () => {
    open({});
    talk.command({ type: "advance", unit: "update", count: 7 });
    const before = talk.frame();
    const hidden = [{ units: 4, activation: "relu" }, { units: 3 }];
    expect(open({ network: { hidden } }, true)).toBe(true);
    const after = talk.frame();
    expect(after.activations).toEqual(["relu", "tanh", "sigmoid"]);
    expect(bits(after)).toBe(bits(before));
    expect(after.trainLoss).not.toBe(before.trainLoss);
  });

  test("of the data keeps the weights and the count of updates", () => {
    open({});
    talk.command({ type: "advance", unit: "epoch", count: 3 });
    const before = talk.frame();
    expect(open({ data: { kind: "circles", samples: 500 } }, true)).toBe(true);
    const after = talk.frame();
    expect(bits(after)).toBe(bits(before));
    expect([after.updates, after.epoch, after.samples]).toEqual([45, 3, 500]);
  });

  test("of the number of outputs starts again, and going back brings the same bits", () => {
    open({ data: { kind: "blobs" } });
    talk.command({ type: "advance", unit: "update", count: 33 });
    const before = talk.frame();
    expect(open({ data: { kind: "blobs", classes: 4 } }, true)).toBe(false);
    expect(talk.frame().updates).toBe(0);
    const state = previous();
    talk.command({ type: "restore", source: source({ data: { kind: "blobs" } }), state });
    const after = talk.frame();
    expect(bits(after)).toBe(bits(before));
    expect([after.updates, after.position]).toEqual([33, before.position]);
    expect(after.trainLoss).toBe(before.trainLoss);
  });

  test("goes on after going back as if nothing had been between", () => {
    open({});
    talk.command({ type: "advance", unit: "update", count: 33 });
    open({ network: { hidden: [{ units: 9 }] } });
    const state = previous();
    talk.command({ type: "advance", unit: "update", count: 5 });
    talk.command({ type: "restore", source: source({}), state });
    talk.command({ type: "advance", unit: "update", count: 67 });
    const there = bits(talk.frame());
    open({});
    talk.command({ type: "advance", unit: "update", count: 100 });
    expect(there).toBe(bits(talk.frame()));
  });

  test("that the engine refuses leaves the run as it was", () => {
    open({});
    talk.command({ type: "advance", unit: "update", count: 3 });
    const before = bits(talk.frame());
    const bad = source({});
    bad.header[Int.SAMPLES] = 0;
    const response = talk.command({ type: "open", source: bad, keep: true });
    expect(response).toHaveProperty("type", "refused");
    expect(response).toHaveProperty("reason", expect.stringContaining("bad samples"));
    expect(bits(talk.frame())).toBe(before);
  });
});

describe("playing", () => {
  test("makes one epoch between two frames at normal speed, one update at slow speed", () => {
    open({});
    talk.frame();
    expect(talk.frame(true).epoch).toBe(1);
    expect(talk.frame(true).epoch).toBe(2);
    talk.host.receive({ type: "view", options: { ...VIEW, speed: "slow" } });
    expect(talk.frame(true).updates).toBe(31);
  });

  test("shows the start of a run before it trains it", () => {
    open({});
    expect(talk.frame(true).updates).toBe(0);
    expect(talk.frame(true).updates).toBe(15);
    talk.command({ type: "reset" });
    expect(talk.frame(true).updates).toBe(0);
    expect(talk.frame(true).updates).toBe(15);
  });

  test("stops when time is up, and as fast as it can makes many updates", () => {
    open({});
    talk.host.receive({ type: "view", options: { ...VIEW, speed: "fastest" } });
    talk.frame(true);
    const start = performance.now();
    const frame = talk.frame(true);
    expect(performance.now() - start).toBeLessThan(60);
    expect(frame.updates).toBeGreaterThan(1000);
  });

  test("gives the same weights as the same number of updates made by hand", () => {
    open({});
    talk.frame();
    talk.frame(true);
    talk.frame(true);
    const played = bits(talk.frame(true));
    open({});
    talk.command({ type: "advance", unit: "update", count: 45 });
    expect(played).toBe(bits(talk.frame()));
  });

  test("uses the buffers that come back", () => {
    open({});
    const { buffer } = talk.frame();
    expect(talk.frame(true, buffer).buffer === buffer).toBe(true);
    expect(talk.frame(true, new ArrayBuffer(8)).buffer.byteLength).toBeGreaterThan(8);
  });

  test("stops where a run diverges, says why, and hands back the last good state", () => {
    const wild = {
      training: { learning_rate: 100, loss: "squared_error" },
      data: { kind: "plane" },
      network: { hidden: [] },
    };
    open(wild);
    let frame = talk.frame(true);
    for (let k = 0; k < 200 && !frame.failure; k++) frame = talk.frame(true);
    expect(frame.status).toBe("diverged");
    expect(frame.failure?.reason).toMatch(/^The run diverged at update \d+: .+ became .+\./);
    expect(frame.failure?.step).toBe(frame.updates);
    const { last } = talk;
    if (last.type !== "frame" || !last.state) throw new Error("no good state");
    talk.command({ type: "restore", source: source(wild), state: last.state });
    const good = talk.frame();
    expect(good.status).toBe("running");
    expect(good.updates).toBeLessThan(frame.updates);
    expect(good.weights.every((each) => each.every(Number.isFinite))).toBe(true);
  });
});

test("small pictures of data do not touch the run", () => {
  open({});
  talk.command({ type: "advance", unit: "update", count: 3 });
  const before = bits(talk.frame());
  const response = talk.command({
    type: "thumbnails",
    sources: [source({ data: { kind: "blobs", samples: 40 } })],
  });
  if (response.type !== "thumbnails") throw new Error("no thumbnails");
  expect(response.thumbnails[0]?.points).toHaveLength(80);
  expect(response.thumbnails[0]?.points.every(Number.isFinite)).toBe(true);
  expect(bits(talk.frame())).toBe(before);
});
