/** Which rows of given data are trained on and which are held out; the same choice as in Python's `split.py`. */

import type { Data } from "./experiment";
import { rowsOf } from "./given";

/**
 * Rows trained on and held out, both in their given order.
 *
 * Without `held_out`, test_share of the rows is held out (rounded half up, at least one row is trained on): those with
 * the smallest keys, key = mixed(mixed(seed) XOR row).
 */
export function splitRows(data: Data): { train: number[]; heldOut: number[] } {
  const rows = Array.from({ length: rowsOf(data) }, (_, row) => row);
  const chosen = new Set(data.held_out ?? drawn(rows, data));
  return {
    train: rows.filter((row) => !chosen.has(row)),
    heldOut: rows.filter((row) => chosen.has(row)),
  };
}

function drawn(rows: readonly number[], { seed, test_share }: Data): number[] {
  const count = Math.min(Math.floor(test_share * rows.length + 0.5), rows.length - 1);
  const start = mixed(seed);
  const keys = rows.map((row) => mixed(start ^ row));
  return rows.toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0)).slice(0, count);
}

/** Scramble 32 bits: the finaliser of MurmurHash3 (Appleby 2011). */
function mixed(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
