import { describe, expect, test } from "vitest";
import { Activation, Feature, Int, Optimizer, Real } from "../../src/engine/bindings";
import { checked } from "../../src/experiment/check";
import { DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";
import { sourceOf } from "../../src/experiment/source";
import { splitRows } from "../../src/experiment/split";

interface Slots {
  readonly int: (slot: number) => number;
  readonly real: (slot: number) => number;
}

function header(document: object): Slots {
  const { buffer } = sourceOf(checked(document)).header;
  return {
    int: (slot) => new Int32Array(buffer)[slot] ?? NaN,
    real: (slot) => new Float32Array(buffer)[slot] ?? NaN,
  };
}

describe("the header", () => {
  test("holds numbers, names by their codes, and a bit per feature", () => {
    const { int, real } = header({
      data: { samples: 123, noise: 0.25 },
      features: ["x1", "x1_x2"],
      training: { optimizer: "adam", batch_size: "all", loss: "cross_entropy" },
    });
    expect(int(Int.SAMPLES)).toBe(123);
    expect(real(Real.NOISE)).toBe(0.25);
    expect(int(Int.FEATURES)).toBe((1 << Feature.x1) | (1 << Feature.x1_x2));
    expect(int(Int.OPTIMIZER)).toBe(Optimizer.adam);
    expect(int(Int.BATCH_SIZE)).toBe(0);
    expect(int(Int.LOSS)).toBe(-2);
    expect(int(Int.OUTPUT_ACTIVATION)).toBe(-1);
  });

  test("holds each layer's settings at the layer's place", () => {
    const hidden = [{ units: 5 }, { units: 7, activation: "gelu" }];
    const { int } = header({ network: { hidden } });
    expect(int(Int.HIDDEN_LAYERS)).toBe(2);
    expect([int(Int.UNITS), int(Int.UNITS + 1), int(Int.UNITS + 2)]).toEqual([5, 7, 0]);
    expect(int(Int.ACTIVATIONS + 1)).toBe(Activation.gelu);
  });
});

describe("given samples", () => {
  const points = Array.from({ length: 6 }, (_, row) => [row, -row, row % 2]);

  test("are split as in Python", () => {
    const rows = Array.from({ length: 8 }, (_, row) => [row, 0, 0]);
    const { data } = checked({ data: { kind: "given", points: rows, test_share: 0.25, seed: 1 } });
    expect(splitRows(data)).toEqual({ train: [1, 3, 4, 5, 6, 7], heldOut: [0, 2] });
  });

  test("are held out where they are named", () => {
    const { data } = checked({ data: { kind: "given", points, held_out: [4, 0] } });
    expect(splitRows(data)).toEqual({ train: [1, 2, 3, 5], heldOut: [0, 4] });
  });

  test("come with those trained on first", () => {
    const { given, header } = sourceOf(checked({ data: { kind: "given", points } }));
    expect([...(given && "x" in given ? given.x : [])]).toEqual([
      1, -1, 3, -3, 5, -5, 0, -0, 2, -2, 4, -4,
    ]);
    expect([...(given?.values ?? [])]).toEqual([1, 1, 1, 0, 0, 0]);
    expect([header[Int.SAMPLES], header[Int.TEST_SAMPLES]]).toEqual([6, 3]);
  });

  test("of no plane say how wide they are and whether they are bits", () => {
    const data = {
      kind: "given",
      inputs: [
        [0, 1, 1],
        [1, 0, 0],
      ],
      targets: [0, 1],
    };
    const { int } = header({ data });
    expect([int(Int.FEATURES), int(Int.INPUTS), int(Int.BITS)]).toEqual([0, 3, 1]);
    const grey = {
      ...data,
      inputs: [
        [0, 1, 0.5],
        [1, 0, 0],
      ],
    };
    expect(header({ data: grey }).int(Int.BITS)).toBe(0);
  });
});

describe("given drawings", () => {
  const data = { kind: "given", drawings: ["AAA", "BBB", "CCC"], targets: [0, 1, 1] };

  test("come with those trained on first, and an input for each cell", () => {
    const { given, header } = sourceOf(checked({ data: { ...data, held_out: [0], grid: 8 } }));
    expect(given).toEqual({
      drawings: ["BBB", "CCC", "AAA"],
      grid: 8,
      values: Float32Array.of(1, 1, 0),
    });
    const slots = [Int.SAMPLES, Int.TEST_SAMPLES, Int.FEATURES, Int.INPUTS, Int.BITS];
    expect(slots.map((slot) => header[slot])).toEqual([3, 1, 0, 64, 1]);
  });

  test("may all be held out, or none be there", () => {
    const { data: allOut } = checked({ data: { ...data, held_out: [2, 0, 1] } });
    expect(splitRows(allOut)).toEqual({ train: [], heldOut: [0, 1, 2] });
    const { given, header } = sourceOf(DRAWINGS_EXPERIMENT);
    expect(given).toEqual({ drawings: [], grid: 6, values: new Float32Array() });
    expect([header[Int.SAMPLES], header[Int.INPUTS]]).toEqual([0, 36]);
  });

  test("are held out by chance where nothing is said of it, but never all", () => {
    const { data: one } = checked({
      data: { ...data, drawings: ["AAA"], targets: [0], test_share: 0.9 },
    });
    expect(splitRows(one)).toEqual({ train: [0], heldOut: [] });
  });
});
