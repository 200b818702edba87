import { describe, expect, test } from "vitest";
import { linearScale, logScale, logScaleFromZero, type Scale } from "../../src/ui/scale";

const SCALES: Readonly<Record<string, Scale>> = {
  linear: linearScale(0, 1, 0.01),
  log: logScale(1e-4, 10, 1),
  "log of whole numbers": logScale(10, 5000, 2, true),
  "log from zero": logScaleFromZero(1e-4, 10, 1),
};

describe.each(Object.entries(SCALES))("a %s scale", (_, scale) => {
  test("goes from its minimum to its maximum", () => {
    expect(scale.toValue(0)).toBe(scale.minimum);
    expect(scale.toValue(1)).toBe(scale.maximum);
    expect(scale.toPosition(scale.minimum)).toBe(0);
    expect(scale.toPosition(scale.maximum)).toBeCloseTo(1, 12);
  });

  test("gives back every value that it offers", () => {
    for (let position = 0; position <= 1; position += 0.01) {
      const value = scale.toValue(position);
      expect(scale.toValue(scale.toPosition(value))).toBe(value);
    }
  });

  test("never falls", () => {
    const values = Array.from({ length: 101 }, (_, step) => scale.toValue(step / 100));
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });
});

test("values beyond the scale lie at its ends", () => {
  expect(logScale(1e-4, 10, 1).toPosition(100)).toBe(1);
  expect(logScale(1e-4, 10, 1).toPosition(0)).toBe(0);
});

test("steps are free of the noise of binary fractions", () => {
  expect(linearScale(0, 1, 0.01).toValue(0.29)).toBe(0.29);
});
