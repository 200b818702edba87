import { beforeEach, describe, expect, test } from "vitest";
import type { Engine } from "../../src/engine/engine";
import type { Frame, WeightRef } from "../../src/engine/frame";
import { surveyed } from "../../src/engine/survey";
import { Talk, loadEngine, source } from "./support";

let engine: Engine;
let talk: Talk;

beforeEach(async () => {
  engine = await loadEngine();
  talk = new Talk(engine);
  talk.command({ type: "open", source: source(), keep: false });
});

function switched(weights: readonly WeightRef[], off: boolean): Frame {
  const response = talk.command({ type: "switch", weights, off });
  if (response.type !== "answer") throw new Error(JSON.stringify(response));
  return talk.frame();
}

describe("a weight that is switched off", () => {
  const weight = { layer: 1, unit: 2, input: 3 };

  test("is 0, also while training, and has its value again when it is let go", () => {
    const before = talk.frame().weight(1, 2, 3);
    const off = switched([weight], true);
    expect(off.weight(1, 2, 3)).toBe(0);
    expect(off.isOff(1, 2, 3)).toBe(true);
    expect(off.weightsOff).toEqual([weight]);
    talk.command({ type: "advance", unit: "epoch", count: 5 });
    const trained = talk.frame();
    expect(trained.weight(1, 2, 3)).toBe(0);
    expect(trained.weight(1, 2, 2)).not.toBe(off.weight(1, 2, 2));
    const on = switched([weight], false);
    expect(on.weight(1, 2, 3)).toBe(before);
    expect(on.off).toHaveLength(0);
  });

  test("changes the loss of the same moment", () => {
    talk.command({ type: "advance", unit: "epoch", count: 100 });
    const before = talk.frame().trainLoss;
    expect(switched([weight], true).trainLoss).not.toBe(before);
    expect(switched([weight], false).trainLoss).toBe(before);
  });
});

describe("a unit", () => {
  test("is off when all that leaves it is", () => {
    const unit = talk.frame().weightsFrom(1, 0);
    expect(unit).toHaveLength(3);
    expect(switched(unit.slice(1), true).unitIsOff(1, 0)).toBe(false);
    const off = switched(unit, true);
    expect(off.unitIsOff(1, 0)).toBe(true);
    expect(off.unitIsOff(1, 1)).toBe(false);
    expect(off.unitIsOff(3, 0)).toBe(false);
  });

  test("too many at once are refused, and all is as it was", () => {
    const hidden = [{ units: 300 }, { units: 3 }];
    talk.command({ type: "open", source: source({ network: { hidden } }), keep: false });
    const frame = talk.frame();
    const units = Array.from({ length: 300 }, (_, unit) => frame.weightsFrom(1, unit)).flat();
    const response = talk.command({ type: "switch", weights: units, off: true });
    expect(response).toMatchObject({
      type: "refused",
      reason: expect.stringContaining("cannot be switched off") as string,
    });
    expect(talk.frame().off).toHaveLength(0);
    expect(talk.frame().weights).toEqual(frame.weights);
  });
});

test("a survey tells how the samples use each hidden unit", () => {
  talk.command({ type: "advance", unit: "epoch", count: 20 });
  const response = talk.command({ type: "survey" });
  if (response.type !== "survey") throw new Error(response.type);
  const units = surveyed(response.survey, [2, 4, 3, 1]);
  expect(units.map(({ layer, unit }) => [layer, unit])).toEqual([
    ...[0, 1, 2, 3].map((unit) => [0, unit]),
    ...[0, 1, 2].map((unit) => [1, unit]),
  ]);
  for (const { mean, deviation, slope } of units) {
    expect(Math.abs(mean)).toBeLessThanOrEqual(1);
    expect(deviation).toBeGreaterThan(0);
    expect(slope).toBeGreaterThan(0);
    expect(slope).toBeLessThanOrEqual(1);
  }
});

test("the inputs of another network are painted without touching the run", () => {
  const before = talk.frame();
  const features = ["x1", "x1_squared"];
  const palette = Uint32Array.of(0xff0000ff, 0xff00ff00);
  const response = talk.command({
    type: "inputs",
    source: source({ features }),
    resolution: 8,
    palette,
  });
  if (response.type !== "inputs") throw new Error(response.type);
  expect(response.pictures.map(({ length }) => length)).toEqual([256, 256]);
  const [x1 = [], squared = []] = response.pictures.map((each) => [
    ...new Uint32Array(each.buffer),
  ]);
  expect(x1.slice(0, 8)).toEqual([
    ...Array<number>(4).fill(0xff0000ff),
    ...Array<number>(4).fill(0xff00ff00),
  ]);
  expect(new Set(squared)).toEqual(new Set([0xff00ff00]));
  expect(talk.frame().weights).toEqual(before.weights);
});
