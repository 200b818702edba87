import { expect, test } from "vitest";
import { cellAt, movedBy } from "../../src/inside/landscape/cursor";

const COARSE = 11;
const FINE = 41;

test("a place that is read stays where it is when the picture becomes finer", () => {
  expect(cellAt([0, 1], COARSE)).toEqual([0, 10]);
  expect(cellAt([0, 1], FINE)).toEqual([0, 40]);
  expect(cellAt([0.3, 0.62], COARSE)).toEqual([3, 6]);
  expect(cellAt([0.3, 0.62], FINE)).toEqual([12, 25]);
});

test("keys go from cell to cell, from the middle at first, and not beyond the edge", () => {
  const right = movedBy(null, [1, 0], FINE);
  expect(cellAt(right, FINE)).toEqual([21, 20]);
  expect(cellAt(movedBy(right, [0, -5], FINE), FINE)).toEqual([21, 15]);
  expect(movedBy(right, [5, 100], COARSE)).toEqual([1, 1]);
});

test("a pointer a little beside the picture reads its edge", () => {
  expect(cellAt([-0.01, 1.002], FINE)).toEqual([0, 40]);
});
