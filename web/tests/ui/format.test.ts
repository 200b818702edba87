import { describe, expect, test } from "vitest";
import { count, fixed, magnitude, parseNumber, percent, short, signed } from "../../src/ui/format";

describe("numbers as they are shown", () => {
  test("have a true minus sign, and none before zero", () => {
    expect(fixed(-1.234, 2)).toBe("−1.23");
    expect(fixed(-0.001, 2)).toBe("0.00");
    expect(signed(0.5, 2)).toBe("+0.50");
    expect(signed(0.001, 2)).toBe("0.00");
  });

  test("are as short as they are exact", () => {
    expect(short(0.1)).toBe("0.1");
    expect(short(1e-8)).toBe("1e−8");
    expect(short(Math.fround(0.03))).toBe("0.03");
  });

  test("say 100 % only of all", () => {
    expect(percent(1)).toBe("100 %");
    expect(percent(0.99999)).toBe("99.9 %");
    expect(percent(0)).toBe("0.0 %");
  });

  test("come in groups of three digits, or in at most four figures", () => {
    expect(count(1234567)).toBe("1\u202f234\u202f567");
    expect(count(950)).toBe("950");
    expect(magnitude(950)).toBe("950");
    expect(magnitude(12345)).toBe("12.3 k");
    expect(magnitude(4560000)).toBe("4.56 M");
  });
});

describe("numbers as they are typed", () => {
  test.each([
    ["0,3", 0.3],
    [" 0.3 ", 0.3],
    ["−2", -2],
    ["50 %", 50],
    ["1e-3", 0.001],
  ])("%s", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test.each(["", "a few", "1 2", "%"])("%j is none", (text) => {
    expect(parseNumber(text)).toBeNaN();
  });
});
