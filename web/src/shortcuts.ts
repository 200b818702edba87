/** Keys that work anywhere on the page, unless something that uses the key itself has the focus. */

export interface Shortcut {
  readonly key: string;
  /** The key as it is written. */
  readonly shown: string;
  readonly does: string;
  readonly control?: boolean;
  readonly shift?: boolean;
  readonly run: () => void;
}

/** Whether the focused element takes characters itself. */
function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.matches("input:not([type=range], [type=radio], [type=checkbox]), select, textarea")
  );
}

/** Whether the focused element does something of its own with the space bar. */
function takesSpace(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("button, a, label, summary, select, input") !== null
  );
}

/** The shortcut that a key press asks for. */
export function shortcutFor(
  shortcuts: readonly Shortcut[],
  event: KeyboardEvent,
): Shortcut | undefined {
  if (event.defaultPrevented || event.altKey || takesText(event.target)) return undefined;
  if (document.querySelector("dialog[open]")) return undefined;
  if (event.key === " " && takesSpace(event.target)) return undefined;
  const control = event.ctrlKey || event.metaKey;
  return shortcuts.find(
    (shortcut) =>
      shortcut.key === event.key.toLowerCase() &&
      (shortcut.control ?? false) === control &&
      (!control || (shortcut.shift ?? false) === event.shiftKey),
  );
}
