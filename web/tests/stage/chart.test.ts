import { describe, expect, test } from "vitest";
import { chartFor, closestPoint } from "../../src/stage/chart";
import type { CurvePoint } from "../../src/state/curve";

const BOX = { left: 40, top: 20, right: 440, bottom: 100, rem: 16 };

function curve(...losses: (number | null)[]): CurvePoint[] {
  return losses.map((trainLoss, epoch) => ({
    epoch,
    updates: 15 * epoch,
    trainLoss,
    testLoss: null,
    trainAccuracy: null,
    testAccuracy: null,
  }));
}

describe.each([false, true])("the chart (logarithmic: %s)", (log) => {
  test("holds the whole curve", () => {
    const points = curve(0.7, 0.3, 0.0004, 0.01);
    const chart = chartFor(points, BOX, log);
    for (const { epoch, trainLoss } of points) {
      expect(chart.x(epoch)).toBeGreaterThanOrEqual(BOX.left);
      expect(chart.x(epoch)).toBeLessThanOrEqual(BOX.right);
      expect(chart.y(trainLoss ?? 0)).toBeGreaterThanOrEqual(BOX.top);
      expect(chart.y(trainLoss ?? 0)).toBeLessThanOrEqual(BOX.bottom);
    }
  });

  test("writes ticks inside of itself, even for losses of zero, none, or infinity", () => {
    for (const losses of [[], [0], [null], [1e-30], [NaN, Infinity, 1], [0.5, 1e12]]) {
      const { moments, losses: ticks } = chartFor(curve(...losses), BOX, log);
      for (const { at } of ticks) {
        expect(at).toBeGreaterThanOrEqual(BOX.top - 1e-6);
        expect(at).toBeLessThanOrEqual(BOX.bottom + 1e-6);
      }
      expect(moments.every(({ value }) => Number.isInteger(value))).toBe(true);
    }
  });
});

test("a lower loss lies lower, and equal ratios equally far apart on a logarithmic axis", () => {
  const { y } = chartFor(curve(1, 0.001), BOX, true);
  expect(y(0.01) - y(0.1)).toBeCloseTo(y(0.1) - y(1), 9);
  expect(y(0.01)).toBeGreaterThan(y(0.1));
});

test("the closest moment is read", () => {
  const points = curve(3, 2, 1);
  expect(closestPoint(points, 0.4)?.epoch).toBe(0);
  expect(closestPoint(points, 0.6)?.epoch).toBe(1);
  expect(closestPoint(points, 99)?.epoch).toBe(2);
  expect(closestPoint([], 1)).toBeUndefined();
});

test("for drawings the axis counts updates, since Train makes some outside of passes", () => {
  const moments = [0, 1, 11, 40];
  const points = curve(3, 2, 1, 0.5).map((point, k) => ({
    ...point,
    epoch: 0,
    updates: moments[k] ?? 0,
  }));
  const chart = chartFor(points, BOX, false, "updates");
  expect(chart.x(40)).toBe(BOX.right);
  expect(chart.moments.map(({ value }) => value)).toContain(20);
  expect(closestPoint(points, 12, "updates")?.updates).toBe(11);
});

test("the axis of the accuracy ends at all, and begins below the worst", () => {
  const points = curve(1, 1).map((point, k) => ({ ...point, trainAccuracy: [0.43, 0.97][k] ?? 0 }));
  const chart = chartFor(points, BOX, true, "epoch", "accuracy");
  expect(chart.y(1)).toBe(BOX.top);
  expect(chart.y(0.4)).toBeCloseTo(BOX.bottom);
  expect(chart.losses.map(({ value }) => value)).toContain(0.6);
});
