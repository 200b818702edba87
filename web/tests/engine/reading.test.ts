import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { Bitmaps } from "../../src/engine/bitmaps";
import type { Frame } from "../../src/engine/frame";
import { Reader, type Point, type Reading } from "../../src/engine/reading";
import { DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";
import { sourceOf } from "../../src/experiment/source";
import { BAR, CROSS, RING, drawn, type Drawn } from "./drawn";
import { Talk, WASM, loadEngine } from "./support";

let reader: Reader;
let talk: Talk;

beforeEach(async () => {
  reader = await Reader.load(readFileSync(WASM));
  talk = new Talk(await loadEngine());
});

function trained(settings: Drawn, updates = 20): Frame {
  talk.command({ type: "open", source: drawn(settings), keep: false });
  talk.command({ type: "advance", unit: "update", count: updates });
  const frame = talk.frame();
  reader.take(frame);
  return frame;
}

function read(text: string, asked?: number): Reading {
  const reading = reader.read(text, asked);
  if (!reading) throw new Error("no network");
  return reading;
}

function points(...pairs: readonly (readonly [number, number])[]): Point[] {
  return pairs.map(([x, y]) => ({ x, y }));
}

describe("a reading", () => {
  test("needs a network of bitmaps", () => {
    expect(reader.read(CROSS)).toBeNull();
    trained({ drawings: [] });
    expect(reader.read(CROSS)).not.toBeNull();
    talk.command({ type: "open", source: sourceOf(DRAWINGS_EXPERIMENT), keep: false });
    expect(read(CROSS).grid).toBe(6);
  });

  test.each([
    { grid: 6, outputs: "per_class" },
    { grid: 6, outputs: "single", hidden: [] },
    { grid: 12, training: { loss: "squared_error" }, hidden: [{ units: 6, activation: "relu" }] },
    { grid: 28, hidden: [{ units: 128 }, { units: 33, activation: "gelu" }] },
  ])("is to the last bit what the worker says of kept drawings: %o", (settings) => {
    const drawings = [CROSS, RING, BAR, `${CROSS}.${BAR}`, RING];
    const frame = trained({ drawings, heldOut: [4], ...settings });
    const outputs = frame.widths.at(-1) ?? 0;
    drawings.forEach((text, row) => {
      const { outputs: said, predicted } = read(text);
      expect([...said]).toEqual([...frame.outputs.slice(row * outputs, (row + 1) * outputs)]);
      expect(predicted).toBe(frame.predicted[row]);
    });
  });

  test("has the bitmap that the worker's network sees", async () => {
    const engine = await loadEngine();
    trained({ drawings: [] });
    for (const text of [CROSS, RING, BAR, ""]) {
      const { bits, on } = read(text);
      expect(bits).toEqual(new Bitmaps(engine).of(text, 6, engine.base));
      expect(bits).toEqual(reader.bitmap(text, 6));
      expect(on).toBe(bits.filter((bit) => bit === 1).length);
    }
    expect(read("").on).toBe(0);
    expect(read(CROSS).on).toBeGreaterThan(8);
  });

  test("tells z and a of every unit, column by column", () => {
    const frame = trained({ drawings: [CROSS, RING], hidden: [{ units: 7 }, { units: 3 }] });
    const { activations, preActivations, bits, outputs } = read(CROSS);
    expect(activations.map(({ length }) => length)).toEqual([36, 7, 3, 2]);
    expect(preActivations.map(({ length }) => length)).toEqual([0, 7, 3, 2]);
    expect([...(activations[0] ?? [])]).toEqual([...bits]);
    expect(activations.at(-1)).toBe(outputs);
    const z = activations[1]?.reduce(
      (sum, a, input) => sum + a * frame.weight(1, 2, input),
      frame.bias(1, 2),
    );
    expect(preActivations[2]?.[2]).toBeCloseTo(z ?? NaN, 5);
    expect(activations[2]?.[2]).toBeCloseTo(Math.tanh(z ?? NaN), 5);
  });

  test("of an untrained network is near one half", () => {
    talk.command({ type: "open", source: sourceOf(DRAWINGS_EXPERIMENT), keep: false });
    reader.take(talk.frame());
    for (const text of ["", CROSS, RING]) {
      for (const probability of read(text).outputs) {
        expect(probability).toBeGreaterThan(0.2);
        expect(probability).toBeLessThan(0.8);
      }
    }
    expect([...read("").outputs]).toEqual([0.5, 0.5]);
  });

  test("says why: shares that lead from the empty square to the drawing", () => {
    trained({ drawings: [CROSS, RING] });
    const { why, predicted, bits, preActivations } = read(CROSS);
    expect(why.output).toBe(predicted);
    const sum = why.shares.reduce((total, share) => total + share, 0);
    expect(sum).toBeCloseTo(why.total - why.empty, 4);
    expect(why.shares.every((share, cell) => bits[cell] === 1 || share === 0)).toBe(true);
    const z = preActivations.at(-1) ?? [];
    const margin = (z[predicted] ?? NaN) - (z[1 - predicted] ?? NaN);
    expect(why.total).toBeCloseTo(margin, 5);
    const other = read(CROSS, 1 - predicted).why;
    expect(other.output).toBe(1 - predicted);
    expect(other.total).toBeCloseTo(-why.total, 5);
    expect(read(CROSS, 7).why.output).toBe(1);
  });

  test("follows the training, and earlier readings stay as they were", () => {
    trained({ drawings: [CROSS, RING] });
    const before = read(CROSS);
    const said = before.outputs.slice();
    talk.command({ type: "advance", unit: "epoch", count: 20 });
    expect(read(CROSS).outputs).toEqual(said);
    reader.take(talk.frame());
    talk.command({ type: "advance", unit: "epoch", count: 20 });
    const newest = talk.frame();
    reader.take(newest);
    const after = read(CROSS);
    expect([...after.outputs]).toEqual([...newest.outputs.slice(0, 2)]);
    expect(after.outputs).not.toEqual(said);
    expect(before.outputs).toEqual(said);
    expect(after.bits).toBe(before.bits);
  });

  test("follows the network to another grid, and to more classes", () => {
    trained({ drawings: [CROSS, RING] });
    expect(read(RING).outputs).toHaveLength(2);
    trained({ drawings: [CROSS, RING, BAR], classes: 3, grid: 10 });
    expect([read(RING).outputs.length, read(RING).grid, read(RING).bits.length]).toEqual([
      3, 10, 100,
    ]);
  });

  test("follows a change of activation in the run under way", () => {
    trained({ drawings: [CROSS, RING] });
    const hidden = [{ units: 7, activation: "relu" }];
    const source = drawn({ drawings: [CROSS, RING], hidden });
    talk.command({ type: "open", source, keep: true });
    const frame = talk.frame();
    reader.take(frame);
    expect([...read(RING).outputs]).toEqual([...frame.outputs.slice(2)]);
  });

  test("of a network that has diverged still has a class, the first", () => {
    const frame = trained({ drawings: [CROSS] });
    frame.weights[1]?.fill(NaN);
    expect([read(CROSS).predicted, read(CROSS).why.output]).toEqual([0, 0]);
  });

  test("takes well under 2 ms for 28 × 28 cells and 128 hidden units", () => {
    const frame = trained({ drawings: [CROSS, RING], grid: 28, hidden: [{ units: 128 }] });
    const times = Array.from({ length: 60 }, (_, seed) => {
      const text = reader.write(reader.byHand("8", seed) ?? [], false);
      reader.take(frame);
      const start = performance.now();
      read(text);
      return performance.now() - start;
    });
    const median = times.sort((a, b) => a - b)[30] ?? NaN;
    expect(median).toBeLessThan(2);
  });
});

describe("a drawing's text", () => {
  test("gives back its strokes", () => {
    const strokes = [points([0, 0], [511, 3], [7, 511]), points([256, 255])];
    const text = reader.write(strokes, false);
    expect(text).toMatch(/^([A-Za-z0-9_-]{3}){3}\.[A-Za-z0-9_-]{3}$/);
    expect(reader.strokes(text)).toEqual(strokes);
    expect(reader.strokes(CROSS)).toEqual([
      points([100, 90], [400, 420]),
      points([410, 100], [95, 415]),
    ]);
    expect([reader.write([], false), reader.strokes("")]).toEqual(["", []]);
  });

  test("has whole numbers on the pad, wherever the pen was", () => {
    const text = reader.write([points([-3, 600], [10.4, 99.6])], false);
    expect(reader.strokes(text)).toEqual([points([0, 511], [10, 100])]);
  });

  test("is shorter where a point says nothing, with the same ends", () => {
    const line = [Array.from({ length: 200 }, (_, k) => ({ x: 100 + k, y: 300 }))];
    expect(reader.strokes(reader.write(line, true))).toEqual([points([100, 300], [299, 300])]);
    expect(reader.strokes(reader.write(line, false))[0]).toHaveLength(200);
    const simple = reader.write(reader.strokes(RING), true);
    expect(reader.bitmap(simple, 28)).toEqual(reader.bitmap(RING, 28));
  });

  test("may be of cells, which come back on their own grid and have no strokes", () => {
    for (const grid of [6, 8, 10, 12, 16, 20, 28]) {
      const bits = reader.bitmap(RING, grid);
      const text = reader.cells(bits, grid);
      expect(text).toHaveLength(1 + Math.ceil(grid ** 2 / 6));
      expect(reader.bitmap(text, grid)).toEqual(bits);
      expect([reader.strokes(text), reader.fit(text)]).toEqual([[], []]);
    }
  });

  test("is fitted into the middle of the square", () => {
    const [stroke = []] = reader.fit(BAR);
    const [top, bottom] = [stroke[0]?.y ?? NaN, stroke.at(-1)?.y ?? NaN];
    expect(top + bottom).toBeCloseTo(1, 5);
    expect(bottom - top).toBeGreaterThan(0.8);
    expect(reader.fit(CROSS)).toHaveLength(2);
    expect(read0(reader, CROSS)).toEqual(reader.fit(CROSS));
  });

  test("can come from a seeded hand", () => {
    const once = reader.byHand("X", 3);
    expect(reader.byHand("X", 3)).toEqual(once);
    expect(reader.byHand("X", 4)).not.toEqual(once);
    expect(once?.flat().every(({ x, y }) => x >= 0 && x < 512 && y >= 0 && y < 512)).toBe(true);
    expect([reader.byHand("字", 0), reader.byHand("", 0)]).toEqual([null, null]);
  });
});

/** The fitted strokes of a reading by an untrained network. */
function read0(by: Reader, text: string): Reading["fitted"] | undefined {
  talk.command({ type: "open", source: drawn({ drawings: [] }), keep: false });
  by.take(talk.frame());
  return by.read(text)?.fitted;
}
