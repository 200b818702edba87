/** A strip along which a pointer reads off while it hovers, and drags what the strip is a scale of. */

import type { Attachment } from "svelte/attachments";

export interface Scrubbed {
  /** The pointer is here, in pixels from the left; null when it has gone. */
  readonly hover: (x: number | null) => void;
  /** The pointer has been put down, or moves while it is; nothing has been decided yet. */
  readonly drag: (x: number) => void;
  /** The pointer has been lifted here. */
  readonly drop: (x: number) => void;
  /** What was dragged is to go back: Escape was pressed, or the finger turned out to scroll. */
  readonly cancel: () => void;
}

/** Pixels until a finger drags along the strip: it may be about to scroll across it. */
const SLACK = 6;

export function scrubbable(scrubbed: Scrubbed): Attachment<HTMLElement> {
  return (element) => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const place = ({ clientX }: PointerEvent): number =>
      clientX - element.getBoundingClientRect().left;
    let down: { readonly x: number; readonly id: number } | null = null;
    let drags = false;

    function start(event: PointerEvent): void {
      if (event.button !== 0 || !event.isPrimary) return;
      down = { x: place(event), id: event.pointerId };
      drags = event.pointerType !== "touch";
      element.setPointerCapture(event.pointerId);
      if (drags) scrubbed.drag(down.x);
    }
    function move(event: PointerEvent): void {
      const x = place(event);
      if (!down) {
        scrubbed.hover(x);
      } else if (event.pointerId === down.id) {
        drags ||= Math.abs(x - down.x) > SLACK;
        if (drags) scrubbed.drag(x);
      }
    }
    function lift(event: PointerEvent): void {
      if (event.pointerId !== down?.id) return;
      down = null;
      scrubbed.drop(place(event));
    }
    function cancel(): void {
      if (!down) return;
      down = null;
      if (drags) scrubbed.cancel();
    }
    function key(event: KeyboardEvent): void {
      if (event.key !== "Escape" || !down) return;
      event.preventDefault();
      event.stopPropagation();
      cancel();
    }

    element.addEventListener("pointerdown", start, { signal });
    element.addEventListener("pointermove", move, { signal });
    element.addEventListener("pointerup", lift, { signal });
    element.addEventListener("pointercancel", cancel, { signal });
    element.addEventListener(
      "pointerleave",
      () => {
        if (!down) scrubbed.hover(null);
      },
      { signal },
    );
    window.addEventListener("keydown", key, { signal, capture: true });
    return () => {
      listeners.abort();
    };
  };
}
