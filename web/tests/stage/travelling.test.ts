import { describe, expect, test } from "vitest";
import type { Mark } from "../../src/engine/moment";
import { alongCurve, travelledBy } from "../../src/stage/travelling";
import type { CurvePoint } from "../../src/state/curve";

const teach: Mark = { event: 1, kind: "teach", at: 10, after: 20 };

describe("the keys of the timeline", () => {
  test.each([
    ["ArrowLeft", 490],
    ["ArrowDown", 490],
    ["ArrowRight", 510],
    ["PageUp", 600],
    ["PageDown", 400],
    ["Home", 0],
    ["End", 1000],
  ])("%s travels by a share of the way", (key, updates) => {
    expect(travelledBy(key, 500, { marks: [], start: 0, tip: 1000 })).toBe(updates);
  });

  test("pass no end, go by one update on a short way, and other keys do nothing", () => {
    const way = { marks: [], start: 5, tip: 40 };
    expect(travelledBy("ArrowRight", 40, way)).toBe(40);
    expect(travelledBy("PageDown", 9, way)).toBe(5);
    expect(travelledBy("ArrowLeft", 9, way)).toBe(8);
    expect(travelledBy("Tab", 9, way)).toBeNull();
  });

  test("pass over updates that an event made itself", () => {
    const way = { marks: [teach], start: 0, tip: 40 };
    expect(travelledBy("ArrowRight", 10, way)).toBe(20);
    expect(travelledBy("ArrowLeft", 20, way)).toBe(10);
    expect(travelledBy("ArrowLeft", 10, way)).toBe(9);
  });
});

test("a curve leads from one clock to the other, also where batches changed", () => {
  const nothing = { trainLoss: 1, testLoss: null, trainAccuracy: null, testAccuracy: null };
  const curve: CurvePoint[] = [
    { epoch: 0, updates: 0, ...nothing },
    { epoch: 10, updates: 100, ...nothing },
    { epoch: 20, updates: 120, ...nothing },
  ];
  expect(alongCurve(curve, 5, "epoch", "updates")).toBe(50);
  expect(alongCurve(curve, 110, "updates", "epoch")).toBe(15);
  expect(alongCurve(curve, 500, "updates", "epoch")).toBe(20);
  expect(alongCurve(curve, -1, "epoch", "updates")).toBe(0);
  expect(alongCurve([], 3, "epoch", "updates")).toBe(0);
});
