/** Draw the loss curve: axes, training loss solid, test loss dotted. */

import type { CurvePoint } from "../state/curve";
import { short } from "../ui/format";
import type { Colours } from "../ui/theme.svelte";
import type { Chart } from "./chart";

export function drawCurve(
  context: CanvasRenderingContext2D,
  chart: Chart,
  curve: readonly CurvePoint[],
  colours: Colours,
): void {
  drawAxes(context, chart, colours);
  context.lineJoin = "round";
  context.lineCap = "round";
  context.strokeStyle = colours.soft;
  context.lineWidth = 1.75;
  context.setLineDash([0.5, 4]);
  drawLine(context, chart, curve, "testLoss");
  context.setLineDash([]);
  context.strokeStyle = colours.ink;
  context.lineWidth = 2;
  drawLine(context, chart, curve, "trainLoss");
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
  for (const loss of [point.testLoss, point.trainLoss]) {
    if (loss === null || !Number.isFinite(loss)) continue;
    context.fillStyle = colours.card;
    context.beginPath();
    context.arc(x, chart.y(loss), 3.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

function drawAxes(context: CanvasRenderingContext2D, chart: Chart, colours: Colours): void {
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
    context.fillText(short(value), chart.left - 6, y);
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
  context.fillText("loss", chart.left - 6, chart.top - 9);
}

function drawLine(
  context: CanvasRenderingContext2D,
  chart: Chart,
  curve: readonly CurvePoint[],
  which: "trainLoss" | "testLoss",
): void {
  context.beginPath();
  for (const point of curve) {
    const loss = point[which];
    if (loss !== null && Number.isFinite(loss))
      context.lineTo(chart.x(point[chart.clock]), chart.y(loss));
  }
  context.stroke();
}
