/** Draw the biases: under each tile a bar from its middle, to the right for a positive bias, to the left for a negative one. */

import type { Frame } from "../engine/frame";
import { strength, type EdgeColours } from "./edges";
import type { NetworkLayout } from "./layout";

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
