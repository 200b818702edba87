/** Formulas as they are written: nodes of presentation MathML, made of a formula in symbols or with its numbers. */

import { symbolOf, type Tree } from "./formulas";

export type MathNode =
  | { readonly tag: "mi" | "mn" | "mo" | "mtext"; readonly text: string }
  | { readonly tag: Branch; readonly children: readonly MathNode[] };

type Branch = "mrow" | "mfrac" | "msup" | "msub" | "msqrt" | "munder" | "mtable" | "mtr" | "mtd";

/** How a name is written where it stands: with its indices, and behind a sign or not. */
type Name = (name: string, indices: readonly string[], behindSign: boolean) => MathNode;
/** How a sum is written. */
type Sum = (index: string, body: Tree, behindSign: boolean) => MathNode;

export const identifier = (text: string): MathNode => ({ tag: "mi", text });
export const operator = (text: string): MathNode => ({ tag: "mo", text });
export const number = (text: string): MathNode => ({ tag: "mn", text });
export const branch = (tag: Branch, ...children: readonly MathNode[]): MathNode => ({
  tag,
  children,
});
export const row = (...children: readonly MathNode[]): MathNode => branch("mrow", ...children);
export const bracketed = (inner: MathNode): MathNode => row(operator("("), inner, operator(")"));

const TIMES = "·";
const MINUS = "−";

/** A formula in symbols. */
export function symbols(tree: Tree): MathNode {
  return write(tree, symbol, (index, body) =>
    row(branch("munder", operator("∑"), identifier(index)), factor(body, symbol, noSum, false)),
  );
}

/** The symbol of a name: a fraction for ∂L/∂w, with indices below. */
export function symbol(name: string, indices: readonly string[] = []): MathNode {
  const text = symbolOf(name);
  const [above, below] = text.split("/");
  const written =
    below !== undefined
      ? branch("mfrac", identifier(above ?? ""), identifier(below))
      : identifier(text);
  if (indices.length === 0) return written;
  return branch("msub", written, row(...indices.map(identifier)));
}

/** A formula's right side with other things in place of names and sums; `behindSign` where a sign stands before it. */
export function write(tree: Tree, name: Name, sum: Sum, behindSign = false): MathNode {
  const [kind, ...parts] = tree;
  const trees = parts as readonly Tree[];
  const inner = (part: Tree | undefined, behind = false): MathNode =>
    write(part ?? ["number", 0], name, sum, behind);
  const [first, second, third] = trees;
  switch (kind) {
    case "=":
      return row(inner(first), operator("="), inner(second));
    case ">":
      return row(inner(first), operator(">"), inner(second));
    case "+":
      return row(
        ...joined(
          "+",
          trees.map((part, place) => inner(part, behindSign || place > 0)),
        ),
      );
    case "-":
      return row(inner(first, behindSign), operator(MINUS), term(second, name, sum));
    case "*":
      return row(
        ...joined(
          TIMES,
          trees.map((part, place) => factor(part, name, sum, behindSign || place > 0)),
        ),
      );
    case "/":
      return branch("mfrac", inner(first), inner(second));
    case "^":
      return branch("msup", base(first, name, sum), inner(second));
    case "neg":
      return row(operator(MINUS), factor(first, name, sum, true));
    case "number":
      return number(String(parts[0]));
    case "name":
      return name(String(parts[0]), (parts[1] ?? []) as readonly string[], behindSign);
    case "sum":
      return sum(String(parts[0]), parts[1] as Tree, behindSign);
    case "call":
      return call(
        String(parts[0]),
        (parts.slice(1) as Tree[]).map((part) => inner(part)),
      );
    case "cases":
      return branch(
        "mrow",
        operator("{"),
        branch(
          "mtable",
          caseRow(inner(second), row(text("if "), inner(first))),
          caseRow(inner(third), text("else")),
        ),
      );
    default:
      throw new Error(`a formula has no ${kind}`);
  }
}

function call(name: string, parts: readonly MathNode[]): MathNode {
  const [first = row()] = parts;
  switch (name) {
    case "exp":
      return branch("msup", identifier("e"), first);
    case "sqrt":
      return branch("msqrt", first);
    case "abs":
      return row(operator("|"), first, operator("|"));
    default:
      return row(identifier(name), parts.length === 1 ? bracketedOnce(first) : list(parts));
  }
}

const list = (parts: readonly MathNode[]): MathNode => bracketed(row(...joined(",", parts)));

/** In brackets, unless it has some already. */
function bracketedOnce(node: MathNode): MathNode {
  const first = "children" in node ? node.children[0] : undefined;
  return first && "text" in first && first.text === "(" ? node : bracketed(node);
}

/** A part of a product, in brackets where they are needed. */
function factor(tree: Tree | undefined, name: Name, sum: Sum, behindSign: boolean): MathNode {
  const open = tree !== undefined && ["+", "-", "neg", "sum"].includes(tree[0]);
  const written = write(tree ?? ["number", 0], name, sum, behindSign && !open);
  return open ? bracketed(written) : written;
}

/** What is raised to a power: anything longer than a symbol or a number stands in brackets. */
function base(tree: Tree | undefined, name: Name, sum: Sum): MathNode {
  const written = factor(tree, name, sum, true);
  return "children" in written && written.tag === "mrow" ? bracketedOnce(written) : written;
}

/** What is taken off. */
function term(tree: Tree | undefined, name: Name, sum: Sum): MathNode {
  const open = tree !== undefined && ["+", "-"].includes(tree[0]);
  const written = write(tree ?? ["number", 0], name, sum, !open);
  return open || (tree?.[0] === "sum" && isSum(written)) ? bracketed(written) : written;
}

/** Whether a sum is written term by term. */
function isSum(node: MathNode): boolean {
  return "children" in node && node.children.some((part) => "text" in part && part.text === "+");
}

const noSum: Sum = () => {
  throw new Error("a sum within a sum");
};

export function joined(sign: string, parts: readonly MathNode[]): MathNode[] {
  return parts.flatMap((part, place) => (place === 0 ? [part] : [operator(sign), part]));
}

const text = (words: string): MathNode => ({ tag: "mtext", text: words });

function caseRow(value: MathNode, condition: MathNode): MathNode {
  return branch("mtr", branch("mtd", value), branch("mtd", condition));
}

/** A formula in pieces, between which a line may end: each begins with its sign. */
export function pieces(node: MathNode): MathNode[] {
  const found: MathNode[][] = [];
  const parts = flat(node);
  for (const [place, part] of parts.entries()) {
    const takesOff = isSign(part, MINUS) && isSign(parts[place + 1], "(");
    const breaks = takesOff || BREAKS.some((sign) => isSign(part, sign));
    if (breaks || found.length === 0) found.push([]);
    found.at(-1)?.push(part);
  }
  return found.map((each) => row(...each));
}

const BREAKS = ["=", "+"];

/** The parts of rows in rows; those in brackets stay together, unless they are a sum that is taken off. */
function flat(node: MathNode): readonly MathNode[] {
  if (!("children" in node) || node.tag !== "mrow") return [node];
  if (isSign(node.children[0], "(")) return [node];
  return node.children.flatMap((part, place) =>
    isSign(node.children[place - 1], MINUS) && isBracketedSum(part)
      ? part.children.flatMap(flat)
      : flat(part),
  );
}

function isBracketedSum(node: MathNode): node is Extract<MathNode, { children: unknown }> {
  if (!("children" in node) || !isSign(node.children[0], "(")) return false;
  const inner = node.children[1];
  return inner !== undefined && isSum(inner);
}

function isSign(node: MathNode | undefined, sign: string): boolean {
  return node !== undefined && "text" in node && node.tag === "mo" && node.text === sign;
}
