import { expect, test } from "vitest";
import { draggedBy } from "../../src/ui/drag";

test("upwards is more, a hundredth a pixel, and a thousandth with Shift", () => {
  expect(draggedBy(0.5, 10, 0.5, false)).toBe(0.6);
  expect(draggedBy(0.5, -10, 0.5, false)).toBe(0.4);
  expect(draggedBy(0.5, 10, 0.5, true)).toBe(0.51);
});

test("large numbers move in proportion to where they were", () => {
  expect(draggedBy(-20, 10, -20, false)).toBe(-18);
  expect(draggedBy(0, 10, -20, false)).toBe(2);
});
