import { PbfReader } from "pbf";
import { describe, expect, test } from "vitest";
import { Graph } from "../../src/export/onnx/graph";
import { modelOf } from "../../src/export/onnx/model";
import { moment } from "./support";

const WHOLE = { network: { hidden: [{ units: 3, activation: "gelu" }] } };

async function graph(document: object): Promise<Graph> {
  const { frame, experiment } = await moment(document);
  return new Graph(frame, experiment);
}

describe("a model", () => {
  test("has a graph in which everything comes before it is used, and nothing is named twice", async () => {
    for (const document of [
      {},
      WHOLE,
      { features: ["x2", "x1_x2", "sin_x1", "x1_squared"] },
      { data: { kind: "spiral", classes: 4 }, training: { loss: "squared_error" } },
      { data: { kind: "plane" }, network: { hidden: [] } },
      {
        data: {
          kind: "given",
          points: [
            [900, 1, 0],
            [1000, 3, 1],
          ],
          scaling: "standard",
        },
      },
    ]) {
      const { nodes, constants, input, outputs } = await graph(document);
      const known = new Set([input.name, ...constants.map(({ name }) => name)]);
      expect(known.size).toBe(constants.length + 1);
      for (const { inputs, output } of nodes) {
        for (const name of inputs) expect(known).toContain(name);
        expect(known).not.toContain(output);
        known.add(output);
      }
      for (const { name } of outputs) expect(known).toContain(name);
    }
  });

  test("scales points only where they are scaled, and has only the features that are seen", async () => {
    const operators = async (document: object): Promise<string[]> =>
      (await graph(document)).nodes.map(({ operator }) => operator);
    expect(await operators({})).not.toContain("Gather");
    const points = [
      [900, 1, 0],
      [1000, 3, 1],
    ];
    const scaled = await operators({ data: { kind: "given", points, scaling: "standard" } });
    expect(scaled.slice(0, 2)).toEqual(["Sub", "Div"]);
    const seen = await operators({ features: ["x1", "sin_x2"] });
    expect(seen.slice(0, 4)).toEqual(["Gather", "Gather", "Sin", "Concat"]);
  });

  test("is written with its numbers as they are", async () => {
    const { frame, experiment } = await moment(WHOLE);
    const made = new Graph(frame, experiment);
    const bytes = modelOf(made, { pellucid: "{}" });
    const names: string[] = [];
    const weights: Uint8Array[] = [];
    new PbfReader(bytes).readFields((tag, _, pbf) => {
      if (tag === 1) expect(pbf.readVarint()).toBe(8);
      if (tag !== 7) return;
      pbf.readMessage((part, __, inner) => {
        if (part !== 5) return;
        inner.readMessage((field, ___, constant) => {
          if (field === 8) names.push(constant.readString());
          if (field === 9) weights.push(constant.readBytes().slice());
        }, null);
      }, null);
    }, null);
    expect(names).toEqual(made.constants.map(({ name }) => name));
    const place = names.indexOf("layers.0.weight");
    const written = new Float32Array(weights[place]?.buffer ?? new ArrayBuffer());
    const own = Array.from({ length: 6 }, (_, k) => frame.weight(0, Math.floor(k / 2), k % 2));
    expect([...written]).toEqual(own);
  });
});
