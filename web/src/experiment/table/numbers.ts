/** Numbers as people and programs write them in tables. */

export type DecimalSign = "." | ",";

/** The largest number that the document takes, in size. */
export const LARGEST = 1e12;

const PATTERNS = {
  ".": /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  ",": /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i,
} as const;

/** The number that a cell holds; NaN for none. */
export function numberIn(cell: string, decimal: DecimalSign): number {
  const plain = cell.replace("\u2212", "-");
  return PATTERNS[decimal].test(plain) ? Number(plain.replace(",", ".")) : NaN;
}

/** The sign that more cells need to be numbers. */
export function decimalSignOf(rows: readonly (readonly string[])[]): DecimalSign {
  const needs = (decimal: DecimalSign): number =>
    rows.flat().filter((cell) => cell.includes(decimal) && !Number.isNaN(numberIn(cell, decimal)))
      .length;
  return needs(",") > needs(".") ? "," : ".";
}
