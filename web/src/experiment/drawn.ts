/** Experiments with drawings: their lists, and what may be done to a draft of them. */

import type { Data, Experiment, Grid } from "./experiment";
import { settingAt } from "./settings";
import { splitRows } from "./split";

/** Data of drawings with every list in its place. */
export interface Drawn extends Data {
  drawings: string[];
  targets: number[];
  class_names: string[];
  held_out: number[];
}

export interface Drawing {
  readonly text: string;
  readonly label: number;
  readonly heldOut: boolean;
}

/** The grids that there are, by their cells along each side. */
export const GRIDS = (settingAt("data.grid").numbers ?? []) as readonly Grid[];
export const MOST_CLASSES = settingAt("data.class_names").most ?? 0;
export const FEWEST_CLASSES = 2;
export const LONGEST_NAME = settingAt("data.class_names").longest ?? 0;
export const LONGEST_DRAWING = settingAt("data.drawings").longest ?? 0;

export function isDrawn({ data }: Experiment): boolean {
  return data.drawings !== null;
}

/** Why nothing can be trained, in a sentence; empty where it can. */
export function whyIdle({ data }: Experiment): string {
  if (data.points?.length === 0)
    return "There is nothing to train on yet: put points on the plane.";
  if (data.drawings === null) return "";
  if (data.drawings.length === 0)
    return "There is nothing to train on yet: draw a character, then press Train or say what it is.";
  return data.held_out?.length === data.drawings.length
    ? "Every drawing is held out for testing; at least one is needed to train on."
    : "";
}

/** The same experiment with every list written out: nothing is held out by chance, and each class has a name. */
export function completed(experiment: Experiment): Experiment {
  const { data } = experiment;
  const held_out = data.held_out ?? splitRows(data).heldOut;
  const class_names = data.class_names ?? Array.from({ length: data.classes }, (_, k) => String(k));
  return { ...experiment, data: { ...data, held_out, class_names } };
}

/** The data of an experiment that is `completed`. */
export function drawnOf({ data }: Experiment): Drawn {
  return data as Drawn;
}

export function drawingsOf(data: Drawn): Drawing[] {
  const heldOut = new Set(data.held_out);
  return data.drawings.map((text, row) => ({
    text,
    label: data.targets[row] ?? 0,
    heldOut: heldOut.has(row),
  }));
}

export function setDrawings(data: Drawn, drawings: readonly Drawing[]): void {
  data.drawings = drawings.map(({ text }) => text);
  data.targets = drawings.map(({ label }) => label);
  data.held_out = [...drawings.keys()].filter((row) => drawings[row]?.heldOut);
}

/** Put a drawing at the end. */
export function addDrawing(data: Drawn, text: string, label: number): void {
  data.drawings.push(text);
  data.targets.push(label);
}

export function removeDrawing(data: Drawn, row: number): void {
  setDrawings(data, drawingsOf(data).toSpliced(row, 1));
}

export function holdOut(data: Drawn, row: number, heldOut: boolean): void {
  const others = data.held_out.filter((other) => other !== row);
  data.held_out = heldOut ? [...others, row].sort((a, b) => a - b) : others;
}

/**
 * Other classes in place of the present ones; drawings go with the name of their class, those without one are gone.
 * Returns how many.
 */
export function setClasses(data: Drawn, names: readonly string[]): number {
  const before = drawingsOf(data);
  const places = data.class_names.map((name) => names.indexOf(name));
  const stay = before
    .map((drawing) => ({ ...drawing, label: places[drawing.label] ?? -1 }))
    .filter(({ label }) => label >= 0);
  setDrawings(data, stay);
  data.class_names = [...names];
  data.classes = names.length;
  return before.length - stay.length;
}
