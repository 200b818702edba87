import { beforeEach, describe, expect, test } from "vitest";
import { Bitmaps } from "../../src/engine/bitmaps";
import type { Engine } from "../../src/engine/engine";
import type { Frame, Tile } from "../../src/engine/frame";
import { Run } from "../../src/engine/run";
import { WeightPictures } from "../../src/engine/weights";
import { CROSS, RING, drawn } from "./drawn";
import { Talk, VIEW, loadEngine, source } from "./support";

let engine: Engine;
let talk: Talk;

beforeEach(async () => {
  engine = await loadEngine();
  talk = new Talk(engine);
});

function trained(settings: Partial<Parameters<typeof drawn>[0]> = {}, epochs = 30): Frame {
  const all = drawn({ drawings: [CROSS, RING], ...settings });
  talk.command({ type: "open", source: all, keep: false });
  talk.command({ type: "advance", unit: "epoch", count: epochs });
  return talk.frame();
}

function tileOf(frame: Frame, column: number, unit: number): Tile {
  const tile = frame.tile(column, unit);
  if (!tile) throw new Error(`no tile ${column}, ${unit}`);
  return tile;
}

describe("pictures of weights", () => {
  test("are a hidden unit's incoming weights, to the bit", () => {
    const frame = trained();
    expect(frame.tileResolution).toBe(6);
    expect(frame.surface).toBeNull();
    expect(frame.tiles.map((column) => column.length)).toEqual([0, 7, 2]);
    for (let unit = 0; unit < 7; unit++) {
      const weights = Array.from({ length: 36 }, (_, cell) => frame.weight(0, unit, cell));
      expect([...tileOf(frame, 1, unit).values]).toEqual(weights);
    }
  });

  test("of later units add up those before by weight", () => {
    const frame = trained({ hidden: [{ units: 5 }, { units: 4 }] });
    for (let cell = 0; cell < 36; cell++) {
      const first = Array.from({ length: 5 }, (_, i) => frame.weight(0, i, cell));
      const second = Array.from({ length: 4 }, (_, j) =>
        first.reduce((sum, w, i) => sum + w * frame.weight(1, j, i), 0),
      );
      const output = second.reduce((sum, w, j) => sum + w * frame.weight(2, 1, j), 0);
      expect(tileOf(frame, 2, 3).values[cell]).toBeCloseTo(second[3] ?? NaN, 5);
      expect(tileOf(frame, 3, 1).values[cell]).toBeCloseTo(output, 5);
    }
  });

  test("have one range for a column: the largest weight's, but never less than from −0.4 to 0.4", () => {
    const dim = trained({}, 0);
    expect([tileOf(dim, 1, 0).low, tileOf(dim, 1, 0).high]).toEqual([-0.4, 0.4]);
    talk.command({ type: "set", layer: 0, unit: 3, input: 35, value: -4 });
    const frame = talk.frame();
    expect([tileOf(frame, 1, 0).low, tileOf(frame, 1, 0).high]).toEqual([-4, 4]);
    const { pixels } = tileOf(frame, 1, 3);
    expect([...pixels.slice(4 * 35)]).toEqual([0, 0, 0, 255]);
    // The first and the last colour of the palette are 0 and 255, so a weight near 0 is in the middle.
    expect(Math.abs((pixels[0] ?? 0) - 127.5)).toBeLessThan(20);
  });

  test("are no more than is asked for, and none where none are", () => {
    const frame = trained({ hidden: [{ units: 40 }] });
    expect(frame.tiles.map((column) => column.length)).toEqual([0, 8, 2]);
    talk.host.receive({ type: "view", options: { ...VIEW, tilesPerColumn: 0 } });
    expect(talk.frame().tiles).toEqual([]);
    talk.host.receive({ type: "view", options: { ...VIEW, tilesPerColumn: 40 } });
    expect(talk.frame(true).tiles.map((column) => column.length)).toEqual([0, 40, 2]);
  });

  test("are there for given inputs that form a square only", () => {
    for (const [width, columns] of [
      [9, 3],
      [8, 0],
    ] as const) {
      const inputs = [0, 1].map((bit) => Array.from({ length: width }, () => bit));
      const data = { kind: "given", inputs, targets: [0, 1], test_share: 0 };
      talk.command({ type: "open", source: source({ data }), keep: false });
      expect(talk.frame().tiles.filter(({ length }) => length > 0)).toHaveLength(columns);
    }
  });

  test("follow the network to another size", () => {
    trained();
    const frame = trained({ grid: 8, hidden: [{ units: 3 }, { units: 2 }] });
    expect(frame.tileResolution).toBe(8);
    expect(frame.tiles.map((column) => column.length)).toEqual([0, 3, 2, 2]);
    expect(tileOf(frame, 3, 1).values).toHaveLength(64);
  });

  test("belong to their frame: later ones do not change them", () => {
    const frame = trained();
    const before = tileOf(frame, 1, 0).values.slice();
    talk.command({ type: "set", layer: 0, unit: 0, input: 0, value: 3 });
    expect(tileOf(talk.frame(), 1, 0).values[0]).toBe(3);
    expect(tileOf(frame, 1, 0).values).toEqual(before);
  });
});

describe("while the run is training, weights are painted", () => {
  /** Pictures for two seconds of frames of 14 ms, where painting a layer takes its own time (ms). */
  function paintedFor(each: number): { readonly share: number; readonly layers: Set<number> } {
    let [time, spent] = [0, 0];
    const layers = new Set<number>();
    const { functions } = engine;
    const slow: typeof functions.picture_weights = (memory, layer, count, out) => {
      time += each;
      spent += each;
      layers.add(layer);
      return functions.picture_weights(memory, layer, count, out);
    };
    Object.assign(engine, { functions: { ...functions, picture_weights: slow } });
    const three = drawn({ drawings: [CROSS], hidden: [{ units: 5 }, { units: 4 }] });
    const run = Run.open(engine, engine.base, three, new Bitmaps(engine));
    const pictures = new WeightPictures(engine, () => time);
    pictures.training(run, VIEW, 4);
    const start = time;
    spent = 0;
    layers.clear();
    while (time - start < 2000) {
      time += 14;
      pictures.training(run, VIEW, 4);
    }
    return { share: spent / (time - start), layers };
  }

  test.each([0.2, 3, 10, 100])(
    "within a third of the time, layer after layer, at %d ms each",
    (each) => {
      const { share, layers } = paintedFor(each);
      expect(share).toBeLessThan(0.36);
      expect([...layers].sort()).toEqual([0, 1, 2]);
    },
  );

  test("in every frame where that is quick", () => {
    expect(paintedFor(0.2).share).toBeCloseTo((3 * 0.2) / 14.6, 2);
  });
});
