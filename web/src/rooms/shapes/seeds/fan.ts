/** The fan of many loss curves: its scales, its lines, and which of them lies under the pointer. */

import { max, median, min } from "d3-array";
import { chartFor, type Box, type Chart } from "../../../stage/chart";
import { drawAxes } from "../../../stage/curve";
import type { CurvePoint } from "../../../state/curve";
import type { Colours } from "../../../ui/theme.svelte";
import type { Band, Result, Spread } from "./spread";

/** A start that lies higher than so many times the band leaves the picture. */
const MOST_ABOVE = 2;

/** Scales for all losses, but for those far beyond the others. */
export function fanChart(
  { results, sound, part }: Spread,
  bands: readonly Band[],
  epochs: number,
  box: Box,
  log: boolean,
): Chart {
  const losses = (shown: readonly Result[]): number[] =>
    shown.flatMap(({ start }) => start.moments.map((moment) => moment[`${part}Loss`] ?? NaN));
  const firsts = results.map(({ start }) => start.moments[0]?.[`${part}Loss`] ?? NaN);
  const usual = Math.max(max(bands, ({ high }) => high) ?? 0, median(firsts) ?? 0);
  const all = losses(sound.length > 0 ? sound : results);
  const high = Math.min(max(all) ?? 1, MOST_ABOVE * usual);
  const point = (epoch: number, loss: number): CurvePoint => ({
    epoch,
    updates: 0,
    trainLoss: loss,
    testLoss: null,
    trainAccuracy: null,
    testAccuracy: null,
  });
  return chartFor([point(0, min(all) ?? 0), point(epochs, high)], box, log);
}

export function drawFan(
  context: CanvasRenderingContext2D,
  chart: Chart,
  spread: Spread,
  bands: readonly Band[],
  marked: readonly number[],
  colours: Colours,
): void {
  drawAxes(context, chart, colours);
  context.save();
  context.beginPath();
  context.rect(chart.left, chart.top - 1, chart.right - chart.left, chart.bottom - chart.top + 2);
  context.clip();
  context.lineJoin = "round";
  drawBand(context, chart, bands, colours);
  for (const result of spread.results) {
    const good = result.verdict === "good";
    context.globalAlpha = good ? 0.3 : 0.75;
    context.setLineDash(good ? [] : [3, 3]);
    stroke(context, colours.soft, 1, () => line(context, chart, spread, result));
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  stroke(context, colours.ink, 2, () => {
    for (const { epoch, middle } of bands) context.lineTo(chart.x(epoch), chart.y(middle));
  });
  for (const result of spread.results) {
    if (!marked.includes(result.place)) continue;
    const path = (): void => line(context, chart, spread, result);
    stroke(context, colours.ink, 4.5, path);
    stroke(context, colours.glow, 2.5, path);
  }
  context.restore();
}

/** The start whose line passes closest to a place of the picture. */
export function closestStart(
  chart: Chart,
  { results, part }: Spread,
  x: number,
  y: number,
): number | null {
  let closest: number | null = null;
  let least = Infinity;
  for (const { place, start } of results) {
    const after = start.moments.findIndex(({ epoch }) => chart.x(epoch) >= x);
    const [one, other] = [start.moments[Math.max(0, after - 1)], start.moments[after]];
    if (!one || !other) continue;
    const [from, to] = [chart.x(one.epoch), chart.x(other.epoch)];
    const share = to > from ? (x - from) / (to - from) : 0;
    const [high, low] = [one, other].map((moment) => chart.y(moment[`${part}Loss`] ?? NaN));
    const away = Math.abs((high ?? NaN) * (1 - share) + (low ?? NaN) * share - y);
    if (away < least) [closest, least] = [place, away];
  }
  return closest;
}

function drawBand(
  context: CanvasRenderingContext2D,
  chart: Chart,
  bands: readonly Band[],
  colours: Colours,
): void {
  context.fillStyle = colours.ink;
  context.globalAlpha = 0.1;
  context.beginPath();
  for (const { epoch, high } of bands) context.lineTo(chart.x(epoch), chart.y(high));
  for (const { epoch, low } of bands.toReversed()) context.lineTo(chart.x(epoch), chart.y(low));
  context.fill();
}

function line(
  context: CanvasRenderingContext2D,
  chart: Chart,
  { part }: Spread,
  { start }: Result,
): void {
  for (const moment of start.moments) {
    const loss = moment[`${part}Loss`];
    if (loss !== null && Number.isFinite(loss))
      context.lineTo(chart.x(moment.epoch), chart.y(loss));
  }
}

function stroke(
  context: CanvasRenderingContext2D,
  colour: string,
  width: number,
  path: () => void,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  path();
  context.stroke();
}
