import { describe, expect, test } from "vitest";
import { checked } from "../../src/experiment/check";
import {
  FEWEST_CLASSES,
  GRIDS,
  LONGEST_DRAWING,
  LONGEST_NAME,
  MOST_CLASSES,
  addDrawing,
  completed,
  drawingsOf,
  drawnOf,
  holdOut,
  removeDrawing,
  setClasses,
  whyIdle,
  type Drawn,
} from "../../src/experiment/drawn";
import { DEFAULT_EXPERIMENT, DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";

function draft(): Drawn {
  const data = {
    ...DRAWINGS_EXPERIMENT.data,
    drawings: ["AAA", "BBB", "CCC"],
    targets: [0, 1, 0],
    held_out: [2],
  };
  return drawnOf(structuredClone(checked({ ...DRAWINGS_EXPERIMENT, data })));
}

test("the limits are those of the schema", () => {
  expect(GRIDS).toEqual([6, 8, 10, 12, 16, 20, 28]);
  expect([FEWEST_CLASSES, MOST_CLASSES, LONGEST_NAME, LONGEST_DRAWING]).toEqual([
    2, 10, 16, 16_384,
  ]);
});

describe("a draft", () => {
  test("gets another drawing at its end", () => {
    const data = draft();
    addDrawing(data, "DDD", 1);
    expect(drawingsOf(data).at(-1)).toEqual({ text: "DDD", label: 1, heldOut: false });
  });

  test("keeps what is held out when a row before it goes", () => {
    const data = draft();
    removeDrawing(data, 0);
    expect([data.drawings, data.targets, data.held_out]).toEqual([["BBB", "CCC"], [1, 0], [1]]);
  });

  test("holds a row out once, and takes it back", () => {
    const data = draft();
    holdOut(data, 0, true);
    holdOut(data, 0, true);
    expect(data.held_out).toEqual([0, 2]);
    holdOut(data, 2, false);
    expect(data.held_out).toEqual([0]);
  });

  test("of other classes keeps the drawings of those with the same name", () => {
    const data = draft();
    expect(setClasses(data, ["Y", "Z", "X"])).toBe(1);
    expect(drawingsOf(data)).toEqual([
      { text: "AAA", label: 2, heldOut: false },
      { text: "CCC", label: 2, heldOut: true },
    ]);
    expect(data.classes).toBe(3);
  });
});

test("an experiment is completed by the choice of rows that Python makes too, and by numbers for names", () => {
  const data = { kind: "given", drawings: ["AAA", "BBB"], targets: [0, 2], classes: 3 };
  const whole = completed(checked({ data: { ...data, test_share: 0.5 } }));
  expect(whole.data.class_names).toEqual(["0", "1", "2"]);
  expect(whole.data.held_out).toHaveLength(1);
});

test("there is nothing to train on while there are no drawings, or all are held out", () => {
  expect(whyIdle(DEFAULT_EXPERIMENT)).toBe("");
  expect(whyIdle(DRAWINGS_EXPERIMENT)).toContain("There is nothing to train on yet");
  const data = draft();
  expect(whyIdle({ ...DRAWINGS_EXPERIMENT, data })).toBe("");
  data.held_out = [0, 1, 2];
  expect(whyIdle({ ...DRAWINGS_EXPERIMENT, data })).toContain("Every drawing is held out");
});
