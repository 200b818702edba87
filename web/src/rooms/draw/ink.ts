/** Strokes on a canvas: what is already drawn stays, and only what is new is added. */

import { DRAWING } from "../../engine/bindings";
import type { Point } from "../../engine/reading";
import { clearCanvas } from "../../ui/canvas";

export type Strokes = readonly (readonly Point[])[];

/** As much of a stroke as is on the canvas. */
interface Drawn {
  readonly first: Point;
  last: Point;
  points: number;
}

/** The ink on the pad, which grows under the pen. */
export class Ink {
  readonly #canvas: HTMLCanvasElement;
  #look = "";
  #drawn: Drawn[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** Show these strokes on a pad of so many CSS pixels; draws no more than was not there before. */
  show(strokes: Strokes, size: number, colour: string): void {
    const look = `${size} ${window.devicePixelRatio} ${colour}`;
    const grown = look === this.#look && continues(strokes, this.#drawn);
    const context = grown ? this.#canvas.getContext("2d") : clearCanvas(this.#canvas, size, size);
    if (!context) return;
    this.#look = look;
    if (!grown) this.#drawn = [];
    for (const [place, stroke] of strokes.entries()) {
      const from = this.#drawn[place]?.points ?? 0;
      const [first] = stroke;
      const last = stroke.at(-1);
      if (!first || !last || from === stroke.length) continue;
      const added = stroke.slice(Math.max(0, from - 1));
      drawStrokes(context, [added], size / DRAWING.pad, DRAWING.pen, colour);
      this.#drawn[place] = { first, last, points: stroke.length };
    }
  }
}

/** Draw strokes; coordinates and the pen's radius are in units of `scale` CSS pixels. */
export function drawStrokes(
  context: CanvasRenderingContext2D,
  strokes: Strokes,
  scale: number,
  radius: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 2 * radius * scale;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) {
    const [first, ...rest] = stroke;
    if (!first) continue;
    context.beginPath();
    if (stroke.every(({ x, y }) => x === first.x && y === first.y)) {
      // A canvas draws nothing of a line without length.
      context.arc(first.x * scale, first.y * scale, radius * scale, 0, 2 * Math.PI);
      context.fill();
      continue;
    }
    context.moveTo(first.x * scale, first.y * scale);
    for (const { x, y } of rest) context.lineTo(x * scale, y * scale);
    context.stroke();
  }
}

/** Whether the strokes begin with all that is drawn. */
function continues(strokes: Strokes, drawn: readonly Drawn[]): boolean {
  return drawn.every(({ first, last, points }, place) => {
    const stroke = strokes[place] ?? [];
    return same(stroke[0], first) && same(stroke[points - 1], last);
  });
}

function same(one: Point | undefined, other: Point): boolean {
  return one !== undefined && one.x === other.x && one.y === other.y;
}
