/** What the stage has to know of drawings: names of pixels, what is read at present, whether there is one to train on. */

import type { Reading } from "../engine/reading";
import type { Experiment } from "../experiment/experiment";

export function ofDrawings({ data }: Experiment): boolean {
  return data.drawings !== null;
}

/** Pixels along the edge of the bitmap that so many inputs make up; 0 if they are no drawing's. */
export function gridOf(experiment: Experiment, inputs: number): number {
  const { grid } = experiment.data;
  return ofDrawings(experiment) && grid ** 2 === inputs ? grid : 0;
}

/** "row 2, column 3" */
export function pixelName(grid: number, pixel: number): string {
  return `row ${Math.floor(pixel / grid) + 1}, column ${(pixel % grid) + 1}`;
}

/** The reading if it is of a network of this shape: for a moment after a change it is still of the one before. */
export function suited(reading: Reading | null, widths: readonly number[]): Reading | null {
  return reading?.activations.map(({ length }) => length).join() === widths.join() ? reading : null;
}

/** Why nothing can be trained, in a sentence; empty where it can. */
export function whyIdle({ data }: Experiment): string {
  if (data.drawings === null) return "";
  if (data.drawings.length === 0) return "Draw and train or label something first.";
  return data.held_out?.length === data.drawings.length
    ? "Every drawing is held out for testing; at least one is needed to train on."
    : "";
}
