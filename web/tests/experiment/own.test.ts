import { describe, expect, test } from "vitest";
import { Int, Real, Scaling } from "../../src/engine/bindings";
import { checked } from "../../src/experiment/check";
import { keepsWeights, revised } from "../../src/experiment/changes";
import { whyIdle } from "../../src/experiment/drawn";
import type { Experiment } from "../../src/experiment/experiment";
import { decode, encode } from "../../src/experiment/link";
import * as own from "../../src/experiment/own";
import { sourceOf } from "../../src/experiment/source";
import { splitRows } from "../../src/experiment/split";

const POINTS = Array.from({ length: 9 }, (_, row) => [row, 1 - row, row % 3]);

function given(data: object = {}): Experiment {
  return checked({ data: { kind: "given", points: POINTS, classes: 3, ...data } });
}
function changed(start: Experiment, mutate: (data: own.Own) => void): own.Own {
  const draft = structuredClone(start);
  mutate(own.ownOf(draft));
  return own.ownOf(checked(draft));
}

describe("points of one's own", () => {
  test("come at the end, are trained on, and leave the split as it was", () => {
    const start = given();
    const after = changed(start, (data) => own.add(data, [[5, 5, 1]]));
    expect(after.points.at(-1)).toEqual([5, 5, 1]);
    expect(splitRows(after).heldOut).toEqual(splitRows(start.data).heldOut);
    expect(splitRows(after).train).toContain(9);
  });

  test("go, and the others stay on their side of the split", () => {
    const start = given({ held_out: [0, 4, 8] });
    const after = changed(start, (data) => own.remove(data, [0, 3]));
    expect(after.points.map(([x1]) => x1)).toEqual([1, 2, 4, 5, 6, 7, 8]);
    expect(after.held_out?.map((row) => after.points[row]?.[0])).toEqual([4, 8]);
  });

  test("may all go, but never all of those trained on before", () => {
    const start = given({ held_out: [0, 1, 2, 3, 4, 5, 6, 7] });
    expect(changed(start, (data) => own.remove(data, [8])).held_out).toHaveLength(7);
    const none = changed(start, (data) => own.remove(data, [...POINTS.keys()]));
    expect([none.points, none.held_out]).toEqual([[], []]);
  });

  test("move without changing their class", () => {
    expect(changed(given(), (data) => own.move(data, 4, 0.5, 0.25)).points[4]).toEqual([
      0.5, 0.25, 1,
    ]);
  });

  test("go with their class, and the others with the name of theirs", () => {
    const after = changed(given({ class_names: ["a", "b", "c"] }), (data) =>
      own.setClasses(data, [0, 2], ["a", "c"]),
    );
    expect(after.class_names).toEqual(["a", "c"]);
    expect(after.points.map(([x1, , value]) => [x1, value])).toEqual([
      [0, 0],
      [2, 1],
      [3, 0],
      [5, 1],
      [6, 0],
      [8, 1],
    ]);
  });

  test("begin with an empty plane, on which there is nothing to train on", () => {
    const draft = structuredClone(checked({ data: { kind: "spiral", classes: 3 } }));
    own.emptied(draft.data);
    const empty = checked(draft);
    expect(empty.data).toMatchObject({ kind: "given", points: [], classes: 2, held_out: [] });
    expect(whyIdle(empty)).toContain("put points on the plane");
    expect(sourceOf(empty).header[Int.SAMPLES]).toBe(0);
    expect(decode(encode(empty))).toEqual(empty);
  });

  test("tell which share of them is held out", () => {
    expect(own.heldOutShare(given({ held_out: [0, 1, 2] }).data)).toBeCloseTo(1 / 3);
    expect(own.heldOutShare(given({ test_share: 0.2 }).data)).toBe(0.2);
  });
});

describe("standardised points", () => {
  const table = given({
    scaling: "standard",
    axes: ["sepal length, cm", "größe"],
    class_names: ["a", "b&c", "×"],
  });

  test("are standardised by the engine, which gets them as they are", () => {
    const { header, given: samples } = sourceOf(table);
    expect(header[Int.SCALING]).toBe(Scaling.standard);
    expect(header[Real.X1_SCALE]).toBe(0);
    expect(samples && "x" in samples ? Math.max(...samples.x) : 0).toBe(8);
  });

  test("are in the link with their axes and classes", () => {
    expect(decode(encode(table))).toEqual(table);
    expect(encode(table)).toContain("scaling=standard&axes=sepal~20length~2C~20cm,");
  });

  test("lose axes and scaling with another kind of data, and the weights stay", () => {
    const draft = revised(table, ({ data }) => (data.kind = "blobs"));
    const { axes, scaling, points, class_names } = draft.data;
    expect([axes, scaling, points, class_names]).toEqual([null, "none", null, null]);
    expect(keepsWeights(table, draft)).toBe(true);
  });
});

describe("axes are refused", () => {
  test.each([
    [
      { kind: "moons", axes: ["a", "b"] },
      "`data.axes` is only for `data.kind` given, which is moons.",
    ],
    [
      { kind: "given", inputs: [[0]], targets: [0], axes: ["a", "b"] },
      "`data.axes` is only for `data.points`, which are not given.",
    ],
    [
      { kind: "given", points: [[0, 0, 0]], axes: ["a", " "] },
      "`data.axes[1]` is ' ', but must have characters that can be seen.",
    ],
    [
      { kind: "given", points: [[0, 0, 0]], axes: ["a"] },
      "`data.axes` has 1 entry, but must be a list of 2 entries.",
    ],
  ])("%j", (data, sentence) => {
    expect(() => checked({ data })).toThrow(sentence);
  });
});
