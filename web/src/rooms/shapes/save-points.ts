/** The points on the plane as a CSV file, in the units of the data. */

import type { Frame } from "../../engine/frame";
import type { Data } from "../../experiment/experiment";
import { toReal } from "../../engine/scaling";
import type { Labelled } from "../../experiment/table/export";

/** How long the browser may take to fetch what is saved, in milliseconds. */
const FETCHED_WITHIN = 60_000;
/** Places after the point: generated points have no more that mean anything. */
const PLACES = 6;

export async function savePoints(data: Data, frame: Frame): Promise<void> {
  const { exported } = await import("../../experiment/table/export");
  const link = document.createElement("a");
  const blob = new Blob([exported(labelled(data, frame))], { type: "text/csv;charset=utf-8" });
  link.href = URL.createObjectURL(blob);
  link.download = data.kind === "given" ? "points.csv" : `${data.kind}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FETCHED_WITHIN);
}

/** Given points as they were given, generated ones as they lie on the plane. */
export function labelled(data: Data, frame: Frame): Labelled {
  const names = data.class_names ?? Array.from({ length: frame.classes }, (_, k) => String(k));
  return {
    axes: data.axes ?? ["x1", "x2"],
    points: data.points ?? Array.from(frame.values, (value, row) => generated(frame, value, row)),
    classes: frame.classes > 0 ? names : [],
  };
}

function generated({ points, scaling }: Frame, value: number, row: number): number[] {
  const real = [
    toReal(scaling.x1, points[2 * row] ?? 0),
    toReal(scaling.x2, points[2 * row + 1] ?? 0),
    value,
  ];
  return real.map((number) => Number(number.toFixed(PLACES)));
}
