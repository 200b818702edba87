import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { About } from "../../src/formats/about";
import { half, writeBytes, writeFloats } from "../../src/formats/npy";
import { packed } from "../../src/formats/npz";
import { openWeights, type OpenedWeights } from "../../src/formats/open-weights";
import { writeSafetensors } from "../../src/formats/safetensors";
import {
  layersOf,
  parametersOf,
  tensorsOf,
  type Layer,
  type Tensor,
} from "../../src/formats/tensors";
import { writeWeightsJson } from "../../src/formats/weights-json";
import { writeWeightsNpz } from "../../src/formats/weights-npz";
import { DEFAULT_EXPERIMENT } from "../../src/experiment/settings";

const LAYERS: readonly Layer[] = [
  {
    weights: Float32Array.of(0.1, -2, 1 / 3, 1e-30, 5, 6),
    biases: Float32Array.of(-0, 1, 3.4e38),
    inputs: 2,
  },
  { weights: Float32Array.of(7, 8, -9), biases: Float32Array.of(0.5), inputs: 3 },
];
const ABOUT: About = {
  format: "weights",
  version: 1,
  made_with: "0.0.0",
  updates: 12,
  epochs: 3,
  inputs: ["x1", "x2"],
  activations: ["tanh", "sigmoid"],
  loss: "binary_cross_entropy",
  scaling: { x1: [0, 1], x2: [0, 1], value: [0, 1] },
  class_names: ["Ähre", "öd"],
  experiment: DEFAULT_EXPERIMENT,
};
const WRITERS = {
  json: writeWeightsJson,
  npz: writeWeightsNpz,
  safetensors: writeSafetensors,
} as const;
const FORMATS = ["json", "npz", "safetensors"] as const;

function opened(content: BlobPart, name = "mine"): Promise<OpenedWeights | null> {
  return openWeights(new File([content], name));
}
async function refused(content: BlobPart): Promise<string> {
  return opened(content).then(
    (found) => `was opened: ${JSON.stringify(found)}`,
    (error: unknown) => (error as Error).message,
  );
}
function floats(name: string, shape: number[], values: number[]): Tensor {
  return { name, shape, values };
}

describe.each(FORMATS)("weights as %s", (format) => {
  test("come back to the bit, with their experiment, whatever the file is called", async () => {
    const found = await opened(WRITERS[format](tensorsOf(LAYERS), ABOUT), "odd.name");
    expect(found?.layers).toEqual(LAYERS);
    expect(found?.experiment).toEqual(DEFAULT_EXPERIMENT);
    expect([found?.inputs, found?.activations]).toEqual([ABOUT.inputs, ABOUT.activations]);
  });

  test("are the same bytes each time", () => {
    const write = (): BlobPart => WRITERS[format](tensorsOf(LAYERS), ABOUT);
    expect(write()).toEqual(write());
  });

  test("are refused where a shape is wrong or a number is not finite, and it is named", async () => {
    const bias = floats("layers.0.bias", [2], [1, 2]);
    const write = (...tensors: Tensor[]): BlobPart => WRITERS[format](tensors, ABOUT);
    expect(await refused(write(floats("layers.0.weight", [2, 2], [1, 2, 3, 4])))).toBe(
      "mine has layers.0.weight, but no bias beside it.",
    );
    expect(await refused(write(floats("layers.0.weight", [3, 1], [1, 2, 3]), bias))).toBe(
      "layers.0.bias in mine has the shape (2,), but must have (3,): a number for each row of layers.0.weight.",
    );
    expect(await refused(write(floats("layers.0.weight", [2], [1, 2]), bias))).toBe(
      "layers.0.weight in mine has the shape (2,), but must have two dimensions: units and inputs.",
    );
    const deeper = [
      floats("layers.1.weight", [1, 3], [1, 2, 3]),
      floats("layers.1.bias", [1], [0]),
    ];
    expect(await refused(write(floats("layers.0.weight", [2, 1], [1, 2]), bias, ...deeper))).toBe(
      "layers.1.weight in mine has 3 columns, but the layer before it has 2 units.",
    );
    if (format === "json") return;
    expect(await refused(write(floats("layers.0.weight", [2, 2], [1, 2, NaN, 4]), bias))).toBe(
      "layers.0.weight[1, 0] in mine is NaN, but must be a finite number of 32 bits.",
    );
  });

  test("that are cut or spoilt get a sentence", async () => {
    const whole = WRITERS[format](tensorsOf(LAYERS), ABOUT);
    const bytes = typeof whole === "string" ? new TextEncoder().encode(whole) : whole;
    for (let end = 1; end < bytes.length; end += 97) {
      const found = await opened(bytes.slice(0, end)).catch((error: unknown) => error);
      // What is no longer JSON is no file of weights at all.
      if (found !== null) expect((found as Error).message).toMatch(/^mine |^.* in mine /);
    }
  });
});

describe("names", () => {
  const pair = (prefix: string, inputs: number, outputs: number): Record<string, unknown> => ({
    [`${prefix}.weight`]: Array.from({ length: outputs }, () => new Array<number>(inputs).fill(1)),
    [`${prefix}.bias`]: new Array<number>(outputs).fill(0),
  });

  test("as PyTorch has them are read, in the order of their numbers", async () => {
    const state = { ...pair("net.10", 4, 1), ...pair("net.2", 3, 4), ...pair("0", 2, 3) };
    const found = await opened(JSON.stringify(state));
    expect(found?.layers.map(({ inputs, biases }) => [inputs, biases.length])).toEqual([
      [2, 3],
      [3, 4],
      [4, 1],
    ]);
    expect(found?.experiment).toBeNull();
  });

  test("of anything else are refused", async () => {
    const weights = { ...pair("layers.0", 2, 1), "layers.0.scale": [1] };
    expect(await refused(JSON.stringify({ weights }))).toBe(
      "mine has 'layers.0.scale', but weights have names such as layers.0.weight and layers.0.bias.",
    );
    expect(await refused(JSON.stringify({ weights: {} }))).toBe("mine holds no weights.");
    expect(await refused(JSON.stringify({ weights: { "0.weight": [["a"]] } }))).toBe(
      "0.weight in mine has 'a', but must be lists of numbers.",
    );
    expect(await refused(JSON.stringify({ weights: { "0.weight": [[1, 2], [3]] } }))).toBe(
      "0.weight[1] in mine must be a list of 2 numbers, as the first.",
    );
    const twice = { ...pair("0", 2, 1), ...pair("net.0", 2, 1) };
    expect(await refused(JSON.stringify(twice))).toBe(
      "mine has two arrays for the weight of layer 0.",
    );
  });
});

describe("what holds no weights", () => {
  test("is left to others", async () => {
    expect(await opened("x,y\n1,2")).toBeNull();
    expect(await opened(JSON.stringify({ data: { kind: "moons" } }))).toBeNull();
    expect(await opened(JSON.stringify([1, 2]))).toBeNull();
    expect(await opened("")).toBeNull();
    const drawings = packed({ X: writeBytes("|u1", [1, 36], new Array<number>(36).fill(0)) });
    expect(await opened(drawings)).toBeNull();
  });

  test("is told where it stands beside weights", async () => {
    const one = writeFloats([1], Float32Array.of(1));
    expect(await opened(packed({ a: one }))).toBeNull();
    expect(await opened(zipSync({}))).toBeNull();
    expect(await refused(packed({ a: one, "0.bias": one }))).toMatch(/^mine has 'a'/);
  });
});

describe("numbers of other types", () => {
  test("are rounded to 32 bits", async () => {
    const header = JSON.stringify({
      "0.weight": { dtype: "F16", shape: [1, 2], data_offsets: [0, 4] },
      "0.bias": { dtype: "BF16", shape: [1], data_offsets: [4, 6] },
    });
    const bytes = new Uint8Array(8 + header.length + 6);
    new DataView(bytes.buffer).setUint32(0, header.length, true);
    bytes.set(new TextEncoder().encode(header), 8);
    // 1.5 and −0.25 as halves, 2 as a brain float.
    bytes.set([0x00, 0x3e, 0x00, 0xb4, 0x00, 0x40], 8 + header.length);
    const found = await opened(bytes);
    expect([...(found?.layers[0]?.weights ?? [])]).toEqual([1.5, -0.25]);
    expect([...(found?.layers[0]?.biases ?? [])]).toEqual([2]);
  });

  test("a half has subnormal numbers, and those that are none", () => {
    expect([0x0001, 0x0400, 0x7bff, 0x8000].map(half)).toEqual([2 ** -24, 2 ** -14, 65504, -0]);
    expect([half(0x7c00), half(0xfc00), half(0x7e00)]).toEqual([Infinity, -Infinity, NaN]);
  });
});

test("files have a unit's weights in a row, the engine has them in a column", () => {
  const parameters = parametersOf(LAYERS);
  expect([...(parameters.weights[0] ?? [])].slice(0, 3)).toEqual([0.1, 1 / 3, 5].map(Math.fround));
  expect(layersOf(parameters)).toEqual(LAYERS);
});
