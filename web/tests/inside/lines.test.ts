import { describe, expect, test } from "vitest";
import { formulaFor, type Formula } from "../../src/inside/formulas";
import {
  inNumbers,
  inSymbols,
  largestTerms,
  lineOf,
  resultOf,
  type Line,
} from "../../src/inside/lines";
import table from "../../src/inside/formulas.json";
import type { RecordName } from "../../src/engine/account";
import { everything, misread, texts, walk, worth } from "./support";

/** How far the numbers written, in four figures, may lead from the result. */
const ROUNDING = 5e-3;

const FORMULAS = Object.entries(table.formulas).flatMap(([record, variants]) =>
  Object.keys(variants).map((variant) => `${record} ${variant}`),
);

function last({ formula }: Line) {
  const equation = formula.equations.at(-1);
  if (!equation) throw new Error("a formula without equations");
  return equation;
}

/** A weighted sum of numbers that can be worked out in one's head. */
function sum(b: number, ...products: readonly (readonly [w: number, x: number])[]): Line {
  const terms = products.flatMap(([w, x], i) => [i, w, x, w * x]);
  const z = products.reduce((total, [w, x]) => total + w * x, b);
  const formula = formulaFor("pre_activation", "alone");
  return lineOf(null, "alone", formula, [z, b, ...terms]);
}

function written(line: Line): string {
  return texts(inNumbers(last(line), line)).join(" ");
}

describe("the lines of an update", () => {
  test("say in numbers what their results are, and between them use every formula", async () => {
    const met = new Set<string>();
    for (const [name, from, sample] of everything()) {
      const { lines } = await walk(from, sample);
      for (const line of lines) {
        const { kind } = line.ref ?? { kind: "result" };
        met.add(`${kind} ${line.variant}`);
        const folds = line.terms.length > 2;
        for (const equation of line.formula.equations) {
          const result = resultOf(equation, line);
          expect(result, `${name}: ${kind} ${line.variant}`).not.toBeNaN();
          const numbers = inNumbers(equation, line);
          if (folds) continue;
          const where = `${name}: ${kind} ${line.variant}: ${texts(numbers).join(" ")}`;
          expect(misread(numbers), where).toEqual([]);
          const far = Math.abs(worth(numbers) - result);
          expect(far, where).toBeLessThan(ROUNDING * Math.max(1, Math.abs(result)));
        }
      }
    }
    const without = FORMULAS.filter((name) => !/^result|off$|^activation softmax/.test(name));
    expect(without.filter((name) => !met.has(name))).toEqual([]);
  });

  test("of a softmax, whose sum has three terms, are whole too", async () => {
    const [, from] = everything().find(([name]) => name === "points 2, 1") ?? [];
    if (!from) throw new Error("no such run");
    const { lines } = await walk(from, 0);
    const softmax = lines.filter(({ variant }) => variant.startsWith("softmax"));
    expect(softmax).toHaveLength(4);
    for (const line of softmax) {
      const equation = last(line);
      const whole = line.variant === "softmax" ? 2 : 4;
      if (line.terms.length > whole) continue;
      expect(worth(inNumbers(equation, line))).toBeCloseTo(resultOf(equation, line), 2);
    }
  });
});

describe("every formula of the table", () => {
  test.each(FORMULAS)("%s is written in symbols and in numbers", (name) => {
    const [record = "", variant = ""] = name.split(" ");
    const formula: Formula = formulaFor(record as RecordName, variant);
    const numbers = Array.from({ length: formula.names.length }, (_, k) => (k % 2 ? -0.25 : 0.5));
    const terms = formula.terms.map((_, k) => (k === 0 ? 0 : -0.125 * k));
    const line = lineOf(null, variant, formula, [...numbers, ...terms]);
    for (const equation of formula.equations) {
      expect(texts(inSymbols(equation))).toContain("=");
      const numbers = inNumbers(equation, line);
      expect(texts(numbers).join(" ")).not.toMatch(/NaN|undefined/);
      expect(misread(numbers)).toEqual([]);
    }
  });

  test.each(FORMULAS)("%s has its line of the engine, or is computed by doing nothing", (name) => {
    const [record = "", variant = ""] = name.split(" ");
    for (const { places } of formulaFor(record as RecordName, variant).equations) {
      for (const [listing, number] of Object.entries(places)) {
        const found = table.listings[listing as keyof typeof table.listings];
        if (number === null) expect(name).toBe("slope linear");
        else expect(found.lines[number - found.first]?.trim()).toBeTruthy();
      }
    }
  });
});

describe("a long sum", () => {
  const line = sum(0.5, [1, 0.1], [2, 3], [-5, 1], [0.25, 1], [1, 4], [-0.5, 0.5]);

  test("has its largest terms first, and says that there are more", () => {
    expect(largestTerms(line, 3).map(({ i }) => i)).toEqual([1, 2, 4]);
    expect(written(line)).toBe("0.5000 + 2 · 3 + ( −5 ) · 1 + 1 · 4 + 0.2500 · 1 + …");
  });

  test("is whole where it is short", () => {
    expect(written(sum(-0.5, [-1, -2]))).toBe("−0.5000 + ( −1 ) · ( −2 )");
    expect(worth(inNumbers(last(sum(1, [2, 3])), sum(1, [2, 3])))).toBe(7);
  });

  test("that has no terms is its beginning alone", () => {
    expect(written(sum(0.25))).toBe("0.2500 + 0");
  });

  test("over a line has fewer terms", () => {
    const shares = [4, 3, 2, 1].flatMap((delta, s) => [s, delta, 1, delta]);
    const formula = formulaFor("gradient", "weight_batch");
    const mean = lineOf(null, "weight_batch", formula, [2.5, 4, 0, 0, ...shares]);
    expect(written(mean)).toBe("4 · 1 + 3 · 1 + … 4");
  });

  test("that is taken off stands in brackets", () => {
    const formula = formulaFor("loss", "softmax_cross_entropy");
    const loss = lineOf(null, "", formula, [0.127, 2, 0, 2, 1, 1, 0, 0]);
    expect(written(loss)).toBe("log ( e 2 − 2 + e 0 − 2 ) − ( 1 · ( 2 − 2 ) + 0 · ( 0 − 2 ) )");
  });
});
