/**
 * Words that appear beside an element while it is pointed at or focused by keyboard.
 *
 * The element itself has to carry the same words for screen readers (aria-describedby). Escape hides
 * them; a touch of words, not of a control, shows them until the next touch.
 */

import type { Attachment } from "svelte/attachments";
import { endOf, targetOf } from "./root";

const DELAY = 350;
const MARGIN = 8;
const CONTROLS = "button, input, select, label:has(> input)";

/** Show `text()` for the element, or for those of its children that take the focus. */
export function explain(text: () => string): Attachment<HTMLElement> {
  return (element) => {
    let bubble: HTMLElement | null = null;
    let timer = 0;

    function show(): void {
      const words = text();
      if (bubble !== null || words === "") return;
      bubble = document.createElement("div");
      bubble.className = "tooltip";
      // Above whatever else there is, whatever it lies in.
      bubble.popover = "manual";
      bubble.setAttribute("aria-hidden", "true");
      bubble.textContent = words;
      (element.closest("dialog, [popover]") ?? endOf(element)).append(bubble);
      bubble.showPopover();
      place(bubble, element);
    }
    function hide(): void {
      clearTimeout(timer);
      bubble?.remove();
      bubble = null;
    }
    function enter(event: PointerEvent): void {
      if (event.pointerType === "mouse") timer = window.setTimeout(show, DELAY);
    }
    function leave(event: PointerEvent): void {
      if (event.pointerType === "mouse") hide();
    }
    function pressAnywhere(event: PointerEvent): void {
      hide();
      const target = targetOf(event);
      const isHere = target instanceof Element && element.contains(target);
      if (event.pointerType === "mouse" || !isHere) return;
      if (target.closest(CONTROLS) === null) show();
    }
    function focus(event: FocusEvent): void {
      if (event.target instanceof Element && event.target.matches(":focus-visible")) show();
    }
    function key(event: KeyboardEvent): void {
      if (event.key === "Escape") hide();
    }

    const listeners = new AbortController();
    const { signal } = listeners;
    element.addEventListener("pointerenter", enter, { signal });
    element.addEventListener("pointerleave", leave, { signal });
    element.addEventListener("focusin", focus, { signal });
    element.addEventListener("focusout", hide, { signal });
    document.addEventListener("pointerdown", pressAnywhere, { signal });
    document.addEventListener("keydown", key, { signal });
    document.addEventListener("scroll", hide, { signal, capture: true, passive: true });
    return () => {
      hide();
      listeners.abort();
    };
  };
}

/** Above the element if there is room, else below it; never beyond the window. */
function place(bubble: HTMLElement, element: HTMLElement): void {
  const target = element.getBoundingClientRect();
  const { width, height } = bubble.getBoundingClientRect();
  const above = target.top - height - MARGIN;
  const left = target.left + target.width / 2 - width / 2;
  const rightmost = document.documentElement.clientWidth - width - MARGIN;
  bubble.style.top = `${above >= MARGIN ? above : target.bottom + MARGIN}px`;
  bubble.style.left = `${Math.max(MARGIN, Math.min(left, rightmost))}px`;
}
