import { beforeEach, describe, expect, test } from "vitest";
import type { ParameterPlace } from "../../src/engine/account";
import type { Engine } from "../../src/engine/engine";
import type { Directions, Landscape, LandscapeRequest } from "../../src/engine/landscape";
import { CROSS, RING, drawn } from "./drawn";
import { Talk, loadEngine, source } from "./support";

const L2 = {
  network: { hidden: [{ units: 4 }] },
  training: { regularizer: "l2", regularization_rate: 0.01 },
};
const UPDATE: Directions = { kind: "update", seed: 1 };

let engine: Engine;
let talk: Talk;

beforeEach(async () => {
  engine = await loadEngine();
  talk = new Talk(engine);
});

function slice(request: LandscapeRequest | null): Landscape {
  const response = talk.command({ type: "landscape", request });
  if (response.type !== "landscape") throw new Error(JSON.stringify(response));
  return response.landscape;
}

function landscape(directions: Directions, reach = 1, resolution = 17): Landscape {
  let found = slice({ directions, reach, resolution });
  while (found.share < 1) found = slice(null);
  return found;
}

function lossAt({ grid }: Landscape, row: number, column: number): number {
  return grid?.losses[row * grid.resolution + column] ?? NaN;
}

describe("the loss around the weights", () => {
  beforeEach(() => {
    talk.command({ type: "open", source: source(L2), keep: false });
    talk.frame();
    for (let k = 0; k < 3; k++) {
      talk.command({ type: "advance", unit: "epoch", count: 1 });
      talk.frame();
    }
  });

  test("has the run's own in the middle, penalty included", () => {
    const frame = talk.frame();
    expect(frame.penalty).toBeGreaterThan(0);
    const found = landscape(UPDATE);
    expect(lossAt(found, 8, 8)).toBe(Math.fround(frame.trainObjective ?? NaN));
    expect(found.updates).toBe(frame.updates);
    expect(new Set(found.grid?.losses).size).toBeGreaterThan(200);
  });

  test("leaves the run as it is, bit by bit", () => {
    const state = () => {
      const response = talk.command({ type: "set", layer: 0, unit: 0, input: 0, value: 0.5 });
      if (response.type !== "answer") throw new Error(response.type);
      return response.change.previous;
    };
    state();
    const before = state();
    landscape(UPDATE);
    expect(state()).toEqual(before);
  });

  test("stays that of the moment at which it was asked for", () => {
    const at = talk.frame();
    const whole = landscape(UPDATE);
    slice({ directions: UPDATE, reach: 1, resolution: 17 });
    talk.command({ type: "advance", unit: "epoch", count: 5 });
    let found = slice(null);
    while (found.share < 1) found = slice(null);
    expect(found.updates).toBe(at.updates);
    expect(found.grid).toEqual(whole.grid);
  });

  test("is another one along another random direction, the same along the update", () => {
    const one = landscape(UPDATE);
    const other = landscape({ kind: "update", seed: 2 });
    for (let column = 0; column < 17; column++) {
      expect(lossAt(other, 8, column)).toBe(lossAt(one, 8, column));
      expect(lossAt(other, 4, column)).not.toBe(lossAt(one, 4, column));
    }
  });

  test("is coarse at first, of the same losses", () => {
    talk = new Talk(engine, slow());
    talk.command({ type: "open", source: source(L2), keep: false });
    talk.command({ type: "advance", unit: "epoch", count: 1 });
    let found = slice({ directions: UPDATE, reach: 1, resolution: 17 });
    expect(found).toMatchObject({ share: 0, grid: null });
    const grids = [];
    while (found.share < 1) {
      found = slice(null);
      grids.push(found.grid);
    }
    expect(grids[3]).toBeNull();
    const coarse = grids[100];
    expect(coarse?.resolution).toBe(5);
    coarse?.losses.forEach((loss, place) => {
      expect(loss).toBe(lossAt(found, 4 * Math.floor(place / 5), 4 * (place % 5)));
    });
  });
});

describe("the path", () => {
  test("leads from the start to the present weights", () => {
    talk.command({ type: "open", source: source(L2), keep: false });
    for (let k = 0; k < 20; k++) {
      talk.frame();
      talk.command({ type: "advance", unit: "update", count: 3 });
    }
    talk.frame();
    const { path } = landscape(UPDATE);
    expect(path).toHaveLength(2 * 22);
    expect([...path.slice(-4)]).toEqual([0, 0, 0, 0]);
    expect(Math.hypot(path[0] ?? 0, path[1] ?? 0)).toBeGreaterThan(0);
    // The last updates lie behind: the first direction goes on as the last update went.
    expect(path.at(-6)).toBeLessThan(0);
  });

  test("of two weights is what they have been", () => {
    talk.command({ type: "open", source: source(L2), keep: false });
    const first = { layer: 0, unit: 1, source: 0 };
    const second = { layer: 1, unit: 0, source: -1 };
    const frames = Array.from({ length: 4 }, () => {
      const frame = talk.frame();
      talk.command({ type: "advance", unit: "update", count: 5 });
      return [frame.weight(0, 1, 0), frame.bias(1, 0)] as const;
    });
    const { path, centre } = landscape({ kind: "parameters", first, second });
    frames.forEach(([weight, bias], k) => {
      expect(path[2 * k]).toBe(Math.fround(weight - (centre[0] ?? NaN)));
      expect(path[2 * k + 1]).toBe(Math.fround(bias - (centre[1] ?? NaN)));
    });
  });

  test("is that to the moment travelled to, and begins anew with the run", () => {
    talk.command({ type: "open", source: source(L2), keep: false });
    for (let k = 0; k < 8; k++) {
      talk.frame();
      talk.command({ type: "advance", unit: "update", count: 1 });
    }
    const first = { layer: 0, unit: 0, source: 0 };
    const weights: Directions = { kind: "parameters", first, second: { ...first, source: 1 } };
    expect(landscape(weights, 1, 9).path).toHaveLength(2 * 10);
    const { branch } = talk.frame().place.moment;
    talk.command({ type: "travel", branch, updates: 3, events: null, rough: false });
    const back = landscape(weights, 1, 9);
    expect(back.updates).toBe(3);
    expect(back.path).toHaveLength(2 * 5);
    // Another way from here: a weight is moved by hand.
    talk.command({ type: "set", layer: 0, unit: 0, input: 0, value: 2 });
    const { path } = landscape(weights, 1, 9);
    expect(path).toHaveLength(2 * 6);
    expect(path.at(-6)).toBe(Math.fround((back.centre[0] ?? NaN) - 2));
    talk.command({ type: "reset" });
    expect([...landscape(weights, 1, 9).path]).toEqual([0, 0, 0, 0]);
  });
});

describe("two weights", () => {
  test("give the loss that the run has with them set by hand", () => {
    talk.command({ type: "open", source: source(L2), keep: false });
    talk.command({ type: "advance", unit: "epoch", count: 2 });
    const first: ParameterPlace = { layer: 0, unit: 1, source: 0 };
    const second: ParameterPlace = { layer: 1, unit: 0, source: 2 };
    const found = landscape({ kind: "parameters", first, second }, 2, 9);
    const frame = talk.frame();
    expect(found.centre).toEqual([frame.weight(0, 1, 0), frame.weight(1, 0, 2)]);
    for (let row = 0; row < 9; row++) {
      const value = Math.fround(frame.weight(1, 0, 2) + Math.fround((row - 4) * 0.5));
      talk.command({ type: "set", layer: 1, unit: 0, input: 2, value });
      expect(lossAt(found, row, 4)).toBe(Math.fround(talk.frame().trainObjective ?? NaN));
    }
  });

  test("that there are not are refused", () => {
    talk.command({ type: "open", source: source(), keep: false });
    const first = { layer: 9, unit: 0, source: 0 };
    const directions: Directions = { kind: "parameters", first, second: first };
    const request = { directions, reach: 1, resolution: 9 };
    expect(talk.command({ type: "landscape", request })).toMatchObject({ type: "refused" });
  });
});

test("before the first update there is no direction of the last one", () => {
  talk.command({ type: "open", source: source(), keep: false });
  const request = { directions: UPDATE, reach: 1, resolution: 9 };
  const response = talk.command({ type: "landscape", request });
  expect(response).toMatchObject({
    type: "refused",
    reason: expect.stringContaining("No update") as string,
  });
  expect(talk.command({ type: "landscape", request: null })).toMatchObject({ type: "refused" });
});

test("of drawings is the same, and a frame comes between any two slices", () => {
  const drawings = Array.from({ length: 12 }, (_, k) => (k % 2 === 0 ? CROSS : RING));
  talk.command({ type: "open", source: drawn({ drawings, grid: 28 }), keep: false });
  talk.command({ type: "advance", unit: "update", count: 4 });
  const before = talk.frame();
  let found = slice({ directions: UPDATE, reach: 1, resolution: 9 });
  while (found.share < 1) {
    found = slice(null);
    expect(talk.frame().weights).toEqual(before.weights);
  }
  expect(lossAt(found, 4, 4)).toBe(Math.fround(before.trainObjective ?? NaN));
});

/** A clock by which everything takes 5 ms. */
function slow(): () => number {
  let time = 0;
  return () => (time += 5);
}
