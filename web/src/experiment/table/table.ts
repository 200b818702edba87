/** A table of text with its columns: how it is taken apart, and what each column holds. */

import { decimalSignOf, numberIn, type DecimalSign } from "./numbers";
import { recordsOf, separatorOf, type Record, type Separator } from "./separated";

/** How a text is read as a table. */
export interface Reading {
  readonly separator: Separator;
  readonly decimal: DecimalSign;
  /** Whether the first row names the columns. */
  readonly header: boolean;
}

export interface Column {
  /** From 0. */
  readonly place: number;
  readonly name: string;
  /** Whether most of its cells are numbers. */
  readonly numeric: boolean;
  /** How many different texts it holds. */
  readonly distinct: number;
  /** Whether it only numbers the rows. */
  readonly counts: boolean;
}

export interface Table {
  readonly reading: Reading;
  readonly columns: readonly Column[];
  /** The rows without the names. */
  readonly rows: readonly Record[];
}

/** Cells of a column that must be numbers for it to be one of numbers. */
const MOSTLY = 0.5;
/** Rows by which the header and the decimal sign are told. */
const SAMPLE = 200;

/** Read a text, guessing what is not said. */
export function readTable(text: string, said: Partial<Reading> = {}): Table {
  const separator = said.separator ?? separatorOf(text);
  const records = recordsOf(text, separator);
  const sample = records.slice(0, SAMPLE).map(({ cells }) => cells);
  const decimal = said.decimal ?? (separator === "," ? "." : decimalSignOf(sample));
  const header = said.header ?? hasHeader(sample, decimal);
  const rows = header ? records.slice(1) : records;
  const names = header ? (records[0]?.cells ?? []) : [];
  const width = Math.max(0, ...records.slice(0, SAMPLE).map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, place) =>
    columnOf(place, names[place] ?? "", rows, decimal),
  );
  return { reading: { separator, decimal, header }, columns, rows };
}

function columnOf(
  place: number,
  name: string,
  rows: readonly Record[],
  decimal: DecimalSign,
): Column {
  const cells = rows.map(({ cells }) => cells[place] ?? "").filter((cell) => cell !== "");
  const numbers = cells.map((cell) => numberIn(cell, decimal));
  const numeric =
    cells.length > 0 && numbers.filter(Number.isFinite).length > MOSTLY * cells.length;
  const first = numbers[0] ?? NaN;
  return {
    place,
    name: name === "" ? `column ${place + 1}` : name,
    numeric,
    distinct: new Set(cells).size,
    counts: cells.length > 2 && numbers.every((number, row) => number === first + row),
  };
}

/** Some column of numbers begins with a text. */
function hasHeader(
  [first = [], ...others]: readonly (readonly string[])[],
  decimal: DecimalSign,
): boolean {
  return first.some((cell, place) => {
    if (cell === "" || !Number.isNaN(numberIn(cell, decimal))) return false;
    const below = others.map((cells) => cells[place] ?? "").filter((each) => each !== "");
    const numbers = below.filter((each) => !Number.isNaN(numberIn(each, decimal)));
    return numbers.length > MOSTLY * below.length;
  });
}
