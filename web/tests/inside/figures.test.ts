import { describe, expect, test } from "vitest";
import { figure } from "../../src/inside/figures";

describe("figures", () => {
  test.each<[number, string]>([
    [0, "0"],
    [-0, "0"],
    [1, "1"],
    [-12, "−12"],
    [0.47766, "0.4777"],
    [-0.5, "−0.5000"],
    [0.001, "0.001000"],
    [-3.7021e-5, "−3.702e−5"],
    [12345, "12345"],
    [12345.6, "1.235e4"],
    [9999.96, "1.000e4"],
    [123456, "1.235e5"],
    [99999.5, "1.000e5"],
    [NaN, "NaN"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
  ])("%d is written %s", (value, text) => {
    expect(figure(value)).toBe(text);
  });

  test("have as many digits as are wanted", () => {
    expect([figure(0.123456789, 6), figure(1e-4 / 3, 6)]).toEqual(["0.123457", "3.33333e−5"]);
  });
});
