/** Draw the samples: training samples as discs, those held out as diamonds, misread ones rimmed. */

import type { Frame, Plane } from "../../engine/frame";
import { colourOf } from "../../state/colours";
import type { Pen } from "../../ui/canvas";
import type { Colours } from "../../ui/theme.svelte";

export interface PointOptions {
  readonly size: number;
  readonly colours: Colours;
  /** RGBA words for the values of a regression, from the lowest to the highest. */
  readonly palette: Uint32Array;
  readonly showTrain: boolean;
  readonly showTest: boolean;
}

type Draw = (context: Pen, x: number, y: number, radius: number) => void;
/** Puts a shape where it belongs. */
type Stamp = (x: number, y: number) => void;
type Stamps = (shape: Draw, fill: string, rim: string, radius: number) => Stamp;

/** All samples that are shown; training samples last, so that they lie on top. */
export function drawPoints(
  context: CanvasRenderingContext2D,
  frame: Frame,
  options: PointOptions,
): void {
  stampAll(sprites(context), frame, options);
}

/** The samples that are put in a wrong class, over all others. */
export function drawMisread(
  context: CanvasRenderingContext2D,
  frame: Frame,
  options: PointOptions,
): void {
  stampMisread(sprites(context), frame, options);
}

/** All of it as shapes, for a picture that is saved. */
export function drawShapes(pen: Pen, frame: Frame, options: PointOptions): void {
  stampAll(shapes(pen), frame, options);
  stampMisread(shapes(pen), frame, options);
}

function stampAll(stamps: Stamps, frame: Frame, options: PointOptions): void {
  // Numbers to fit may be as pale as the picture, so that they need a darker rim.
  const { soft, pointRim } = options.colours;
  const rim = frame.task === "regression" ? `${soft}90` : pointRim;
  drawWhere(stamps, frame, options, rim, () => true);
}
function stampMisread(stamps: Stamps, frame: Frame, options: PointOptions): void {
  drawWhere(stamps, frame, options, options.colours.ink, (row) => isMisread(frame, row));
}

export function isMisread({ classes, predicted, values }: Frame, row: number): boolean {
  return classes > 0 && predicted[row] !== values[row];
}

function drawWhere(
  stamps: Stamps,
  frame: Frame,
  options: PointOptions,
  rim: string,
  chosen: (row: number) => boolean,
): void {
  const { size, showTrain, showTest } = options;
  const radius = pointRadius(frame.samples, size);
  const colour = colouring(frame, options);
  const rows = (from: number, to: number, shape: Draw): void => {
    const known = new Map<string, Stamp>();
    for (let row = from; row < to; row++) {
      if (!chosen(row)) continue;
      const fill = colour(row);
      let stamp = known.get(fill);
      if (!stamp) known.set(fill, (stamp = stamps(shape, fill, rim, radius)));
      const { x, y } = place(frame, row, size);
      stamp(x, y);
    }
  };
  if (showTest) rows(frame.trainSamples, frame.samples, diamond);
  if (showTrain) rows(0, frame.trainSamples, disc);
}

/** The sample closest to a place on the picture, if one is within reach. */
export function pointAt(
  frame: Frame,
  x: number,
  y: number,
  options: Omit<PointOptions, "colours" | "palette">,
): number | null {
  const { size, showTrain, showTest } = options;
  let nearest: number | null = null;
  let reach = pointRadius(frame.samples, size) + 3;
  const first = showTrain ? 0 : frame.trainSamples;
  const end = showTest ? frame.samples : frame.trainSamples;
  for (let row = first; row < end; row++) {
    const at = place(frame, row, size);
    const away = Math.hypot(at.x - x, at.y - y);
    if (away >= reach) continue;
    reach = away;
    nearest = row;
  }
  return nearest;
}

/** Smaller the more there are, larger on a larger picture. */
export function pointRadius(samples: number, size: number): number {
  const crowding = Math.min(1, Math.sqrt(400 / samples));
  return Math.max(1.5, (size / 350) * 4.4 * Math.max(0.4, crowding));
}

function place({ points, plane }: Frame, row: number, size: number): { x: number; y: number } {
  return {
    x: fromLow(points[2 * row] ?? 0, plane) * size,
    y: (1 - fromLow(points[2 * row + 1] ?? 0, plane)) * size,
  };
}

function fromLow(coordinate: number, { low, high }: Plane): number {
  return (coordinate - low) / (high - low);
}

function colouring(frame: Frame, { colours, palette }: PointOptions): (row: number) => string {
  if (frame.task === "classification") {
    return (row) => colours.classes[frame.values[row] ?? 0] ?? colours.ink;
  }
  const { low, high } = frame.surface ?? { low: -1, high: 1 };
  return (row) => colourOf(palette, frame.values[row] ?? 0, low, high);
}

/** Painted once, since there are many of a kind. */
function sprites(context: CanvasRenderingContext2D): Stamps {
  return (...kind) => {
    const sprite = paintSprite(...kind);
    const edge = sprite.width / window.devicePixelRatio;
    return (x, y) => {
      context.drawImage(sprite, x - edge / 2, y - edge / 2, edge, edge);
    };
  };
}

function shapes(pen: Pen): Stamps {
  return (shape, fill, rim, radius) => (x, y) => {
    drawShape(pen, shape, fill, rim, x, y, radius);
  };
}

function paintSprite(shape: Draw, fill: string, rim: string, radius: number): HTMLCanvasElement {
  const ratio = window.devicePixelRatio;
  const canvas = document.createElement("canvas");
  const edge = Math.ceil((2 * radius + 9) * ratio);
  canvas.width = edge;
  canvas.height = edge;
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  context.setTransform(ratio, 0, 0, ratio, edge / 2, edge / 2);
  drawShape(context, shape, fill, rim, 0, 0, radius);
  return canvas;
}

function drawShape(
  pen: Pen,
  shape: Draw,
  fill: string,
  rim: string,
  x: number,
  y: number,
  radius: number,
): void {
  pen.fillStyle = fill;
  pen.strokeStyle = rim;
  pen.lineWidth = 1.3;
  shape(pen, x, y, radius);
  pen.fill();
  pen.stroke();
}

function disc(context: Pen, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

function diamond(context: Pen, x: number, y: number, radius: number): void {
  const reach = radius * 1.22;
  context.beginPath();
  context.moveTo(x, y - reach);
  context.lineTo(x + reach, y);
  context.lineTo(x, y + reach);
  context.lineTo(x - reach, y);
  context.closePath();
}
