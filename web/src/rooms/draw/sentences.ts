/** What to do next, in one sentence that follows the pad and the mode. */

import type { Drawings } from "../../state/drawings.svelte";

/** The name of a character in a sentence: "an X", "a 7", "“cat”". */
export function named(name: string): string {
  if (!/^[A-Za-z0-9]$/.test(name)) return `“${name}”`;
  return `${/[AEFHILMNORSX8]/i.test(name) ? "an" : "a"} ${name}`;
}

/** The class that comes after this one, round and round. */
export function following(label: number, { names }: Pick<Drawings, "names">): string {
  return names[(label + 1) % names.length] ?? "";
}

export function instruction(drawings: Drawings): string {
  const { names, mode, text, row, label, kept } = drawings;
  if (drawings.reader === null) return "Loading the engine…";
  const next = named(names[mode] ?? "");
  if (text === "") return `Draw ${next}, then press Train.`;
  const it = named(names[label] ?? "");
  if (row === null) return `Press Train to teach it as ${it}.`;
  if (kept[row]?.heldOut) return `Held out for testing as ${it}.`;
  if (mode === label) return `Kept as ${it}. Switch to ${following(label, drawings)}.`;
  return `Kept as ${it}. Draw ${next} next.`;
}
