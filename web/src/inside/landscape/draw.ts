/** Draws the picture: bands of colour between contour lines, by d3-contour through the engine's losses, and the path. */

import { contours } from "d3-contour";
import type { Landscape, LossGrid } from "../../engine/landscape";
import { mixed, type Colours } from "../../ui/theme.svelte";

/** Shares of the theme's blue in the lowest and in the highest band. */
const PALEST = 0.04;
const STRONGEST = 0.82;
const LINE = 0.4;
const HERE = 5;
const START = 4;

/** One colour more than there are levels, from low losses to high ones. */
export function bandsOf(levels: readonly number[], colours: Colours): readonly string[] {
  return Array.from({ length: levels.length + 1 }, (_, band) =>
    mixed(
      colours.card,
      colours.positive,
      PALEST + (STRONGEST - PALEST) * (band / Math.max(1, levels.length)),
    ),
  );
}

export function drawLosses(
  context: CanvasRenderingContext2D,
  grid: LossGrid,
  levels: readonly number[],
  colours: Colours,
  size: number,
): void {
  const [lowest = colours.card, ...bands] = bandsOf(levels, colours);
  context.fillStyle = lowest;
  context.fillRect(0, 0, size, size);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1;
  // What is not finite lies above every level.
  const losses = Array.from(grid.losses, (loss) => (Number.isFinite(loss) ? loss : Infinity));
  const lines = contours().size([grid.resolution, grid.resolution]);
  levels.forEach((level, place) => {
    const path = new Path2D();
    for (const ring of lines.contour(losses, level).coordinates.flat()) {
      trace(path, ring, grid.resolution, size);
    }
    context.fillStyle = bands[place] ?? lowest;
    context.fill(path, "evenodd");
    context.globalAlpha = LINE;
    context.stroke(path);
    context.globalAlpha = 1;
  });
}

/** d3 has the middle of the first cell at ½; here it is the edge of the picture, and rows go up. */
function trace(
  path: Path2D,
  ring: readonly (readonly number[])[],
  resolution: number,
  size: number,
): void {
  for (const [k, [x = 0, y = 0]] of ring.entries()) {
    const across = ((x - 0.5) / (resolution - 1)) * size;
    const down = size - ((y - 0.5) / (resolution - 1)) * size;
    if (k === 0) path.moveTo(across, down);
    else path.lineTo(across, down);
  }
  path.closePath();
}

/** The way of the run, with its start and where it is now. */
export function drawPath(
  context: CanvasRenderingContext2D,
  { path, request }: Landscape,
  colours: Colours,
  size: number,
): void {
  const place = (coordinate = 0): number => ((coordinate / request.reach + 1) / 2) * size;
  const points = Array.from({ length: path.length / 2 }, (_, k): readonly [number, number] => [
    place(path[2 * k]),
    size - place(path[2 * k + 1]),
  ]);
  context.lineJoin = "round";
  for (const [width, colour] of [
    [4.5, colours.card],
    [2, colours.ink],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    for (const [x, y] of points) context.lineTo(x, y);
    context.stroke();
  }
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  const [[x, y] = [0, 0]] = points;
  if (points.length > 1) {
    context.fillStyle = colours.card;
    context.fillRect(x - START, y - START, 2 * START, 2 * START);
    context.strokeRect(x - START, y - START, 2 * START, 2 * START);
  }
  context.fillStyle = colours.glow;
  context.beginPath();
  context.arc(size / 2, size / 2, HERE, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}
