/** What Python has written of the same runs: scripts and weights that both sides are tested against. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { Frame } from "../../src/engine/frame";
import { Reader } from "../../src/engine/reading";
import { checked } from "../../src/experiment/check";
import { sourceOf } from "../../src/experiment/source";
import { openWeights, type OpenedWeights } from "../../src/formats/open-weights";
import { layersOf } from "../../src/formats/tensors";
import { script } from "../../src/export/script";
import table from "../../src/export/scripts.json";
import { isOfNetwork, misfitOf } from "../../src/state/weights-file";
import { Talk, VIEW, WASM, loadEngine } from "../engine/support";

const TESTS = resolve(import.meta.dirname, "../../../tests");

interface Vector {
  readonly name: string;
  readonly experiment: object;
  readonly updates: number;
  readonly sha256: Readonly<Record<"numpy" | "torch", string>>;
}

const SCRIPTS = JSON.parse(
  readFileSync(resolve(TESTS, "script_vectors.json"), "utf8"),
) as readonly Vector[];
/** As `tests/exporters/vectors.py` has it. */
const RUN = {
  data: { kind: "blobs", classes: 3, samples: 12 },
  features: ["x1", "x2", "sin_x2"],
  network: { hidden: [{ units: 2, activation: "gelu" }, { units: 3 }] },
};

async function after(updates: number, document: object): Promise<Frame> {
  const talk = new Talk(await loadEngine());
  talk.command({ type: "open", source: sourceOf(checked(document)), keep: false });
  talk.command({ type: "advance", unit: "update", count: updates });
  const response = talk.command({ type: "capture", options: VIEW });
  if (response.type !== "capture") throw new Error(JSON.stringify(response));
  return new Frame(response.frame);
}

function opened(name: string): Promise<OpenedWeights | null> {
  const bytes = new Uint8Array(readFileSync(resolve(TESTS, "weights_vectors", name)));
  return openWeights(new File([bytes], name));
}

describe("the scripts of Python", () => {
  test.each(SCRIPTS)("are made to the byte: $name", async ({ experiment, updates, sha256 }) => {
    const frame = await after(updates, experiment);
    const whole = checked(experiment);
    const reader = await Reader.load(readFileSync(WASM));
    const bitmap = (text: string): Uint8Array => reader.bitmap(text, whole.data.grid);
    for (const framework of ["numpy", "torch"] as const) {
      const text = script(table[framework], frame, whole, bitmap);
      expect(createHash("sha256").update(text).digest("hex")).toBe(sha256[framework]);
    }
  });
});

describe("the weights of Python", () => {
  test.each(["weights.json", "weights.npz", "weights.safetensors"])(
    "are read from %s, with their experiment",
    async (name) => {
      const frame = await after(3, RUN);
      const found = await opened(name);
      if (!found) throw new Error("no weights");
      expect(found.layers).toEqual(layersOf(frame));
      expect(found.experiment).toEqual(checked(RUN));
      expect(isOfNetwork(found, frame, checked(RUN))).toBe(true);
    },
  );

  test("may have the names of a state_dict, and say nothing of their network", async () => {
    const found = await opened("state_dict.safetensors");
    expect(found?.layers).toEqual(layersOf(await after(3, RUN)));
    expect([found?.experiment, found?.inputs]).toEqual([null, null]);
  });

  test("are known to be of another shape", async () => {
    const found = await opened("another_shape.safetensors");
    expect(found && misfitOf(found, [3, 2, 3, 3])).toBe(
      "The weights of hidden layer 1 have the shape (8, 3) in another_shape.safetensors, but (2, 3) here: choose 8 units in hidden layer 1.",
    );
  });

  test.each([
    ["cut.npz", "cut.npz is damaged: it cannot be unpacked."],
    ["cut.safetensors", "cut.safetensors is cut: its end is missing."],
    ["pickled.npz", "layers.0.weight in pickled.npz has the type |O"],
  ])("are refused where the file is spoilt: %s", async (name, sentence) => {
    await expect(opened(name)).rejects.toThrow(sentence);
  });

  test.each(["cut.json", "header.safetensors", "not_a_number.json", "experiment.json"])(
    "are not found in %s",
    async (name) => {
      expect(await opened(name)).toBeNull();
    },
  );
});
