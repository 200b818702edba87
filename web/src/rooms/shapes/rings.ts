/** Draw rings around samples of the plane. */

import type { Frame } from "../../engine/frame";
import type { Colours } from "../../ui/theme.svelte";

/** Pixels from the middle of a sample, on a plane of 350 pixels. */
const RADIUS = 8;

export function drawRings(
  context: CanvasRenderingContext2D,
  { points, plane }: Frame,
  rows: readonly number[],
  size: number,
  { glow, ink }: Colours,
): void {
  const radius = Math.max(6, (size / 350) * RADIUS);
  const across = size / (plane.high - plane.low);
  for (const [width, colour] of [
    [4, ink],
    [2.5, glow],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    for (const row of rows) {
      const x = ((points[2 * row] ?? 0) - plane.low) * across;
      const y = (plane.high - (points[2 * row + 1] ?? 0)) * across;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.stroke();
    }
  }
}
