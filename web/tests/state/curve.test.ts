import { describe, expect, test } from "vitest";
import { extendCurve, type CurvePoint } from "../../src/state/curve";

function point(updates: number, trainLoss = 1): CurvePoint {
  const nothing = { testLoss: null, trainAccuracy: null, testAccuracy: null };
  return { updates, epoch: updates / 15, trainLoss, ...nothing };
}

function grown(moments: readonly number[], capacity: number): readonly CurvePoint[] {
  return moments.reduce<readonly CurvePoint[]>(
    (curve, updates) => extendCurve(curve, point(updates), capacity),
    [],
  );
}

describe("the curve", () => {
  test("keeps every moment while there is room", () => {
    expect(grown([0, 15, 30, 45], 10).map(({ updates }) => updates)).toEqual([0, 15, 30, 45]);
  });

  test("stays within its bound, with the first and the newest moment and no wide gap between", () => {
    const moments = Array.from({ length: 5000 }, (_, k) => 15 * k);
    const curve = grown(moments, 64);
    expect(curve).toHaveLength(64);
    expect(curve[0]?.updates).toBe(0);
    expect(curve.at(-1)?.updates).toBe(15 * 4999);
    const steps = curve.slice(1).map(({ updates }, k) => updates - (curve[k]?.updates ?? 0));
    expect(Math.max(...steps)).toBeLessThanOrEqual((2 * 15 * 4999) / 64);
  });

  test("takes the newer figures of a moment, and forgets what lies behind an earlier one", () => {
    const curve = grown([0, 15, 30, 45], 10);
    expect(extendCurve(curve, point(45, 7)).at(-1)?.trainLoss).toBe(7);
    expect(extendCurve(curve, point(20)).map(({ updates }) => updates)).toEqual([0, 15, 20]);
  });
});
