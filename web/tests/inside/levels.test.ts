import { expect, test } from "vitest";
import { levelsOf, rangeOf } from "../../src/inside/landscape/levels";

const between = (least: number, largest: number) => levelsOf({ least, largest, beyond: 0 });

test("losses that differ little have evenly spaced levels", () => {
  expect(between(0.3, 1.1)).toEqual([0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
});

test("losses that differ much have levels of round ratios, and fewer where they differ most", () => {
  expect(between(0.06, 2.9)).toEqual([0.1, 0.2, 0.5, 1, 2]);
  expect(between(0.002, 3)).toEqual([0.003, 0.01, 0.03, 0.1, 0.3, 1]);
  expect(between(0.0002, 30)).toEqual([0.001, 0.01, 0.1, 1, 10]);
  expect(between(0, 10)).toEqual([1e-5, 0.0001, 0.001, 0.01, 0.1, 1]);
});

test("a flat picture has none", () => {
  expect(between(0.5, 0.5)).toEqual([]);
});

test("places without a finite loss are counted, and left out of the range", () => {
  const losses = Float32Array.of(3, Infinity, 1, NaN, 2);
  expect(rangeOf(losses)).toEqual({ least: 1, largest: 3, beyond: 2 });
  expect(levelsOf(rangeOf(Float32Array.of(NaN, NaN)))).toEqual([]);
});
