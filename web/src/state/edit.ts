/** One step that can be undone, with the weights that it cost. */

import type { Moment } from "../engine/moment";
import type { RunChange, RunState } from "../engine/protocol";
import type { Experiment } from "../experiment/experiment";
import type { Step } from "../experiment/undo";
import type { CurvePoint } from "./curve";
import type { PadState } from "./pad-state";

/** A moment of a run that can be brought back. */
export interface Saved {
  /** Null where the engine has to compute it again from its history. */
  readonly state: RunState | null;
  readonly curve: readonly CurvePoint[];
  /** Where it is in the engine's history; null where it is of another engine. */
  readonly moment: Moment | null;
}

/** What a person has set and drawn. */
export interface Made {
  readonly experiment: Experiment;
  readonly pad: PadState;
}

export class Edit implements Step {
  readonly label: string;
  readonly before: Made;
  after: Made;
  /** When it was last extended, in milliseconds. */
  at: number;
  /** What of the hand it belongs to, if the hand still holds something. */
  readonly gesture: object | null;
  /** Whether it is nothing to the run: only the pad was changed. */
  isOfThePad = false;
  /** The moments before and after it, where it is an event of the run that keeps the weights. */
  event: Pick<RunChange, "before" | "moment"> | null = null;
  /** Whether weights were replaced, so that undo and redo have to bring them back. */
  replacesWeights = false;
  /** What was there before the step, for undo. */
  lost: Saved | null = null;
  /** What was there before it was undone, for redo. */
  regained: Saved | null = null;

  constructor(label: string, before: Made, after: Made, at: number, gesture: object | null = null) {
    this.label = label;
    this.before = before;
    this.after = after;
    this.at = at;
    this.gesture = gesture;
  }

  get bytes(): number {
    return (this.lost?.state?.byteLength ?? 0) + (this.regained?.state?.byteLength ?? 0);
  }

  forget(): void {
    this.lost &&= withoutState(this.lost);
    this.regained &&= withoutState(this.regained);
  }
}

function withoutState({ moment }: Saved): Saved {
  return { state: null, curve: [], moment };
}
