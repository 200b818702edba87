import { expect, test } from "vitest";
import { Spray, type Spot } from "../../../../src/rooms/shapes/own/spray";

test("a brush leaves a point after each bit of the way, however it is cut", () => {
  const whole = new Spray([0, 0], 0, 1, () => 0).to([10, 0]);
  expect(whole.map(([x]) => x)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const brush = new Spray([0, 0], 0, 1, () => 0);
  const steps: Spot[] = [
    [0.4, 0],
    [0.9, 0],
    [2.5, 0],
    [2.5, 0],
    [10, 0],
  ];
  expect(steps.flatMap((step) => brush.to(step)).map(([x]) => Number(x.toFixed(9)))).toEqual(
    whole.map(([x]) => x),
  );
});

test("points lie below the brush", () => {
  const brush = new Spray([0, 0], 0.5, 0.01);
  const spots = brush.to([0, 3]);
  expect(spots).toHaveLength(300);
  expect(Math.max(...spots.map(([x]) => Math.abs(x)))).toBeLessThanOrEqual(0.5);
  expect(Math.max(...spots.map(([x]) => Math.abs(x)))).toBeGreaterThan(0.3);
});
