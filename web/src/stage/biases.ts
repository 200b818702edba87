/** Draw the biases: under each tile a bar from its middle, to the right for a positive bias, to the left for a negative one. */

import type { Frame, ParameterRef } from "../engine/frame";
import type { Pen } from "../ui/canvas";
import { strength, type EdgeColours } from "./edges";
import type { NetworkLayout, UnitPlace } from "./layout";

/** Pixels beyond the ends of a bar that still belong to it. */
const REACH = 4;

export function drawBiases(
  context: Pen,
  layout: NetworkLayout,
  frame: Frame,
  colours: EdgeColours,
): void {
  for (const [layer, units] of layersWithBars(layout)) {
    for (const place of units) {
      const { x } = place;
      const bias = frame.bias(layer, place.unit);
      const pixel = layout.rem / 16;
      const { top, half } = barOf(place, pixel);
      const length = half * strength(bias * 2);
      context.fillStyle = colours.hairline;
      context.fillRect(x - half, top + pixel, 2 * half, pixel);
      context.fillRect(x - 0.5, top - pixel, 1, 5 * pixel);
      context.fillStyle = bias < 0 ? colours.negative : colours.positive;
      context.fillRect(bias < 0 ? x - length : x, top, length, 3 * pixel);
    }
  }
}

/** The bias whose bar lies at a point of the picture. */
export function biasAt(layout: NetworkLayout, x: number, y: number): ParameterRef | null {
  const pixel = layout.rem / 16;
  for (const [layer, units] of layersWithBars(layout)) {
    for (const place of units) {
      const { top, half } = barOf(place, pixel);
      const high = y > top - 3 * pixel && y < top + 7 * pixel;
      if (high && Math.abs(x - place.x) <= half + REACH) {
        return { layer, unit: place.unit, input: null };
      }
    }
  }
  return null;
}

function barOf({ y, size }: UnitPlace, pixel: number): { top: number; half: number } {
  return { top: y + size / 2 + 4 * pixel, half: size * 0.36 };
}

/** In the grid of an opened layer there is no room below the tiles. */
function layersWithBars(layout: NetworkLayout): [number, readonly UnitPlace[]][] {
  return layout.columns
    .slice(1)
    .map(({ hidden, fold, units }, layer): [number, readonly UnitPlace[]] => [
      layer,
      hidden === 0 && fold !== null ? [] : units,
    ]);
}
