/** What is found to be the matter with a run, and what it is found by. */

import type { Frame } from "../../engine/frame";
import type { UnitSurvey } from "../../engine/survey";
import type { Experiment } from "../../experiment/experiment";
import type { CurvePoint } from "../../state/curve";

export interface Evidence {
  readonly frame: Frame;
  readonly experiment: Experiment;
  /** Mean loss on the training samples before the first update; null where that was not seen. */
  readonly startLoss: number | null;
  /** The moments since the settings were last changed; what was before says nothing of them. */
  readonly curve: readonly CurvePoint[];
  /** How each hidden unit is used; null where that is not known. */
  readonly survey: readonly UnitSurvey[] | null;
}

/** A change that helps, to be made and undone as one. */
export interface NextStep {
  /** What the button says. */
  readonly words: string;
  /** What undo calls it. */
  readonly label: string;
  readonly mutate: (draft: Experiment) => void;
}

export interface Finding {
  readonly id:
    | "diverging"
    | "dead"
    | "saturated"
    | "slow"
    | "unbalanced"
    | "stuck"
    | "few samples"
    | "over-fitting";
  /** The field's name for it. */
  readonly name: string;
  /** One sentence with the numbers that show it. */
  readonly evidence: string;
  /** Null where only the visitor can do it, which the evidence then says. */
  readonly step: NextStep | null;
}

/** A rule finds one thing, or nothing. */
export type Rule = (evidence: Evidence) => Finding | null;
