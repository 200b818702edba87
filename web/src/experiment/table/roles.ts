/** Which columns are the two axes and the label, and what the label means. */

import type { Column, Table } from "./table";

export interface Roles {
  /** Places of the columns; null where nothing suits. */
  readonly x1: number | null;
  readonly x2: number | null;
  readonly label: number | null;
  readonly meaning: Meaning;
}

/** Whether the label names a class, or is a number to fit. */
export type Meaning = "classes" | "number";

export const FEWEST_CLASSES = 2;
export const MOST_CLASSES = 10;

/** What a table suggests by itself. */
export function rolesOf({ columns }: Table): Roles {
  const label = labelOf(columns);
  const numeric = columns.filter((column) => column.numeric && column !== label);
  const varied = numeric.filter(({ distinct, counts }) => distinct > 1 && !counts);
  const [x1, x2] = [...varied, ...numeric.filter((column) => !varied.includes(column))];
  return {
    x1: x1?.place ?? null,
    x2: x2?.place ?? null,
    label: label?.place ?? null,
    meaning: label ? meaningOf(label) : "classes",
  };
}

/** Numbers with more values than there can be classes are to be fitted. */
export function meaningOf({ numeric, distinct }: Column): Meaning {
  return numeric && distinct > MOST_CLASSES ? "number" : "classes";
}

/**
 * The last column of texts that tell few classes apart. Where all are numbers: the only one with few of them, else the last
 * of three or more. Else any texts.
 */
function labelOf(columns: readonly Column[]): Column | undefined {
  const few = columns.filter(
    ({ distinct }) => distinct >= FEWEST_CLASSES && distinct <= MOST_CLASSES,
  );
  const isText = (column: Column): boolean => !column.numeric;
  const numeric = columns.filter((column) => column.numeric);
  const [only, ...others] = few.filter((column) => column.numeric && !column.counts);
  const spare = only && others.length === 0 ? only : numeric.at(-1);
  return (
    few.findLast(isText) ?? (numeric.length > 2 ? spare : undefined) ?? columns.findLast(isText)
  );
}
