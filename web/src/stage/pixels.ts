/** Draw the inputs: the bitmap as ink on paper, or its bits one by one, in the classic palette green and red. */

import type { Pen } from "../ui/canvas";
import type { Colours } from "../ui/theme.svelte";
import type { ColumnPlace, UnitPlace } from "./layout";

/** From this size on (pixels) there is room for the digit. */
const LEGIBLE = 13;

/** The pixels of a column in the picture's coordinates, with rings around those looked at. */
export function drawPixels(
  context: Pen,
  place: ColumnPlace,
  bits: Uint8Array | null,
  colours: Colours,
  classic: boolean,
  rings: readonly number[],
): void {
  if (place.bitmap?.look === "tile") drawTile(context, place, bits, colours);
  else for (const unit of place.units) drawBit(context, unit, bits?.[unit.unit], colours, classic);
  context.strokeStyle = colours.glow;
  context.lineWidth = 2.5;
  for (const pixel of rings) {
    const unit = place.units[pixel];
    if (unit) context.strokeRect(...inset(unit, -0.5));
  }
}

function drawTile(
  context: Pen,
  { bitmap, units }: ColumnPlace,
  bits: Uint8Array | null,
  colours: Colours,
): void {
  if (!bitmap) return;
  const { left, top, width, height } = bitmap;
  const outline = (): void => {
    context.beginPath();
    context.roundRect(left, top, width, height, 0.05 * width);
  };
  outline();
  context.fillStyle = colours.card;
  context.fill();
  context.save();
  context.clip();
  context.fillStyle = colours.ink;
  for (const unit of units) {
    // Half a pixel over the edge, so that no seam is seen between two of them.
    if (bits?.[unit.unit]) context.fillRect(...inset(unit, -0.25));
  }
  context.restore();
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.25;
  outline();
  context.stroke();
}

function drawBit(
  context: Pen,
  unit: UnitPlace,
  bit: number | undefined,
  colours: Colours,
  classic: boolean,
): void {
  const on = bit === 1;
  const [ones, zeros] = classic
    ? [colours.positive, colours.negative]
    : [colours.ink, colours.soft];
  context.fillStyle = colours.card;
  context.fillRect(...inset(unit, 0));
  context.fillStyle = on ? ones : zeros;
  // A nought is an outline: without colours, too, it is seen to be none.
  context.globalAlpha = on ? 1 : classic ? 0.4 : 0;
  context.fillRect(...inset(unit, 0));
  context.globalAlpha = on || classic ? 1 : 0.55;
  context.strokeStyle = on ? ones : zeros;
  context.lineWidth = 1;
  context.strokeRect(...inset(unit, 0.5));
  context.globalAlpha = 1;
  if (unit.size < LEGIBLE || bit === undefined) return;
  context.font = `600 ${Math.min(14, Math.round(unit.size * 0.62))}px "Inter Variable", system-ui`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = on ? colours.card : classic ? colours.ink : colours.soft;
  context.fillText(String(bit), unit.x, unit.y + 0.5);
}

function inset({ x, y, size }: UnitPlace, by: number): [number, number, number, number] {
  const edge = size - 2 * by;
  return [x - edge / 2, y - edge / 2, edge, edge];
}
