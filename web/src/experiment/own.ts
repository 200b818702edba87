/** Points of a person's own: what may be done to a draft of them. */

import type { Data, Experiment } from "./experiment";
import { rowsOf } from "./given";
import { settingAt } from "./settings";
import { splitRows } from "./split";

/** Data of given points. */
export interface Own extends Data {
  points: number[][];
}

export const MOST_POINTS = settingAt("data.points").most ?? 0;

export function isOwn(data: Data): data is Own {
  return data.kind === "given" && data.points !== null;
}

export function ownOf({ data }: Experiment): Own {
  if (!isOwn(data)) throw new RangeError("these data are no given points");
  return data;
}

/** Names of the classes: their own, else their numbers; none for numbers to fit. */
export function namesOf({ class_names, classes }: Data): readonly string[] {
  return class_names ?? Array.from({ length: classes }, (_, label) => `class ${label}`);
}

/** The share of the samples that is held out: by chance, or as it was written out. */
export function heldOutShare(data: Data): number {
  if (data.held_out === null) return data.test_share;
  return data.held_out.length / Math.max(1, rowsOf(data));
}

/** An empty plane with as many classes as there were, or two. */
export function emptied(data: Data): void {
  const { classes, class_names } = data;
  const kept = isOwn(data) ? { classes, class_names } : { classes: 2, class_names: null };
  take(data, { points: [], held_out: [], axes: null, scaling: "none", ...kept });
}

/** Given points in place of whatever there was. */
export function take(data: Data, given: Partial<Data> & Pick<Data, "points">): void {
  const nothing = { inputs: null, targets: null, drawings: null, held_out: null };
  Object.assign(data, nothing, { kind: "given" }, given);
}

/** Put points at the end; they are trained on. */
export function add(data: Own, points: readonly (readonly number[])[]): void {
  fixSplit(data);
  data.points.push(...points.map((point) => [...point]));
}

export function move(data: Own, row: number, x1: number, x2: number): void {
  const point = data.points[row];
  if (point) data.points[row] = [x1, x2, point[2] ?? 0];
}

/** Take points out; the others stay on the side of the split where they are. */
export function remove(data: Own, rows: readonly number[]): void {
  const gone = new Set(rows);
  fixSplit(data);
  const heldOut = new Set(data.held_out);
  const stay = [...data.points.keys()].filter((row) => !gone.has(row));
  data.held_out = stay.flatMap((row, place) => (heldOut.has(row) ? [place] : []));
  data.points = stay.map((row) => data.points[row] ?? []);
  // At least one is left to train on.
  if (data.held_out.length === data.points.length) data.held_out.pop();
}

/** Other classes by name: points go with the name of theirs, those whose class is gone are gone. */
export function setClasses(data: Own, places: readonly (number | null)[], names: string[]): void {
  const label = new Map(places.flatMap((before, now) => (before === null ? [] : [[before, now]])));
  const gone = data.points.flatMap((point, row) => (label.has(point[2] ?? 0) ? [] : [row]));
  if (gone.length > 0) remove(data, gone);
  data.points = data.points.map(([x1 = 0, x2 = 0, value = 0]) => [x1, x2, label.get(value) ?? 0]);
  data.classes = names.length;
  data.class_names = names;
}

/** Write out which rows are held out, so that rows that come and go do not deal them anew. */
function fixSplit(data: Own): void {
  data.held_out ??= data.points.length === 0 ? [] : splitRows(data).heldOut;
}
