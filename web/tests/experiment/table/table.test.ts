import { describe, expect, test } from "vitest";
import { checked } from "../../../src/experiment/check";
import { LARGEST, numberIn } from "../../../src/experiment/table/numbers";
import { rolesOf, type Roles } from "../../../src/experiment/table/roles";
import { MOST_ROWS, samplesOf, type Outcome } from "../../../src/experiment/table/samples";
import { recordsOf } from "../../../src/experiment/table/separated";
import { readTable, type Reading } from "../../../src/experiment/table/table";

const IRIS = `sepal length,sepal width,species
5.1,3.5,setosa
7.0,3.2,versicolor
6.3,3.3,virginica
4.9,3.0,setosa`;

function loaded(text: string, said: Partial<Reading> = {}, roles: Partial<Roles> = {}): Outcome {
  const table = readTable(text, said);
  return samplesOf(table, { ...rolesOf(table), ...roles });
}
function manyRows(count: number, row: (k: number) => string): string {
  return ["a,b,c", ...Array.from({ length: count }, (_, k) => row(k))].join("\n");
}

describe("a text is read", () => {
  test.each([
    ["1,2,A\n3,4,B", { separator: ",", decimal: "." }],
    ["1,5;2;A\n3,25;4;B", { separator: ";", decimal: "," }],
    ["1.5;2;A\n3.25;4;B", { separator: ";", decimal: "." }],
    ["1,5\t2\tA\n3,25\t4\tB", { separator: "\t", decimal: "," }],
    ["x\ty\tz\n1,000\t2.5\t1.5\n", { separator: "\t", decimal: "." }],
    ['1,2,"a;b;c"\n3,4,"d;e"', { separator: ",", decimal: "." }],
  ] as const)("%j as it is meant", (text, reading) => {
    expect(readTable(text).reading).toMatchObject(reading);
  });

  test("with the names of its columns, where the first line has some", () => {
    expect(readTable(IRIS).reading.header).toBe(true);
    expect(readTable(IRIS).columns.map(({ name }) => name)).toEqual([
      "sepal length",
      "sepal width",
      "species",
    ]);
    const bare = readTable("1,2,A\n3,4,B");
    expect(bare.reading.header).toBe(false);
    expect(bare.columns.map(({ name }) => name)).toEqual(["column 1", "column 2", "column 3"]);
    expect(readTable(IRIS, { header: false }).rows).toHaveLength(5);
  });

  test("from Windows, from a Mac, with a mark at its start, and with blank lines", () => {
    const lines = (text: string): unknown =>
      recordsOf(text, ",").map(({ line, cells }) => [line, ...cells]);
    expect(lines("\uFEFFa,b\r\n1,2\r\n\r\n , \r\n3,4\r\n")).toEqual([
      [1, "a", "b"],
      [2, "1", "2"],
      [5, "3", "4"],
    ]);
    expect(lines("a,b\r1,2")).toEqual([
      [1, "a", "b"],
      [2, "1", "2"],
    ]);
  });

  test("with quoted cells that hold separators and line breaks", () => {
    const records = recordsOf('a,b\n"x,\ny",""""\n1,2', ",");
    expect(records.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, "a", "b"],
      [2, "x,\ny", '"'],
      [4, "1", "2"],
    ]);
  });

  test("and a quotation mark that is never closed spoils its own line only", () => {
    const records = recordsOf('1,2,A\n3,"4,B\n5,6,C\n7,"8"x,D\n9,10,E', ",");
    expect(records.map(({ line, fault }) => [line, fault])).toEqual([
      [1, null],
      [2, "a quotation mark is not closed"],
      [3, null],
      [4, "a quotation mark is not closed"],
      [5, null],
    ]);
  });

  test("quickly, even if every line is spoilt", () => {
    const text = Array.from({ length: 20_000 }, () => '1,"2,A').join("\n");
    const start = performance.now();
    recordsOf(text, ",");
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

test.each([
  ["1.5", ".", 1.5],
  ["-.5", ".", -0.5],
  ["\u22122", ".", -2],
  ["1e-3", ".", 1e-3],
  ["1,5", ",", 1.5],
  ["1,5", ".", NaN],
  ["1.5", ",", NaN],
  ["0x10", ".", NaN],
  ["Infinity", ".", NaN],
  ["", ".", NaN],
  ["1 2", ".", NaN],
] as const)("%j with the decimal sign %j is %d", (cell, decimal, number) => {
  expect(numberIn(cell, decimal)).toBe(number);
});

describe("columns are suggested:", () => {
  test.each([
    ["text tells the classes", IRIS, [0, 1, 2]],
    ["whatever its place", "kind,a,b\nX,1,2\nY,3,5\nX,0,2", [1, 2, 0]],
    ["the last of three with few numbers tells them too", "1.5,2,0\n3,4,1\n5,7,1", [0, 1, 2]],
    ["what numbers the rows is no axis", "id,a,b,c\n1,5,7,x\n2,6,6,y\n3,2,8,x", [1, 2, 3]],
    [
      "or the only one with few",
      "0,1.5,2\n" + manyRows(12, (k) => `${k % 2},${k / 7},${k / 9}`).slice(6),
      [1, 2, 0],
    ],
    [
      "a name for each row is no class",
      manyRows(12, (k) => `n${k},${k * k},${k % 3}`) + "\n",
      [2, null, 0],
    ],
  ])("%s", (_, text, places) => {
    const { x1, x2, label } = rolesOf(readTable(text));
    expect(label).toBe(places[2]);
    if (places[1] !== null) expect([x1, x2]).toEqual(places.slice(0, 2));
  });

  test("many values make it regression, few do not, and both can be switched", () => {
    const table = readTable(manyRows(30, (k) => `${k % 7},${k % 5},${k / 4}`));
    expect(rolesOf(table).meaning).toBe("number");
    expect(rolesOf(readTable(manyRows(30, (k) => `${k / 7},${k / 5},${k % 4}`))).meaning).toBe(
      "classes",
    );
    const fitted = loaded("1,2,0\n3,4,1", {}, { meaning: "number" });
    expect(fitted.samples).toMatchObject({
      classes: 0,
      class_names: null,
      points: [
        [1, 2, 0],
        [3, 4, 1],
      ],
    });
  });
});

describe("a table becomes points", () => {
  test("with the names of classes and axes", () => {
    expect(loaded(IRIS)).toEqual({
      samples: {
        points: [
          [5.1, 3.5, 0],
          [7, 3.2, 1],
          [6.3, 3.3, 2],
          [4.9, 3, 0],
        ],
        classes: 3,
        class_names: ["setosa", "versicolor", "virginica"],
        axes: ["sepal length", "sepal width"],
      },
      bad: [],
      beyond: 0,
      fault: "",
    });
  });

  test("with numbers as classes by their size", () => {
    const { samples } = loaded("1,2,10\n3,4,9\n5,6,10");
    expect(samples?.class_names).toEqual(["9", "10"]);
    expect(samples?.points?.map((point) => point[2])).toEqual([1, 0, 1]);
  });

  test("and each bad row is named with its line and reason, while the good ones come", () => {
    const text = `a,b,kind\n1,2,X\n1,n/a,X\n,2,Y\n3,4,\n\n5\n6,7e13,X\n8,9,Y`;
    const { bad, samples } = loaded(text);
    expect(bad).toEqual([
      { line: 3, reason: "b is 'n/a', which is no number" },
      { line: 4, reason: "a is empty" },
      { line: 5, reason: "kind is empty" },
      { line: 7, reason: "b is empty" },
      { line: 8, reason: "b is 7e13, but numbers up to 10¹² can be taken" },
    ]);
    expect(samples?.points).toEqual([
      [1, 2, 0],
      [8, 9, 1],
    ]);
  });

  test("up to as many as there is room for", () => {
    const { samples, beyond } = loaded(
      manyRows(MOST_ROWS + 7, (k) => `${k % 91},${k % 83},${"AB"[k % 2] ?? ""}`),
    );
    expect(samples?.points).toHaveLength(MOST_ROWS);
    expect(beyond).toBe(7);
  });

  test.each([
    [
      "1,2\n3,4",
      "A table must have three columns: two with numbers for the axes, and one with the label.",
    ],
    ["a,b,c\nx,y,z", "Choose two columns with numbers for the axes, and one for the label."],
    ["1,2,A\n3,4,A", "column 3 has only one label, but there must be 2 to 10 classes."],
    [
      manyRows(11, (k) => `${k % 3},${k % 4},n${k}`),
      "c has 11 different labels, but there must be 2 to 10 classes.",
    ],
  ])("or one sentence says why not: %j", (text, sentence) => {
    const { samples, fault } = loaded(text);
    expect(samples).toBeNull();
    expect(fault).toBe(sentence);
  });

  test("never twice from the same column", () => {
    expect(loaded(IRIS, {}, { x2: 0 }).fault).toContain("three different columns");
  });

  test("whose names are cut where they are long, and stay different", () => {
    const long = "a very long name of a class";
    const { samples } = loaded(`1,2,${long} A\n3,4,${long} B\n5,6,X`);
    const names = samples?.class_names ?? [];
    expect(names.every((name) => Array.from(name).length <= 16)).toBe(true);
    expect(new Set(names).size).toBe(3);
  });

  test("that the document accepts, however odd their names and large their numbers are", () => {
    const { samples } = loaded(
      `"${"n".repeat(60)}","a\tb",c\n${LARGEST},-${LARGEST},"x\ny"\n0,1,"\u0007"`,
    );
    expect(() =>
      checked({ data: { kind: "given", scaling: "standard", ...samples } }),
    ).not.toThrow();
  });
});
