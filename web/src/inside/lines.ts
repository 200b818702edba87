/** The lines of an account: a number with its formula, the numbers in it, and the Python that computed it. */

import type { Account, RecordRef } from "../engine/account";
import { Int } from "../engine/bindings";
import type { Frame } from "../engine/frame";
import { written } from "./figures";
import { formulaFor, type Equation, type Formula, type Tree } from "./formulas";
import { joined, operator, row, symbol, symbols, write, type MathNode } from "./math";

/** What a record says: the formula of its kind, and the numbers that the engine gave. */
export interface Line {
  readonly ref: RecordRef | null;
  readonly variant: string;
  readonly formula: Formula;
  readonly values: Readonly<Record<string, number>>;
  /** The terms of its sum, in the order in which they are added. */
  readonly terms: readonly Readonly<Record<string, number>>[];
}

/** Written out, a sum has as many terms at most; the others are in its table. */
const MOST_TERMS = 4;
const MOST_OVER_LINE = 2;

/** The lines of what an account was asked for; records that there are none of are left out. */
export function linesOf(account: Account, frame: Frame): Line[] {
  return account.request.records.flatMap((ref, place) => {
    const record = account.records[place] ?? new Float32Array();
    if (record.length === 0) return [];
    const variant = variantOf(ref, account, frame);
    return [lineOf(ref, variant, formulaFor(ref.kind, variant), record)];
  });
}

export function lineOf(
  ref: RecordRef | null,
  variant: string,
  formula: Formula,
  record: ArrayLike<number>,
): Line {
  const { names, terms } = formula;
  const values = Object.fromEntries(names.map((name, place) => [name, record[place] ?? NaN]));
  const rows: Record<string, number>[] = [];
  if (terms.length > 0) {
    for (let start = names.length; start < record.length; start += terms.length) {
      rows.push(
        Object.fromEntries(terms.map((name, place) => [name, record[start + place] ?? NaN])),
      );
    }
  }
  return { ref, variant, formula, values, terms: rows };
}

/** Which of the formulas of a record is that of this place, see `src/pellucid/formulas/table.py`. */
export function variantOf(
  { kind, layer, unit, source }: RecordRef,
  account: Account,
  frame: Frame,
): string {
  const batch = account.batch.length > 1;
  const bits = layer === 0 && frame.header[Int.BITS] === 1;
  const last = layer === frame.layers - 1;
  switch (kind) {
    case "pre_activation":
      return bits ? "bits" : batch ? "batch" : "alone";
    case "incoming":
      return batch ? "batch" : "alone";
    case "activation":
    case "slope":
      return frame.activations[layer] ?? "";
    case "loss":
      return frame.lossName;
    case "delta":
      if (!last) return "hidden";
      return frame.lossName === "squared_error" ? "squared_error" : "cross_entropy";
    case "gradient": {
      if (source < 0) return batch ? "bias_batch" : "bias";
      const l2 = frame.regularizer === "l2";
      if (bits && !batch && !l2) return "weight_bits";
      return `weight${batch ? "_batch" : ""}${l2 ? "_l2" : ""}`;
    }
    case "step":
      if (source >= 0 && frame.isOff(layer, unit, source)) return "off";
      return frame.optimizer + (source >= 0 && frame.regularizer === "l1" ? "_l1" : "");
    case "last_step":
      return frame.optimizer;
  }
}

/** An equation in symbols. */
export function inSymbols({ tree }: Equation): MathNode {
  return symbols(tree);
}

/** What an equation computes. */
export function resultOf({ tree }: Equation, line: Line): number {
  const [, left] = tree as unknown as [string, Tree];
  return valueOf(String(left[1]), line);
}

/** The right side of an equation with the numbers in it; long sums have their largest terms only. */
export function inNumbers({ tree }: Equation, line: Line): MathNode {
  const [, , right] = tree as unknown as [string, Tree, Tree];
  return fill(right, line);
}

function fill(tree: Tree, line: Line): MathNode {
  const name = (asked: string, _: readonly string[], behindSign: boolean): MathNode =>
    known(asked, line) ? written(valueOf(asked, line), behindSign) : symbol(asked);
  // What stands over a line cannot be broken into several.
  const most = tree[0] === "/" ? MOST_OVER_LINE : MOST_TERMS;
  return write(tree, name, (_, body, behindSign) => {
    const shown = largestTerms(line, most);
    const parts = shown.map((term, place) =>
      write(
        body,
        (asked, __, behind) => written(term[asked] ?? valueOf(asked, line), behind),
        () => row(),
        behindSign || place > 0,
      ),
    );
    if (parts.length === 0) return written(0);
    if (shown.length < line.terms.length) parts.push(operator("…"));
    return row(...joined("+", parts));
  });
}

/** The terms of a line, the largest first. */
export function largestTerms(line: Line, most: number): Line["terms"] {
  const size = sizeName(line);
  return line.terms
    .toSorted((a, b) => Math.abs(b[size] ?? 0) - Math.abs(a[size] ?? 0))
    .slice(0, most);
}

/** The number of a term that says how large it is: the last one. */
export function sizeName({ formula }: Line): string {
  return formula.terms.at(-1) ?? "";
}

function known(name: string, line: Line): boolean {
  return name in line.values || (line.terms.length > 0 && name in (line.terms[0] ?? {}));
}

function valueOf(name: string, line: Line): number {
  return line.values[name] ?? line.terms[0]?.[name] ?? NaN;
}
