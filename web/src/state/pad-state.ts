/** What lies on the drawing pad: kept over reload, and undone and redone along with the experiment. */

import type { Experiment } from "../experiment/experiment";

export interface PadState {
  /** The drawing as text; empty for an empty pad. */
  readonly text: string;
  /** Where the drawing is among those of the experiment; null before it has a label. */
  readonly row: number | null;
  /** Label of the drawing to come. */
  readonly mode: number;
  /** The mode in which the drawing on the pad was begun: what it is, as long as nobody says otherwise. */
  readonly meant: number;
}

export const EMPTY_PAD: PadState = { text: "", row: null, mode: 0, meant: 0 };

/** The pad beside an experiment: what the experiment does not know goes. */
export function besides(pad: PadState, { data }: Experiment): PadState {
  const known = pad.row !== null && data.drawings?.[pad.row] === pad.text;
  const row = known ? pad.row : null;
  const last = Math.max(0, data.classes - 1);
  const [mode, meant] = [Math.min(pad.mode, last), Math.min(pad.meant, last)];
  const suited = { text: pad.text, row, mode, meant };
  return samePad(pad, suited) ? pad : suited;
}

/** The pad after a change: a drawing that begins is meant as what the mode says at that moment. */
export function changed(pad: PadState, change: Partial<PadState>): PadState {
  const after = { ...pad, ...change };
  const goesOn = pad.text !== "" && pad.row === null;
  return goesOn || after.row !== null ? after : { ...after, meant: after.mode };
}

export function samePad(a: PadState, b: PadState): boolean {
  return a.text === b.text && a.row === b.row && a.mode === b.mode && a.meant === b.meant;
}

/** The pad when some of the drawings that are kept go: with one of them, its drawing goes from the pad. */
export function without(
  pad: PadState,
  rows: readonly unknown[],
  isGone: (row: number) => boolean,
): PadState {
  const { row } = pad;
  if (row === null) return pad;
  if (isGone(row)) return { ...pad, text: "", row: null };
  const goneBefore = [...rows.keys()].filter((other) => other < row && isGone(other)).length;
  return { ...pad, row: row - goneBefore };
}

/** The pad that was kept in the browser; whatever does not suit is left out. */
export function readPad(kept: string, isDrawing: (text: string) => boolean): PadState {
  try {
    const { text, row, mode, meant } = { ...(JSON.parse(kept) as object) } as Record<
      string,
      unknown
    >;
    return {
      text: typeof text === "string" && isDrawing(text) ? text : "",
      row: isIndex(row) ? row : null,
      mode: isIndex(mode) ? mode : 0,
      meant: isIndex(meant) ? meant : 0,
    };
  } catch {
    return EMPTY_PAD;
  }
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
