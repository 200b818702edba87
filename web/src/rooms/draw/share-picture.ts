/** Draw each pixel's share: colour by its size and sign, and the sign itself for eyes that do not tell the colours. */

import type { Reading } from "../../engine/reading";
import { colourOf } from "../../state/colours";
import type { Colours } from "../../ui/theme.svelte";
import { fullShare } from "./shares";

/** Shares that are shown as 0.00 have no sign. */
const LEAST = 0.005;
/** On smaller cells (px) only the minus is drawn: its absence says plus. */
const ROOM_FOR_PLUS = 9;
/** Opacity of the signs, as hexadecimal digits. */
const SIGN = "b0";

export function drawShares(
  context: CanvasRenderingContext2D,
  { bits, grid, on, why }: Reading,
  size: number,
  palette: Uint32Array,
  colours: Colours,
): void {
  const full = fullShare(why, on);
  const edge = size / grid;
  const rim = Math.min(1, edge / 12);
  const arm = Math.max(1, edge * 0.16);
  const thickness = Math.max(1, edge * 0.06);
  for (let cell = 0; cell < bits.length; cell++) {
    const share = why.shares[cell] ?? 0;
    if (bits[cell] !== 1 || !Number.isFinite(share)) continue;
    const x = (cell % grid) * edge;
    const y = Math.floor(cell / grid) * edge;
    context.fillStyle = colourOf(palette, share, -full, full);
    context.fillRect(x, y, edge, edge);
    // A rim, so that the drawing is still seen where it says nothing.
    context.strokeStyle = colours.hairline;
    context.lineWidth = rim;
    context.strokeRect(x + rim / 2, y + rim / 2, edge - rim, edge - rim);
    if (Math.abs(share) < LEAST) continue;
    context.fillStyle = `${colours.ink}${SIGN}`;
    const middle = { x: x + edge / 2, y: y + edge / 2 };
    if (share < 0 || edge >= ROOM_FOR_PLUS) {
      context.fillRect(middle.x - arm, middle.y - thickness / 2, 2 * arm, thickness);
    }
    if (share > 0 && edge >= ROOM_FOR_PLUS) {
      const length = arm - thickness / 2;
      context.fillRect(middle.x - thickness / 2, middle.y - arm, thickness, length);
      context.fillRect(middle.x - thickness / 2, middle.y + thickness / 2, thickness, length);
    }
  }
}
