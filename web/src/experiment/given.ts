/** The rows of given data: points, inputs or drawings, each with what is to be answered. */

import type { Data } from "./experiment";

/** Number of samples, generated or given. */
export function rowsOf(data: Data): number {
  return data.kind === "given" ? givenRows(data).length : data.samples;
}

/** What is to be answered for each given row. */
export function givenValues(data: Data): number[] {
  return data.points ? data.points.map((row) => row[2] ?? 0) : (data.targets ?? []);
}

function givenRows(data: Data): readonly unknown[] {
  return data.points ?? data.inputs ?? data.drawings ?? [];
}
