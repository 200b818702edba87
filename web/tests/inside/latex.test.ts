import { describe, expect, test } from "vitest";
import type { RecordName } from "../../src/engine/account";
import table from "../../src/inside/formulas.json";
import { formulaFor, type Tree } from "../../src/inside/formulas";
import { written } from "../../src/inside/figures";
import { latex } from "../../src/inside/latex";
import { inNumbers, inSymbols, lineOf } from "../../src/inside/lines";
import { symbol, symbols } from "../../src/inside/math";

const FORMULAS = Object.entries(table.formulas).flatMap(([record, variants]) =>
  Object.keys(variants).map((variant) => [record, variant] as const),
);
/** Commands that LaTeX has, of its own or in mathematics. */
const COMMANDS =
  /^(frac|sqrt|sum|partial|cdot|dots|delta|eta|mu|rho|beta|varepsilon|lambda|pi|Delta|hat|tilde|text|mathrm|begin|end|exp|log|tanh|sin|cos|max|infty)$/;

function depth(text: string): number {
  let open = 0;
  for (const letter of text) {
    open += letter === "{" ? 1 : letter === "}" ? -1 : 0;
    if (open < 0) return NaN;
  }
  return open;
}
function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

describe("every formula of the table", () => {
  test.each(FORMULAS)("%s, %s can be copied, in symbols and in numbers", (record, variant) => {
    const formula = formulaFor(record as RecordName, variant);
    const numbers = formula.names.map((_, k) => [0.5, -0.25, 3e-6, -4e7][k % 4] ?? 0);
    const terms = Array.from({ length: 6 }, (_, k) => formula.terms.map(() => k - 2.5)).flat();
    const line = lineOf(null, variant, formula, [...numbers, ...terms]);
    for (const equation of formula.equations) {
      for (const text of [latex(inSymbols(equation)), latex(inNumbers(equation, line))]) {
        expect(depth(text), text).toBe(0);
        expect(count(text, "("), text).toBe(count(text, ")"));
        expect(count(text, "\\begin{cases}"), text).toBe(count(text, "\\end{cases}"));
        // Nothing is left that LaTeX has no letter for.
        expect(text).toMatch(/^[\x20-\x7e]*$/);
        for (const [, command = ""] of text.matchAll(/\\([A-Za-z]+)/g)) {
          expect(command).toMatch(COMMANDS);
        }
      }
    }
  });
});

describe("LaTeX", () => {
  test.each<[string, string]>([
    ["m_hat", "\\hat{m}"],
    ["w_rule", "\\tilde{w}"],
    ["beta1", "\\beta _1"],
    ["p2", "\\beta _2^t"],
    ["w_new", "w'"],
    ["dL_da", "\\frac{\\partial L}{\\partial a}"],
    ["pull", "\\mathrm{pull}"],
  ])("of %s is %s", (name, text) => {
    expect(latex(symbol(name))).toBe(text);
  });

  test("of a weighted sum", () => {
    const equation = formulaFor("pre_activation", "alone").equations[0];
    if (!equation) throw new Error("no equation");
    expect(latex(inSymbols(equation)).replaceAll(/ +/g, " ")).toBe(
      "{z}_{j} = {b}_{j} + \\sum_{i} {w}_{j i} \\cdot {x}_{i}",
    );
  });

  test("of a slope that has cases", () => {
    const tree: Tree = [
      "cases",
      [">", ["name", "z", []], ["number", 0]],
      ["number", 1],
      ["number", 0],
    ];
    expect(latex(symbols(tree)).replaceAll(/ +/g, " ")).toBe(
      "\\begin{cases} 1 & \\text{if } z > 0 \\\\ 0 & \\text{else} \\end{cases}",
    );
  });

  test("of numbers", () => {
    expect(latex(written(-0.5, true))).toBe("( -0.5000 )");
    expect(latex(written(-3e-6)).replaceAll(/ +/g, " ")).toBe("-3.000 \\cdot {10}^{-6}");
    expect(latex(written(-Infinity))).toBe("-\\infty ");
  });
});
