/** How pointers and keys move the pen over the pad. */

import { DRAWING } from "../../engine/bindings";
import type { Point } from "../../engine/reading";
import { ARROWS } from "../../ui/arrows";
import { clamp } from "../../ui/scale";

const PAD = DRAWING.pad;
/** How far one key press goes, in pad units; and with Shift. */
const STEP = PAD / 32;
const LONG_STEP = PAD / 8;

/** Arrow keys, and the four keys that lie at the corners of the number pad. */
const MOVES: typeof ARROWS = {
  ...ARROWS,
  Home: [-1, -1],
  PageUp: [1, -1],
  End: [-1, 1],
  PageDown: [1, 1],
};

/** The way of a pointer since its last event, in pad units; all of it, also between two pictures. */
export function pointsOf(event: PointerEvent, box: DOMRect): Point[] {
  // Safari has them since version 18.2.
  const coalesced = "getCoalescedEvents" in event ? event.getCoalescedEvents() : [];
  return (coalesced.length > 0 ? coalesced : [event]).map(({ clientX, clientY }) => ({
    x: onPad(((clientX - box.left) / box.width) * PAD),
    y: onPad(((clientY - box.top) / box.height) * PAD),
  }));
}

/** Where a key leads, or null for a key that does not move. */
export function moved({ x, y }: Point, { key, shiftKey }: KeyboardEvent): Point | null {
  const move = MOVES[key];
  if (!move) return null;
  const step = shiftKey ? LONG_STEP : STEP;
  return { x: onPad(x + move[0] * step), y: onPad(y + move[1] * step) };
}

function onPad(coordinate: number): number {
  return clamp(coordinate, 0, PAD - 1);
}
