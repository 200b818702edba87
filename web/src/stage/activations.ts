/** Draw what the hidden units say to the drawing at hand: a dot at the side where their edges leave. */

import type { Reading } from "../engine/reading";
import type { Pen } from "../ui/canvas";
import { strength, type EdgeColours } from "./edges";
import type { NetworkLayout, UnitPlace } from "./layout";

/** How far a dot is filled by an activation: 0 for 0, towards 1. */
export function fullness(activation: number): number {
  return strength(activation * 3);
}

/** A positive activation fills its dot from the middle, a negative one from the rim. */
export function drawActivations(
  context: Pen,
  layout: NetworkLayout,
  reading: Reading,
  colours: EdgeColours & { readonly card: string; readonly soft: string },
): void {
  layout.columns.slice(1, -1).forEach(({ units }, layer) => {
    const activations = reading.activations[layer + 1];
    for (const place of units) {
      drawDot(context, place, activations?.[place.unit] ?? 0, layout.rem, colours);
    }
  });
}

function drawDot(
  context: Pen,
  { x, y, size }: UnitPlace,
  activation: number,
  rem: number,
  colours: EdgeColours & { readonly card: string; readonly soft: string },
): void {
  const radius = Math.min(0.34 * rem, Math.max(2, size * 0.13));
  const share = fullness(activation);
  disc(context, x + size / 2, y, radius, activation < 0 ? colours.negative : colours.card);
  const inner = activation < 0 ? 1 - share : share;
  disc(context, x + size / 2, y, radius * inner, activation < 0 ? colours.card : colours.positive);
  context.strokeStyle = colours.soft;
  context.lineWidth = Math.max(0.75, rem / 16);
  context.beginPath();
  context.arc(x + size / 2, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

function disc(context: Pen, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
