/** What the picture shows of an update: the numbers at the units, and the values on the edges of the one looked at. */

import { parameterIndex, unitIndex, type Account } from "../engine/account";
import type { Subject } from "../state/subject";
import { signed } from "../ui/format";
import type { NetworkLayout, UnitPlace } from "./layout";
import { curveOf } from "./paths";

export interface UnitLabel {
  readonly place: UnitPlace;
  /** What it is of: x, a or δ. */
  readonly of: string;
  readonly text: string;
}

export interface TravelledEdge {
  readonly key: string;
  readonly path: string;
  /** The number on the edge, in its middle; empty where there is no room for one. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** No more edges than this have values that travel on them, and numbers. */
const MOST_EDGES = 40;
const MOST_NUMBERS = 6;
const DECIMALS = 3;

/**
 * The numbers of all units that the update has come to: activations on the way forward, δ on the way back, and in the
 * end what the update has led to.
 */
export function unitLabels(
  layout: NetworkLayout,
  widths: readonly number[],
  account: Account,
  subject: Subject,
  backward: boolean,
): UnitLabel[] {
  const units = subject.kind === "after" ? account.unitsAfter : account.units;
  return layout.columns.flatMap(({ units: places, bitmap }, column) => {
    if (bitmap || !isReached(column, subject)) return [];
    return places.map((place) => {
      const index = 3 * unitIndex(widths, column, place.unit);
      const delta = backward && column > 0;
      const value = units[index + (delta ? 2 : 1)] ?? NaN;
      return { place, of: delta ? "δ" : column === 0 ? "x" : "a", text: signed(value, DECIMALS) };
    });
  });
}

/** Whether an update that has come to the subject has computed this column: later ones are not there yet. */
function isReached(column: number, subject: Subject): boolean {
  switch (subject.kind) {
    case "input":
      return column === 0;
    case "unit":
      return column <= subject.layer + 1;
    case "delta":
      return column >= subject.layer + 1;
    default:
      return true;
  }
}

/** The edges that values travel along: into the unit looked at, back from the units behind it, of a weight its own. */
export function travelledEdges(
  layout: NetworkLayout,
  widths: readonly number[],
  account: Account,
  subject: Subject,
): TravelledEdge[] {
  if (!("layer" in subject)) return [];
  const column = subject.layer + 1;
  const target = layout.columns[column]?.units.find(({ unit }) => unit === subject.unit);
  if (!target) return [];
  const back = subject.kind === "delta";
  const others = (layout.columns[back ? column + 1 : column - 1]?.units ?? []).filter(
    ({ column: from, unit }) => {
      if (subject.kind === "parameter") return unit === subject.source;
      // From a pixel that is off nothing comes.
      return back || account.units[3 * unitIndex(widths, from, unit) + 1] !== 0;
    },
  );
  if (others.length > MOST_EDGES) return [];
  return others.map((other) => ({
    key: `${other.column},${other.unit}`,
    path: back ? curveOf(target, other) : curveOf(other, target),
    text: others.length > MOST_NUMBERS ? "" : numberOn(widths, account, subject, other.unit),
    x: (target.x + other.x) / 2,
    y: (target.y + other.y) / 2,
  }));
}

/** Of a weight: itself, its gradient, or what the step makes of it. */
function numberOn(
  widths: readonly number[],
  { parameters, parametersAfter, gradients }: Account,
  subject: Extract<Subject, { layer: number }>,
  other: number,
): string {
  const { layer, unit } = subject;
  const place =
    subject.kind === "delta"
      ? { layer: layer + 1, unit: other, source: unit }
      : { layer, unit, source: other };
  const index = parameterIndex(widths, place);
  const { kind } = subject;
  const array = kind === "gradient" ? gradients : kind === "step" ? parametersAfter : parameters;
  return signed(array[index] ?? NaN, DECIMALS);
}
