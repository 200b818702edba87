import { describe, expect, test } from "vitest";
import { accountOf, fullShare, type Why } from "../../../src/rooms/draw/shares";

function why(shares: readonly number[], empty: number): Why {
  const total = shares.reduce((sum, share) => sum + share, empty);
  return { output: 0, shares: Float32Array.from(shares), empty, total };
}

const hundredths = (value: number): number => Math.round(100 * value) + 0;

describe("the account of an answer", () => {
  test("names the empty square, the pixels for and the pixels against", () => {
    expect(accountOf(why([2, 1.4, -0.8, 0], -0.12))).toEqual({
      empty: -0.12,
      pro: 3.4,
      contra: -0.8,
      total: 2.48,
    });
  });

  test("adds up as it is shown, each number less than a hundredth off", () => {
    for (let trial = 0; trial < 2000; trial++) {
      const shares = Array.from({ length: 12 }, (_, k) => Math.sin(trial * 12.9 + k * 78.2) * 3);
      const given = why(shares, Math.cos(trial) * 2);
      const { empty, pro, contra, total } = accountOf(given);
      expect(hundredths(empty) + hundredths(pro) + hundredths(contra)).toBe(hundredths(total));
      expect(Math.abs(empty - given.empty)).toBeLessThan(0.0101);
      expect(Math.abs(total - given.total)).toBeLessThan(0.0101);
      const exact = given.shares.filter((share) => share > 0).reduce((sum, x) => sum + x, 0);
      expect(Math.abs(pro - exact)).toBeLessThan(0.0101);
    }
  });

  test("shows nothing for what is not there", () => {
    const { pro, contra } = accountOf(why([0.004, 0.004, 0.004], 0.006));
    expect(pro).toBeGreaterThanOrEqual(0);
    expect(Math.abs(contra)).toBe(0);
  });
});

describe("the colours of shares", () => {
  test("are full for the largest share, for or against", () => {
    expect(fullShare(why([0.5, -2, 0], 0), 3)).toBe(2);
  });

  test("stay pale while no pixel says much", () => {
    expect(fullShare(why([0.01, -0.02], 0), 10)).toBe(0.4);
    expect(fullShare(why([], 0), 0)).toBeGreaterThan(0);
  });
});
