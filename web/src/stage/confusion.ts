/** The confusion matrix as a table: the engine's counts, and the words for each cell. */

import type { Frame } from "../engine/frame";
import type { Part } from "../engine/stopping";
import type { Cell } from "../state/marks.svelte";
import { count } from "../ui/format";

export interface Counted extends Cell {
  readonly count: number;
  /** Share of the samples of its true class. */
  readonly share: number;
}

/** A row for each true class, a column for each class that the network names. */
export function matrixOf(frame: Frame, part: Part): Counted[][] {
  const { classes } = frame;
  const all = part === "train" ? frame.trainConfusion : frame.testConfusion;
  return Array.from({ length: classes }, (_, actual) => {
    const row = all.subarray(actual * classes, (actual + 1) * classes);
    const total = row.reduce((sum, each) => sum + each, 0);
    return Array.from(row, (each, predicted) => ({
      part,
      actual,
      predicted,
      count: each,
      share: total === 0 ? 0 : each / total,
    }));
  });
}

/** "3 training samples of X taken for O" */
export function cellWords(
  { part, actual, predicted }: Cell,
  samples: number,
  names: readonly string[],
): string {
  const which = `${part === "train" ? "training" : "test"} ${samples === 1 ? "sample" : "samples"}`;
  const start = `${count(samples)} ${which} of ${names[actual] ?? actual}`;
  return actual === predicted
    ? `${start} put right`
    : `${start} taken for ${names[predicted] ?? predicted}`;
}
