/** From a table and the roles of its columns to given points, and the rows that cannot be taken. */

import type { Data } from "../experiment";
import { settingAt } from "../settings";
import { LARGEST, numberIn, type DecimalSign } from "./numbers";
import { FEWEST_CLASSES, MOST_CLASSES, type Roles } from "./roles";
import type { Record } from "./separated";
import type { Column, Table } from "./table";

export interface BadRow {
  /** Line of the text, from 1. */
  readonly line: number;
  readonly reason: string;
}

/** What a table gives, by the names of the document. */
export type Samples = Pick<Data, "points" | "classes" | "class_names" | "axes">;

export interface Outcome {
  /** Null where they cannot be given. */
  readonly samples: Samples | null;
  readonly bad: readonly BadRow[];
  /** Good rows beyond those that there is room for. */
  readonly beyond: number;
  /** Why there are no samples, in a sentence; empty if there are. */
  readonly fault: string;
}

export const MOST_ROWS = settingAt("data.points").most ?? 0;
const LONGEST_CLASS = settingAt("data.class_names").longest ?? 0;
const LONGEST_AXIS = settingAt("data.axes").longest ?? 0;

type Read = { readonly point: readonly [number, number]; readonly label: string };

export function samplesOf(table: Table, roles: Roles): Outcome {
  const columns = columnsOf(table, roles);
  if (typeof columns === "string") return { samples: null, bad: [], beyond: 0, fault: columns };
  const bad: BadRow[] = [];
  const good: Read[] = [];
  for (const record of table.rows) {
    const read = readRow(record, columns, roles.meaning === "number", table.reading.decimal);
    if (typeof read === "string") bad.push({ line: record.line, reason: read });
    else good.push(read);
  }
  const taken = good.slice(0, MOST_ROWS);
  const beyond = good.length - taken.length;
  const fault = faultOf(taken, bad, columns, roles);
  if (fault !== "") return { samples: null, bad, beyond, fault };
  return { samples: samples(taken, columns, roles, table.reading.decimal), bad, beyond, fault };
}

type Columns = readonly [x1: Column, x2: Column, label: Column];

function columnsOf({ columns }: Table, { x1, x2, label }: Roles): Columns | string {
  const [across, up, named] = [x1, x2, label].map((place) =>
    place === null ? undefined : columns[place],
  );
  if (!across || !up || !named) {
    return columns.length < 3
      ? "A table must have three columns: two with numbers for the axes, and one with the label."
      : "Choose two columns with numbers for the axes, and one for the label.";
  }
  return new Set([across, up, named]).size === 3
    ? [across, up, named]
    : "Choose three different columns: two for the axes, and one for the label.";
}

/** The row, or why it cannot be taken. */
function readRow(
  { cells, fault }: Record,
  [x1, x2, label]: Columns,
  fitted: boolean,
  decimal: DecimalSign,
): Read | string {
  if (fault !== null) return fault;
  const numbers: number[] = [];
  for (const { place, name } of fitted ? [x1, x2, label] : [x1, x2]) {
    const cell = cells[place] ?? "";
    const number = numberIn(cell, decimal);
    if (cell === "") return `${name} is empty`;
    if (Number.isNaN(number)) return `${name} is '${shortened(cell)}', which is no number`;
    if (Math.abs(number) > LARGEST) {
      return `${name} is ${shortened(cell)}, but numbers up to 10¹² can be taken`;
    }
    numbers.push(number);
  }
  const text = cells[label.place] ?? "";
  if (text === "") return `${label.name} is empty`;
  return { point: [numbers[0] ?? 0, numbers[1] ?? 0], label: text };
}

function faultOf(
  good: readonly Read[],
  [first]: readonly BadRow[],
  [, , label]: Columns,
  { meaning }: Roles,
): string {
  if (good.length === 0) {
    return first
      ? `No row of the table can be taken; line ${first.line}: ${first.reason}.`
      : "The table has no rows with values.";
  }
  const classes = new Set(good.map((row) => row.label)).size;
  if (meaning === "number" || (classes >= FEWEST_CLASSES && classes <= MOST_CLASSES)) return "";
  const found = classes === 1 ? "only one label" : `${classes} different labels`;
  return `${label.name} has ${found}, but there must be ${FEWEST_CLASSES} to ${MOST_CLASSES} classes.`;
}

function samples(
  good: readonly Read[],
  [x1, x2]: Columns,
  { meaning }: Roles,
  decimal: DecimalSign,
): Samples {
  const axes = [x1, x2].map(({ name }) => visible(name, LONGEST_AXIS));
  if (meaning === "number") {
    const points = good.map(({ point, label }) => [...point, numberIn(label, decimal)]);
    return { points, classes: 0, class_names: null, axes };
  }
  const labels = inOrder([...new Set(good.map(({ label }) => label))], decimal);
  const points = good.map(({ point, label }) => [...point, labels.indexOf(label)]);
  return { points, classes: labels.length, class_names: apart(labels), axes };
}

/** Numbers by size, texts as they come. */
function inOrder(labels: readonly string[], decimal: DecimalSign): readonly string[] {
  const numbers = labels.map((label) => numberIn(label, decimal));
  if (numbers.some(Number.isNaN)) return labels;
  return labels.toSorted((a, b) => numberIn(a, decimal) - numberIn(b, decimal));
}

/** Names short enough for a class, and still different. */
function apart(labels: readonly string[]): string[] {
  const names: string[] = [];
  for (const label of labels) {
    const name = visible(label, LONGEST_CLASS);
    const others = Array.from({ length: labels.length }, (_, k) => {
      const end = `… ${k + 2}`;
      return `${Array.from(name)
        .slice(0, LONGEST_CLASS - end.length)
        .join("")}${end}`;
    });
    names.push([name, ...others].find((each) => !names.includes(each)) ?? name);
  }
  return names;
}

/** Without characters that cannot be seen, and no longer than may be. */
function visible(text: string, longest: number): string {
  const letters = Array.from(text.replace(/[\p{Cc}\p{Cs}]+/gu, " ").trim());
  if (letters.length === 0) return "?";
  return letters.length <= longest
    ? letters.join("")
    : `${letters.slice(0, longest - 1).join("")}…`;
}

function shortened(cell: string): string {
  return cell.length <= 20 ? cell : `${cell.slice(0, 19)}…`;
}
