import { describe, expect, test } from "vitest";
import { curveCsv } from "../../src/export/curve-csv";
import { rolesOf } from "../../src/experiment/table/roles";
import { samplesOf } from "../../src/experiment/table/samples";
import { readTable } from "../../src/experiment/table/table";
import { samplesCsv } from "../../src/export/samples-csv";
import { moment } from "./support";

async function samples(data: object, rest: object = {}): Promise<string[]> {
  const { frame, experiment } = await moment({ data, ...rest }, 0);
  const text = samplesCsv(frame, experiment);
  expect(text.endsWith("\r\n")).toBe(true);
  return text.slice(0, -2).split("\r\n");
}

describe("samples as CSV", () => {
  test("of generated data are in the engine's order, those trained on first", async () => {
    const lines = await samples({ kind: "moons", samples: 40, test_share: 0.25 });
    expect(lines[0]).toBe("x1,x2,held_out,class");
    expect(lines).toHaveLength(41);
    expect(lines.slice(1).map((line) => line.split(",")[2])).toEqual([
      ...new Array<string>(30).fill("0"),
      ...new Array<string>(10).fill("1"),
    ]);
    for (const line of lines.slice(1)) expect(line).toMatch(/^-?\d+\.\d+,-?\d+\.\d+,[01],[01]$/);
  });

  test("of a regression end in the value", async () => {
    const lines = await samples({ kind: "plane", samples: 20 });
    expect(lines[0]).toBe("x1,x2,held_out,value");
    expect(lines[1]).toMatch(/,-?\d+\.\d+$/);
  });

  test("that were given keep their order, names and units", async () => {
    const lines = await samples({
      kind: "given",
      points: [
        [1000, 0.5, 1],
        [3000, 0.25, 0],
        [2000, 0.75, 1],
      ],
      axes: ["price, in €", 'a "rate"'],
      class_names: ["no", "yes, please"],
      held_out: [1],
      scaling: "standard",
    });
    expect(lines).toEqual([
      '"price, in €","a ""rate""",held_out,class',
      '1000.0,0.5,0,"yes, please"',
      "3000.0,0.25,1,no",
      '2000.0,0.75,0,"yes, please"',
    ]);
  });

  test("are read again as they were", async () => {
    const data = {
      axes: ["a,b", 'say "x"'],
      points: [
        [5.1, 3.5, 0],
        [7, -3.2e-7, 1],
        [6.3, 3.3, 1],
      ],
      class_names: ["A", "B;C"],
    };
    const { frame, experiment } = await moment({ data: { kind: "given", ...data } }, 0);
    const table = readTable(samplesCsv(frame, experiment));
    expect(samplesOf(table, rolesOf(table)).samples).toMatchObject(data);
  });

  test("may be given inputs of any number", async () => {
    const data = {
      kind: "given",
      inputs: [
        [1, 2, 0.5],
        [0, 1, 3],
      ],
      targets: [0.25, -1],
      classes: 0,
    };
    expect(await samples({ ...data, held_out: [] })).toEqual([
      "i1,i2,i3,held_out,value",
      "1.0,2.0,0.5,0,0.25",
      "0.0,1.0,3.0,0,-1.0",
    ]);
  });
});

test("the curve has a line for each moment; a cell is empty where there is no such number", () => {
  const point = { trainLoss: 0.5, testLoss: null, trainAccuracy: 1, testAccuracy: null };
  const curve = [
    { epoch: 0, updates: 0, ...point },
    { epoch: 1.5, updates: 12, ...point, trainLoss: Infinity, testLoss: 1e-7 },
  ];
  expect(curveCsv(curve)).toBe(
    "updates,epochs,loss,test_loss,accuracy,test_accuracy\r\n0,0.0,0.5,,1.0,\r\n12,1.5,,1e-07,1.0,\r\n",
  );
});
