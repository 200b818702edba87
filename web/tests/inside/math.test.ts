import { describe, expect, test } from "vitest";
import type { Tree } from "../../src/inside/formulas";
import {
  branch,
  identifier,
  number,
  operator,
  pieces,
  row,
  symbol,
  symbols,
  write,
} from "../../src/inside/math";
import { written } from "../../src/inside/figures";
import { texts, worth } from "./support";

const name = (letter: string): Tree => ["name", letter, []];
const NUMBERS: Readonly<Record<string, number>> = { a: -2, b: 3, c: -0.5, t: 2e-6 };
const [A, B, C, T] = ["a", "b", "c", "t"].map(name) as [Tree, Tree, Tree, Tree];

function filled(tree: Tree) {
  return write(
    tree,
    (asked, _, behindSign) => written(NUMBERS[asked] ?? NaN, behindSign),
    () => row(),
  );
}
function shown(tree: Tree): string {
  return texts(filled(tree)).join(" ");
}

describe("numbers below 0", () => {
  test.each<[Tree, string]>([
    [A, "−2"],
    [["+", A, B], "−2 + 3"],
    [["+", B, A], "3 + ( −2 )"],
    [["-", ["number", 1], A], "1 − ( −2 )"],
    [["-", ["number", 1], ["^", A, ["number", 2]]], "1 − ( −2 ) 2"],
    [["^", A, ["number", 2]], "( −2 ) 2"],
    [["neg", A], "− ( −2 )"],
    [["*", A, C], "−2 · ( −0.5000 )"],
    [["+", B, ["*", A, C]], "3 + ( −2 ) · ( −0.5000 )"],
    [["*", B, ["+", A, C]], "3 · ( −2 + ( −0.5000 ) )"],
    [["-", B, ["+", A, C]], "3 − ( −2 + ( −0.5000 ) )"],
    [["/", A, C], "−2 −0.5000"],
    [["+", B, ["/", A, C]], "3 + −2 −0.5000"],
    [["call", "exp", A], "e −2"],
    [["call", "tanh", A], "tanh ( −2 )"],
    [["call", "tanh", ["+", A, B]], "tanh ( −2 + 3 )"],
    [["call", "max", ["number", 0], A], "max ( 0 , −2 )"],
    [["call", "abs", A], "| −2 |"],
    [["call", "sqrt", B], "3"],
  ])("stand in brackets behind a sign or below a power, and only there: %j", (tree, text) => {
    expect(shown(tree)).toBe(text);
  });

  test.each<[Tree, number]>([
    [["-", ["number", 1], ["^", C, ["number", 2]]], 0.75],
    [["*", ["-", A, B], C], 2.5],
    [["-", B, ["-", A, C]], 4.5],
    [["*", ["neg", A], ["^", ["+", A, B], ["number", 2]]], 2],
    [["/", ["+", A, B], ["*", C, B]], -2 / 3],
    [["cases", [">", A, ["number", 0]], A, B], 3],
  ])("say what is meant: %j", (tree, value) => {
    expect(worth(filled(tree))).toBeCloseTo(value, 12);
  });
});

test("a number with a power of ten stands in brackets below another power", () => {
  const square: Tree = ["^", T, ["number", 2]];
  expect(shown(square)).toBe("( 2.000 · 10 −6 ) 2");
  expect(worth(filled(square))).toBeCloseTo(4e-12, 18);
  expect(shown(["*", T, B])).toBe("2.000 · 10 −6 · 3");
});

describe("symbols", () => {
  test("have their indices below, and derivatives are fractions", () => {
    expect(symbol("w", ["j", "i"])).toEqual(
      branch("msub", identifier("w"), row(identifier("j"), identifier("i"))),
    );
    expect(symbol("dL_dw")).toEqual(branch("mfrac", identifier("∂L"), identifier("∂w")));
    expect(symbol("z")).toEqual(identifier("z"));
  });

  test("of a sum say over what it runs", () => {
    const product: Tree = ["*", ["name", "w", ["j", "i"]], ["name", "x", ["i"]]];
    const tree: Tree = ["=", name("z"), ["+", name("b"), ["sum", "i", product]]];
    expect(texts(symbols(tree)).join(" ")).toBe("z = b + ∑ i w j i · x i");
    const inside: Tree = ["sum", "k", ["+", A, B]];
    expect(texts(symbols(inside)).join(" ")).toBe("∑ k ( a + b )");
  });

  test("stand in cases", () => {
    const tree: Tree = ["cases", [">", name("z"), ["number", 0]], ["number", 1], ["number", 0]];
    expect(texts(symbols(tree))).toEqual(["{", "1", "if ", "z", ">", "0", "0", "else"]);
  });
});

describe("pieces", () => {
  test("begin at a sign, and keep together what is in brackets or over a line", () => {
    const tree: Tree = ["=", name("z"), ["+", A, ["*", B, ["+", A, C]], ["/", ["+", A, B], C]]];
    const parts = pieces(symbols(tree)).map((part) => texts(part).join(" "));
    expect(parts).toEqual(["z", "= a", "+ b · ( a + c )", "+ a + b c"]);
  });

  test("of a sum that is taken off begin with its terms", () => {
    const tree: Tree = ["-", ["call", "log", A], ["sum", "k", B]];
    const node = write(
      tree,
      (letter) => identifier(letter),
      () => row(identifier("c"), operator("+"), identifier("d")),
    );
    const parts = pieces(row(operator("="), node)).map((part) => texts(part).join(" "));
    expect(parts).toEqual(["= log ( a )", "− ( c", "+ d )"]);
  });

  test("lose nothing", () => {
    const node = row(operator("="), number("1"), row(operator("+"), row(number("2"))));
    expect(pieces(node).flatMap(texts)).toEqual(texts(node));
  });
});
