/** The terms of a sum in a table: which numbers of each are shown, and the accounts that they lead to. */

import type { Subject } from "../state/subject";
import type { Scene } from "./context";
import type { Line } from "./lines";

export type Term = Line["terms"][number];

interface Columns {
  /** What the first column has: where a term comes from or leads to, or which sample it is. */
  readonly first: "from" | "to" | "output" | "sample";
  /** Name and heading of the others. */
  readonly others: readonly (readonly [string, string])[];
}

const COLUMNS: Readonly<Record<string, Columns>> = {
  pre_activation: {
    first: "from",
    others: [
      ["w", "w"],
      ["x", "input"],
      ["w_x", "w · input"],
    ],
  },
  incoming: {
    first: "to",
    others: [
      ["w", "w"],
      ["delta", "δ"],
      ["w_delta", "w · δ"],
    ],
  },
  gradient: {
    first: "sample",
    others: [
      ["delta", "δ"],
      ["x", "input"],
      ["delta_x", "δ · input"],
    ],
  },
  activation: {
    first: "output",
    others: [
      ["z_k", "z"],
      ["e_k", "e to the z − m"],
    ],
  },
  loss: {
    first: "output",
    others: [
      ["z_k", "z"],
      ["a_k", "a"],
      ["t_k", "target"],
      ["square", "(a − t)²"],
    ],
  },
  result: { first: "sample", others: [["L_s", "loss"]] },
};

/** The columns of a line's terms. */
export function columnsOf({ ref, formula }: Line): Columns {
  const columns = COLUMNS[ref?.kind ?? "result"];
  if (!columns) throw new Error(`no terms of ${ref?.kind ?? "result"} are known`);
  return { ...columns, others: columns.others.filter(([name]) => formula.terms.includes(name)) };
}

/** Which unit, output or sample a term is of. */
export function placeOf({ formula }: Line, term: Term): number {
  return term[formula.terms[0] ?? ""] ?? 0;
}

/** The layer that a term's unit is an output of; −1 for the inputs. */
export function layerOf({ ref }: Line, { first }: Columns, { frame }: Scene): number {
  const layer = ref?.layer ?? 0;
  return first === "from" ? layer - 1 : first === "to" ? layer + 1 : frame.layers - 1;
}

/** The account of a number of a term; null where it has none of its own. */
export function accountOf(
  line: Line,
  name: string,
  term: Term,
  { account, frame }: Scene,
): Subject | null {
  const { ref } = line;
  if (!ref) return null;
  const place = placeOf(line, term);
  switch (`${ref.kind} ${name}`) {
    case "pre_activation w":
      return { kind: "parameter", layer: ref.layer, unit: ref.unit, source: place };
    case "pre_activation x":
      return unitBelow(ref.layer, place);
    case "incoming w":
      return { kind: "parameter", layer: ref.layer + 1, unit: place, source: ref.unit };
    case "incoming delta":
      return { kind: "delta", layer: ref.layer + 1, unit: place };
    case "activation z_k":
    case "loss z_k":
    case "loss a_k":
      return { kind: "unit", layer: frame.layers - 1, unit: place };
    case "gradient delta":
      return place === account.sample ? { kind: "delta", layer: ref.layer, unit: ref.unit } : null;
    case "gradient x":
      return place === account.sample && ref.source >= 0 ? unitBelow(ref.layer, ref.source) : null;
    default:
      return null;
  }
}

function unitBelow(layer: number, unit: number): Subject {
  return layer === 0 ? { kind: "input" } : { kind: "unit", layer: layer - 1, unit };
}
