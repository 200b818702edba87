/** Samples that are marked wherever samples are shown: those in one cell of the confusion matrix. */

import type { Part } from "../engine/stopping";

/** A cell of the confusion matrix of one part of the samples. */
export interface Cell {
  readonly part: Part;
  /** True class. */
  readonly actual: number;
  /** The class that the network takes them for. */
  readonly predicted: number;
}

/** What the marks need of a frame. */
interface Classified {
  readonly samples: number;
  readonly trainSamples: number;
  readonly values: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
}

export class Marks {
  /** The cell whose samples are marked; null for none. */
  cell = $state.raw<Cell | null>(null);

  /** Mark the samples of a cell; those of the one that is marked already are let go. */
  toggle(cell: Cell): void {
    this.cell = this.cell && sameCell(this.cell, cell) ? null : cell;
  }
  clear(): void {
    this.cell = null;
  }
}

export function sameCell(a: Cell, b: Cell): boolean {
  return a.part === b.part && a.actual === b.actual && a.predicted === b.predicted;
}

/** Rows of the samples in a cell, those trained on counted first. */
export function rowsIn({ part, actual, predicted }: Cell, frame: Classified): number[] {
  const first = part === "train" ? 0 : frame.trainSamples;
  const end = part === "train" ? frame.trainSamples : frame.samples;
  const rows: number[] = [];
  for (let row = first; row < end; row++) {
    if (frame.values[row] === actual && frame.predicted[row] === predicted) rows.push(row);
  }
  return rows;
}
