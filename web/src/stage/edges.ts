/** Draw the weights as edges and the biases as bars, and find the edge under the pointer. */

import type { Frame } from "../engine/frame";
import type { NetworkLayout, UnitPlace } from "./layout";

export interface EdgeColours {
  readonly positive: string;
  readonly negative: string;
  readonly hairline: string;
}

/** A unit, by its column and its place in it. */
export interface UnitRef {
  readonly column: number;
  readonly unit: number;
}

/** A weight: layer l leads from column l to column l + 1. */
export interface EdgeRef {
  readonly layer: number;
  readonly unit: number;
  readonly input: number;
}

/** Between wider layers single edges tell nothing: a band stands for them, and those of the unit looked at are drawn. */
const MOST_EDGES = 400;
const REACH = 7;

/** Share of the full width and opacity that a weight has: 0 for 0, one half for 1.5, towards 1. */
export function strength(weight: number): number {
  const size = Math.abs(weight);
  return Number.isFinite(size) ? size / (size + 1.5) : 1;
}

/** All edges between units that are shown; those that do not touch `focus` step back. */
export function drawEdges(
  context: CanvasRenderingContext2D,
  layout: NetworkLayout,
  frame: Frame,
  colours: EdgeColours,
  focus: UnitRef | null,
  edge: EdgeRef | null,
): void {
  context.lineCap = "butt";
  for (const [layer, sources, targets] of layers(layout)) {
    const crowded = sources.length * targets.length > MOST_EDGES;
    if (crowded) drawBand(context, sources, targets, colours);
    for (const target of targets) {
      for (const source of sources) {
        const focused = touches(source, focus) || touches(target, focus);
        if (crowded && !focused) continue;
        const weight = frame.weight(layer, target.unit, source.unit);
        const held = isEdge(edge, layer, target.unit, source.unit);
        const dimmed = edge ? !held : focus !== null && !focused;
        drawEdge(context, source, target, weight, colours, layout.rem / 16, dimmed, held);
      }
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawEdge(
  context: CanvasRenderingContext2D,
  source: UnitPlace,
  target: UnitPlace,
  weight: number,
  colours: EdgeColours,
  zoom: number,
  dimmed: boolean,
  held: boolean,
): void {
  const share = strength(weight);
  const scale = zoom * Math.min(1, target.size / (40 * zoom));
  const width = Math.max(0.75, (0.75 + 5.75 * share) * scale);
  context.strokeStyle = weight < 0 ? colours.negative : colours.positive;
  context.globalAlpha = held ? 1 : Math.min(1, 0.12 + 1.05 * share) * (dimmed ? 0.18 : 1);
  context.lineWidth = held ? Math.max(width, 2) : width;
  context.setLineDash(weight < 0 ? [Math.max(4, width * 1.5), Math.max(3, width)] : []);
  const [x0, y0, x1, y1] = ends(source, target);
  const middle = (x0 + x1) / 2;
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
  context.stroke();
}

/** From the right side of all sources to the left side of all targets. */
function drawBand(
  context: CanvasRenderingContext2D,
  sources: readonly UnitPlace[],
  targets: readonly UnitPlace[],
  colours: EdgeColours,
): void {
  const [x0, top0, bottom0] = side(sources, 1);
  const [x1, top1, bottom1] = side(targets, -1);
  const middle = (x0 + x1) / 2;
  context.beginPath();
  context.moveTo(x0, top0);
  context.bezierCurveTo(middle, top0, middle, top1, x1, top1);
  context.lineTo(x1, bottom1);
  context.bezierCurveTo(middle, bottom1, middle, bottom0, x0, bottom0);
  context.closePath();
  context.globalAlpha = 0.55;
  context.fillStyle = colours.hairline;
  context.fill();
}

/** The right (1) or left (−1) side of some tiles: x, top, bottom. */
function side(places: readonly UnitPlace[], direction: 1 | -1): [number, number, number] {
  const edge = (sign: 1 | -1, { y, size }: UnitPlace): number => y + (sign * size) / 2;
  const outermost = places.map(({ x, size }) => x + (direction * size) / 2);
  return [
    direction === 1 ? Math.max(...outermost) : Math.min(...outermost),
    Math.min(...places.map((place) => edge(-1, place))),
    Math.max(...places.map((place) => edge(1, place))),
  ];
}

/** Under each tile a bar from its middle: to the right for a positive bias, to the left for a negative one. */
export function drawBiases(
  context: CanvasRenderingContext2D,
  layout: NetworkLayout,
  frame: Frame,
  colours: EdgeColours,
): void {
  layout.columns.slice(1).forEach((column, layer) => {
    // In the grid of an opened layer there is no room below the tiles.
    if (column.hidden === 0 && column.fold !== null) return;
    for (const { x, y, size, unit } of column.units) {
      const bias = frame.bias(layer, unit);
      const pixel = layout.rem / 16;
      const top = y + size / 2 + 4 * pixel;
      const half = size * 0.36;
      const length = half * strength(bias * 2);
      context.fillStyle = colours.hairline;
      context.fillRect(x - half, top + pixel, 2 * half, pixel);
      context.fillRect(x - 0.5, top - pixel, 1, 5 * pixel);
      context.fillStyle = bias < 0 ? colours.negative : colours.positive;
      context.fillRect(bias < 0 ? x - length : x, top, length, 3 * pixel);
    }
  });
}

/** The edge that passes closest to a point of the picture, if one is within reach. */
export function edgeAt(layout: NetworkLayout, x: number, y: number): EdgeRef | null {
  let nearest: EdgeRef | null = null;
  let distance = REACH;
  for (const [layer, sources, targets] of layers(layout)) {
    if (sources.length * targets.length > MOST_EDGES) continue;
    for (const source of sources) {
      for (const target of targets) {
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

function ends(source: UnitPlace, target: UnitPlace): [number, number, number, number] {
  return [source.x + source.size / 2, source.y, target.x - target.size / 2, target.y];
}

function layers(layout: NetworkLayout): [number, readonly UnitPlace[], readonly UnitPlace[]][] {
  return layout.columns
    .slice(1)
    .map((targets, layer) => [layer, layout.columns[layer]?.units ?? [], targets.units]);
}

function touches(place: UnitPlace, ref: UnitRef | null): boolean {
  return ref !== null && place.column === ref.column && place.unit === ref.unit;
}

function isEdge(edge: EdgeRef | null, layer: number, unit: number, input: number): boolean {
  return edge !== null && edge.layer === layer && edge.unit === unit && edge.input === input;
}
