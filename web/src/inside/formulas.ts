/** The table of formulas, as the build writes it from `src/pellucid/formulas`, with types. */

import type { RecordName } from "../engine/account";
import table from "./formulas.json";

/** A node of a formula: its kind, then its parts, see `src/pellucid/formulas/tree.py`. */
export type Tree = readonly [string, ...(string | number | readonly string[] | Tree)[]];

export interface Equation {
  /** "=", with what is computed at its left. */
  readonly tree: Tree;
  /** Functions of the engine that compute it, each with the number of the line that does. */
  readonly places: Readonly<Record<string, number | null>>;
}

export interface Formula {
  /** The numbers of a record, in order. */
  readonly names: readonly string[];
  /** Those of each term behind them. */
  readonly terms: readonly string[];
  readonly equations: readonly Equation[];
}

/** A function of the engine's source. */
export interface Listing {
  readonly file: string;
  /** Number of its first line in the file. */
  readonly first: number;
  readonly lines: readonly string[];
}

interface Table {
  readonly symbols: Readonly<Record<string, string>>;
  readonly notes: Readonly<Record<string, string>>;
  readonly formulas: Readonly<Record<string, Readonly<Record<string, Formula>>>>;
  readonly listings: Readonly<Record<string, Listing>>;
}

const TABLE = table as unknown as Table;

/** What a name is written as; a "/" in it stands for a fraction. */
export function symbolOf(name: string): string {
  return TABLE.symbols[name] ?? name;
}

/** What a name means, where that needs to be said. */
export function noteOf(name: string): string | undefined {
  return TABLE.notes[name];
}

export function formulaFor(record: RecordName | "result", variant: string): Formula {
  const formula = TABLE.formulas[record]?.[variant];
  if (!formula) throw new Error(`there is no formula for ${record}, ${variant}`);
  return formula;
}

export function listingOf(name: string): Listing {
  const listing = TABLE.listings[name];
  if (!listing) throw new Error(`there is no listing of ${name}`);
  return listing;
}
