/** Keys that work anywhere on the page, unless something that uses the key itself has the focus. */

import type { Drawings } from "./state/drawings.svelte";
import type { Rooms } from "./state/rooms.svelte";
import type { Session } from "./state/session.svelte";
import { rootOf, targetOf } from "./ui/root";

export interface Shortcut {
  readonly keys: readonly string[];
  /** The key as it is written. */
  readonly shown: string;
  readonly does: string;
  readonly control?: boolean;
  readonly shift?: boolean;
  readonly run: (key: string) => void;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

/** The keys of the room that is open. */
export function shortcutsIn({ room, drawings, session }: Rooms): readonly Shortcut[] {
  return room === "draw" && drawings ? drawShortcuts(drawings) : shapesShortcuts(session);
}

/** Do what a key press asks for; `single` says whether keys alone may ask for something. */
export function press(shortcuts: readonly Shortcut[], event: KeyboardEvent, single: boolean): void {
  const shortcut = shortcutFor(shortcuts, event);
  if (!shortcut || (!shortcut.control && !single)) return;
  event.preventDefault();
  shortcut.run(event.key.toLowerCase());
}

/** The keys of the room Shapes. */
export function shapesShortcuts(session: Session): readonly Shortcut[] {
  return [
    { keys: [" "], shown: "Space", does: "Play or pause", run: () => session.player.toggle() },
    { keys: ["s"], shown: "S", does: "One update", run: () => session.player.step() },
    { keys: ["t"], shown: "T", does: "Ten updates", run: () => session.player.times(10) },
    { keys: ["e"], shown: "E", does: "One epoch", run: () => session.player.epoch() },
    ...starts(session),
    { keys: ["d"], shown: "D", does: "New data", run: () => session.newData() },
    ...undoing(session),
  ];
}

/** The keys of the room Draw. */
export function drawShortcuts(drawings: Drawings): readonly Shortcut[] {
  const { session, names } = drawings;
  return [
    { keys: [" "], shown: "Space", does: "Play or pause", run: () => session.player.toggle() },
    { keys: ["t"], shown: "T", does: "Train on this drawing", run: () => drawings.teach(1) },
    { keys: ["x"], shown: "X", does: "Train on it ten times", run: () => drawings.teach(10) },
    { keys: ["m"], shown: "M", does: "Switch the mode", run: () => drawings.switchMode() },
    { keys: ["c"], shown: "C", does: "Clear the pad", run: () => drawings.clear() },
    {
      keys: DIGITS.slice(0, Math.max(names.length, names.some(isDigit) ? DIGITS.length : 0)),
      shown: names.length < DIGITS.length ? `1–${names.length}` : "1–9 0",
      does: "Say which character the drawing is",
      run: (key) => {
        const label = classOf(key, names);
        if (label < names.length) drawings.say(label);
      },
    },
    { keys: ["e"], shown: "E", does: "One epoch over the tray", run: () => session.player.epoch() },
    ...starts(session),
    ...undoing(session),
  ];
}

/** The class that a digit stands for: the one of that name, else the one at that place. */
export function classOf(key: string, names: readonly string[]): number {
  const named = names.indexOf(key);
  return named >= 0 ? named : DIGITS.indexOf(key);
}

function starts(session: Session): Shortcut[] {
  return [
    { keys: ["i"], shown: "I", does: "Look inside", run: () => session.inside.toggle() },
    {
      keys: ["r"],
      shown: "R",
      does: "Reset: the same start again",
      run: () => session.weights.reset(),
    },
    { keys: ["w"], shown: "W", does: "New weights", run: () => session.newWeights() },
    {
      keys: ["b"],
      shown: "B",
      does: "Bookmark this moment",
      run: () => session.travels.bookmark(),
    },
  ];
}

function undoing(session: Session): Shortcut[] {
  const key = { keys: ["z"], control: true };
  return [
    { ...key, shown: "Ctrl Z", does: "Undo", run: () => session.history.undo() },
    { ...key, shift: true, shown: "Ctrl Shift Z", does: "Redo", run: () => session.history.redo() },
  ];
}

function isDigit(name: string): boolean {
  return DIGITS.includes(name);
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
function shortcutFor(shortcuts: readonly Shortcut[], event: KeyboardEvent): Shortcut | undefined {
  const target = targetOf(event);
  if (event.defaultPrevented || event.altKey || takesText(target)) return undefined;
  if (target instanceof Node && rootOf(target).querySelector("dialog:modal")) return undefined;
  if (event.key === " " && takesSpace(target)) return undefined;
  const control = event.ctrlKey || event.metaKey;
  return shortcuts.find(
    (shortcut) =>
      shortcut.keys.includes(event.key.toLowerCase()) &&
      (shortcut.control ?? false) === control &&
      (!control || (shortcut.shift ?? false) === event.shiftKey),
  );
}
