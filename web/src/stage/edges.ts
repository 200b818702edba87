/** Draw the weights as edges. */

import type { Frame } from "../engine/frame";
import type { Pen } from "../ui/canvas";
import type { NetworkLayout, UnitPlace } from "./layout";
import { ends, layersOf, tracePath, type EdgeRef, type UnitRef } from "./paths";
import { isCrowded, type Strongest } from "./strongest";

export type { EdgeRef, UnitRef } from "./paths";
export { edgeAt } from "./paths";

export interface EdgeColours {
  readonly positive: string;
  readonly negative: string;
  readonly hairline: string;
  readonly soft: string;
}

/** What the edges are drawn by, beside their weights. */
export interface EdgeScene {
  readonly colours: EdgeColours;
  readonly strongest: Strongest;
  /** The unit looked at: edges that do not touch it step back. */
  readonly focus: UnitRef | null;
  /** The edge pointed at. */
  readonly edge: EdgeRef | null;
  /** The bits of the drawing at hand: edges from those that are 0 step back. */
  readonly bits: Uint8Array | null;
}

const OUT_OF_FOCUS = 0.18;
const OFF = 0.3;
/** Beyond so many edges of a layer they are finer and their dashes longer, to the eye's and the browser's relief. */
const MANY = 400;
const FINER = 0.55;
const LONGER = 1.75;

/** Share of the full width and opacity that a weight has: 0 for 0, one half for 1.5, towards 1. */
export function strength(weight: number): number {
  const size = Math.abs(weight);
  return Number.isFinite(size) ? size / (size + 1.5) : 1;
}

/** The edges between units that are shown; of very many, the strongest over a band. */
export function drawEdges(
  context: Pen,
  layout: NetworkLayout,
  frame: Frame,
  scene: EdgeScene,
): void {
  const { colours, strongest, focus, edge, bits } = scene;
  context.lineCap = "butt";
  for (const [layer, sources, targets] of layersOf(layout)) {
    if (isCrowded(sources, targets)) drawBand(context, sources, targets, colours);
    const threshold = strongest.threshold(frame, layer, sources, targets);
    const weights = frame.weights[layer] ?? new Float32Array();
    const units = frame.widths[layer + 1] ?? 0;
    const many = sources.length * targets.length > MANY;
    for (const source of sources) {
      const off = layer === 0 && bits !== null && bits[source.unit] === 0;
      for (const target of targets) {
        const weight = weights[source.unit * units + target.unit] ?? 0;
        const focused = touches(source, focus) || touches(target, focus);
        if (threshold >= 0 && !focused && !(Math.abs(weight) > threshold)) continue;
        const held = isEdge(edge, layer, target.unit, source.unit);
        const aside = edge ? !held : focus !== null && !focused;
        const share = (aside ? OUT_OF_FOCUS : 1) * (off && !held ? OFF : 1);
        if (frame.isOff(layer, target.unit, source.unit)) {
          drawSwitchedOff(context, source, target, colours, layout.rem / 16, aside && !held);
          continue;
        }
        drawEdge(context, source, target, weight, colours, layout.rem / 16, share, many, held);
      }
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

const SOLID: number[] = [];
const DOTS = [1.5, 4];

function drawEdge(
  context: Pen,
  source: UnitPlace,
  target: UnitPlace,
  weight: number,
  colours: EdgeColours,
  zoom: number,
  share: number,
  many: boolean,
  held: boolean,
): void {
  const strong = strength(weight);
  const scale = zoom * Math.min(1, target.size / (40 * zoom)) * (many ? FINER : 1);
  const width = Math.max(0.75, (0.75 + 5.75 * strong) * scale);
  context.strokeStyle = weight < 0 ? colours.negative : colours.positive;
  context.globalAlpha = held ? 1 : Math.min(1, 0.12 + 1.05 * strong) * share;
  context.lineWidth = held ? Math.max(width, 2) : width;
  const dash = many ? LONGER : 1;
  const dashes = [dash * Math.max(4, width * 1.5), dash * Math.max(3, width)];
  context.setLineDash(weight < 0 ? dashes : SOLID);
  context.beginPath();
  tracePath(context, source, target);
  context.stroke();
}

/** Dotted, with a cross in its middle. */
function drawSwitchedOff(
  context: Pen,
  source: UnitPlace,
  target: UnitPlace,
  colours: EdgeColours,
  zoom: number,
  aside: boolean,
): void {
  const [x0, y0, x1, y1] = ends(source, target);
  const [x, y, arm] = [(x0 + x1) / 2, (y0 + y1) / 2, 3.5 * zoom];
  context.strokeStyle = colours.soft;
  context.globalAlpha = aside ? OUT_OF_FOCUS : 0.8;
  context.lineWidth = 1.25 * zoom;
  context.setLineDash(DOTS);
  context.beginPath();
  tracePath(context, source, target);
  context.stroke();
  context.setLineDash(SOLID);
  context.beginPath();
  for (const sign of [-1, 1]) {
    context.moveTo(x - arm, y - sign * arm);
    context.lineTo(x + arm, y + sign * arm);
  }
  context.stroke();
}

/** From the right side of all sources to the left side of all targets. */
function drawBand(
  context: Pen,
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

function touches(place: UnitPlace, ref: UnitRef | null): boolean {
  return ref !== null && place.column === ref.column && place.unit === ref.unit;
}

function isEdge(edge: EdgeRef | null, layer: number, unit: number, input: number): boolean {
  return edge !== null && edge.layer === layer && edge.unit === unit && edge.input === input;
}
