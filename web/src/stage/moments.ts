/** Draw where one is on the timeline, what was done when, and the moments that are marked. */

import type { CurvePoint } from "../state/curve";
import type { Colours } from "../ui/theme.svelte";
import type { Chart } from "./chart";
import { drawLine, drawLosses } from "./curve";

/** How much of a line is to be seen that is not the way up to the present moment. */
const PALE = 0.32;

/** What is still to come on the present branch. */
export function drawFuture(
  context: CanvasRenderingContext2D,
  chart: Chart,
  curve: readonly CurvePoint[],
  colours: Colours,
): void {
  context.globalAlpha = PALE;
  drawLosses(context, chart, curve, { train: colours.ink, test: colours.soft });
  context.globalAlpha = 1;
}

/** Other branches: a thin line each, of the training samples. */
export function drawBranches(
  context: CanvasRenderingContext2D,
  chart: Chart,
  curves: readonly (readonly CurvePoint[])[],
  colours: Colours,
): void {
  context.globalAlpha = PALE;
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.25;
  for (const curve of curves) drawLine(context, chart, curve, 0);
  context.globalAlpha = 1;
}

/** A short stroke under the axis wherever something was done. */
export function drawEvents(
  context: CanvasRenderingContext2D,
  chart: Chart,
  places: readonly number[],
  colours: Colours,
): void {
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const x of new Set(places.map(Math.round))) {
    context.moveTo(x, chart.bottom - 3);
    context.lineTo(x, chart.bottom + 4);
  }
  context.stroke();
}

/** A small flag on the axis. */
export function drawFlags(
  context: CanvasRenderingContext2D,
  chart: Chart,
  places: readonly number[],
  colours: Colours,
): void {
  context.lineWidth = 1.25;
  context.lineJoin = "round";
  context.strokeStyle = colours.ink;
  context.fillStyle = colours.glow;
  for (const x of places) {
    context.beginPath();
    context.moveTo(x, chart.bottom);
    context.lineTo(x, chart.bottom - 14);
    // At the right edge the flag flies to the left.
    const tip = x + 9 > chart.right ? x - 8 : x + 8;
    context.lineTo(tip, chart.bottom - 11);
    context.lineTo(x, chart.bottom - 8);
    context.fill();
    context.stroke();
  }
}

/** The present moment: a thumb on the axis, and in the past a line above it. */
export function drawPresent(
  context: CanvasRenderingContext2D,
  chart: Chart,
  x: number,
  isPast: boolean,
  colours: Colours,
): void {
  if (isPast) {
    context.strokeStyle = colours.glow;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x, chart.top - 4);
    context.lineTo(x, chart.bottom);
    context.stroke();
  }
  context.fillStyle = colours.glow;
  context.strokeStyle = colours.card;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, chart.bottom, 5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}
