/** The curve of an edge from unit to unit, and the edge under the pointer. */

import type { WeightRef } from "../engine/frame";
import type { Pen } from "../ui/canvas";
import type { NetworkLayout, UnitPlace } from "./layout";

export type EdgeRef = WeightRef;

/** A unit, by its column and its place in it. */
export interface UnitRef {
  readonly column: number;
  readonly unit: number;
}

const REACH = 7;

/** Where an edge begins and ends: x0, y0, x1, y1. */
export function ends(
  { x, y, size, port }: UnitPlace,
  target: UnitPlace,
): [number, number, number, number] {
  return [port?.x ?? x + size / 2, port?.y ?? y, target.x - target.size / 2, target.y];
}

export function tracePath(
  context: Pick<Pen, "moveTo" | "bezierCurveTo">,
  source: UnitPlace,
  target: UnitPlace,
): void {
  const [x0, y0, x1, y1] = ends(source, target);
  const middle = (x0 + x1) / 2;
  context.moveTo(x0, y0);
  context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
}

/** The same as a path of SVG. */
export function curveOf(source: UnitPlace, target: UnitPlace): string {
  const [x0, y0, x1, y1] = ends(source, target);
  const middle = (x0 + x1) / 2;
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
}

/** Each layer with the places that its edges lead from and to. */
export function layersOf(
  layout: NetworkLayout,
): [number, readonly UnitPlace[], readonly UnitPlace[]][] {
  return layout.columns
    .slice(1)
    .map((targets, layer) => [layer, layout.columns[layer]?.units ?? [], targets.units]);
}

/** The edge that passes closest to a point of the picture, if one of those drawn is within reach. */
export function edgeAt(
  layout: NetworkLayout,
  x: number,
  y: number,
  isDrawn: (layer: number, unit: number, input: number) => boolean = () => true,
): EdgeRef | null {
  let nearest: EdgeRef | null = null;
  let distance = REACH;
  for (const [layer, sources, targets] of layersOf(layout)) {
    for (const source of sources) {
      for (const target of targets) {
        if (!isDrawn(layer, target.unit, source.unit)) continue;
        const away = distanceTo(source, target, x, y);
        if (away >= distance) continue;
        distance = away;
        nearest = { layer, unit: target.unit, input: source.unit };
      }
    }
  }
  return nearest;
}

function distanceTo(source: UnitPlace, target: UnitPlace, x: number, y: number): number {
  const [x0, y0, x1, y1] = ends(source, target);
  if (x < x0 || x > x1) return Infinity;
  // Invert x(t) = x0 + (x1 − x0)·(1.5 t − 1.5 t² + t³) by Newton's method; it rises everywhere.
  const share = (x - x0) / (x1 - x0);
  let t = share;
  for (let i = 0; i < 6; i++) {
    t -= (1.5 * t - 1.5 * t * t + t * t * t - share) / (1.5 - 3 * t + 3 * t * t);
  }
  const rise = t * t * (3 - 2 * t);
  const slope = ((y1 - y0) * 6 * t * (1 - t)) / ((x1 - x0) * (1.5 - 3 * t + 3 * t * t));
  return Math.abs(y0 + (y1 - y0) * rise - y) / Math.hypot(1, slope);
}
