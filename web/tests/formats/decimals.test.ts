import { describe, expect, test } from "vitest";
import { float32Text, floatText } from "../../src/formats/decimals";

describe("numbers as text", () => {
  test.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [-2, "-2.0"],
    [1e-8, "1e-08"],
    [-1.5e-7, "-1.5e-07"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [12345.678, "12345.678"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.5e300, "1.5e+300"],
    [5e-324, "5e-324"],
    [123456789012345680, "1.2345678901234568e+17"],
    [1 / 3, "0.3333333333333333"],
  ])("%d is %s, as Python writes it", (value, text) => {
    expect(floatText(value)).toBe(text);
  });

  test.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [1 / 3, "0.33333334"],
    [16777216, "16777216.0"],
    [3.4028234663852886e38, "3.4028235e+38"],
    [1.401298464324817e-45, "1e-45"],
  ])("a float32 has as few digits as tell it from all others", (value, text) => {
    expect(float32Text(Math.fround(value))).toBe(text);
  });

  test("every text is read as the same float32", () => {
    const bits = Uint32Array.from({ length: 20000 }, (_, k) => Math.imul(k + 1, 0x9e3779b1));
    for (const value of new Float32Array(bits.buffer)) {
      if (Number.isFinite(value)) expect(Math.fround(Number(float32Text(value)))).toBe(value);
    }
  });
});
