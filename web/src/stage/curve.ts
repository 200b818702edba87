/** Draw the curve of loss or accuracy: axes, training samples solid, test samples dotted. */

import type { CurvePoint } from "../state/curve";
import { short } from "../ui/format";
import type { Colours } from "../ui/theme.svelte";
import { valuesOf, type Chart } from "./chart";

/** The two lines of one run. */
export function drawLosses(
  context: CanvasRenderingContext2D,
  chart: Chart,
  curve: readonly CurvePoint[],
  colours: { readonly train: string; readonly test: string },
): void {
  context.lineJoin = "round";
  context.lineCap = "round";
  context.strokeStyle = colours.test;
  context.lineWidth = 1.75;
  context.setLineDash([0.5, 4]);
  drawLine(context, chart, curve, 1);
  context.setLineDash([]);
  context.strokeStyle = colours.train;
  context.lineWidth = 2;
  drawLine(context, chart, curve, 0);
}

/** A line and two dots at one moment of the curve. */
export function drawMark(
  context: CanvasRenderingContext2D,
  chart: Chart,
  point: CurvePoint,
  colours: Colours,
): void {
  const x = chart.x(point[chart.clock]);
  context.strokeStyle = colours.glow;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, chart.top);
  context.lineTo(x, chart.bottom);
  context.stroke();
  for (const value of valuesOf(point, chart.kind).toReversed()) {
    if (value === null || !Number.isFinite(value)) continue;
    context.fillStyle = colours.card;
    context.beginPath();
    context.arc(x, chart.y(value), 3.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

export function drawAxes(context: CanvasRenderingContext2D, chart: Chart, colours: Colours): void {
  context.font = `${0.6875 * chart.rem}px "Inter Variable", system-ui, sans-serif`;
  context.fillStyle = colours.soft;
  context.strokeStyle = colours.hairline;
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, at } of chart.losses) {
    const y = Math.round(at) + 0.5;
    context.beginPath();
    context.moveTo(chart.left, y);
    context.lineTo(chart.right, y);
    context.stroke();
    const text = chart.kind === "accuracy" ? `${short(100 * value)} %` : short(value);
    context.fillText(text, chart.left - 6, y);
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  const name = chart.clock === "epoch" ? "epoch" : "update";
  const free = chart.right - context.measureText(name).width - 24;
  for (const { value, at } of chart.moments) {
    if (at < free) context.fillText(String(value), at, chart.bottom + 6);
  }
  context.textAlign = "right";
  context.fillText(name, chart.right, chart.bottom + 6);
  context.textBaseline = "alphabetic";
  if (chart.kind === "loss") context.fillText("loss", chart.left - 6, chart.top - 9);
}

/** The line of the training samples (0) or of the test samples (1). */
export function drawLine(
  context: CanvasRenderingContext2D,
  chart: Chart,
  curve: readonly CurvePoint[],
  part: 0 | 1,
): void {
  context.beginPath();
  for (const point of curve) {
    const value = valuesOf(point, chart.kind)[part] ?? null;
    if (value !== null && Number.isFinite(value))
      context.lineTo(chart.x(point[chart.clock]), chart.y(value));
  }
  context.stroke();
}
