/** A number changed by dragging up and down: fine with Shift, and Escape takes it back. */

import type { Attachment } from "svelte/attachments";

export interface Dragged {
  /** The number at the start; null where there is nothing to drag. */
  readonly start: (event: PointerEvent) => number | null;
  /** A number on the way; all of one drag have the same gesture. */
  readonly move: (value: number, gesture: object) => void;
  /** Escape was pressed: what the gesture has done is to be taken back. */
  readonly cancel: (gesture: object) => void;
  /** Pressed and let go without dragging. */
  readonly press?: (event: PointerEvent) => void;
}

/** Pixels until a press is a drag. */
const SLACK = 3;
/** Change for each pixel; of numbers beyond 1, in proportion. */
const STEP = 0.01;
const FINE = 0.1;
const DECIMALS = 4;

/** The number after some pixels upwards from where it was. */
export function draggedBy(value: number, pixels: number, from: number, fine: boolean): number {
  const step = STEP * Math.max(1, Math.abs(from)) * (fine ? FINE : 1);
  return Number((value + pixels * step).toFixed(DECIMALS));
}

/** Let the pointer drag numbers in an element; a finger on it scrolls as ever, unless its style forbids that. */
export function draggable(dragged: Dragged): Attachment<HTMLElement> {
  return (element) => {
    const listeners = new AbortController();
    const { signal } = listeners;
    element.addEventListener("pointerdown", (event) => begin(element, dragged, event), { signal });
    return () => listeners.abort();
  };
}

function begin(element: HTMLElement, dragged: Dragged, down: PointerEvent): void {
  const from = down.button === 0 && down.isPrimary ? dragged.start(down) : null;
  if (from === null) return;
  // Neither focus nor a selection of text.
  down.preventDefault();
  const gesture = {};
  const ends = new AbortController();
  const { signal } = ends;
  let value = from;
  let y = down.clientY;
  let drags = false;

  element.setPointerCapture(down.pointerId);
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", () => ends.abort(), { signal });
  window.addEventListener("keydown", key, { signal, capture: true });

  function move(event: PointerEvent): void {
    if (!drags && Math.abs(event.clientY - down.clientY) <= SLACK) return;
    drags = true;
    value = draggedBy(value, y - event.clientY, from ?? 0, event.shiftKey);
    y = event.clientY;
    dragged.move(value, gesture);
  }
  function up(event: PointerEvent): void {
    ends.abort();
    if (!drags) dragged.press?.(event);
  }
  function key(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    ends.abort();
    if (drags) dragged.cancel(gesture);
  }
}
