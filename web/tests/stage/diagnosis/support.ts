/** Evidence from the real engine: a run of so many epochs, seen after each. */

import type { Frame } from "../../../src/engine/frame";
import { surveyed } from "../../../src/engine/survey";
import { checked } from "../../../src/experiment/check";
import type { Experiment } from "../../../src/experiment/experiment";
import { sourceOf } from "../../../src/experiment/source";
import type { Evidence } from "../../../src/stage/diagnosis/finding";
import { curvePoint, extendCurve, type CurvePoint } from "../../../src/state/curve";
import { Talk, loadEngine } from "../../engine/support";

/** A run that has been trained for so many epochs. */
export async function evidenceOf(document: object, epochs: number): Promise<Evidence> {
  return trained(new Talk(await loadEngine()), checked(document), epochs);
}

/** The same run after a change of its settings, trained on. */
export async function evidenceAfter(
  document: object,
  mutate: (draft: Experiment) => void,
  epochs: number,
): Promise<Evidence> {
  const draft = structuredClone(checked(document));
  mutate(draft);
  return trained(new Talk(await loadEngine()), checked(draft), epochs);
}

function trained(talk: Talk, experiment: Experiment, epochs: number): Evidence {
  talk.command({ type: "open", source: sourceOf(experiment), keep: false });
  let frame: Frame = talk.frame();
  let curve: readonly CurvePoint[] = [curvePoint(frame)];
  for (let k = 0; k < epochs && !frame.failure; k++) {
    talk.command({ type: "advance", unit: "epoch", count: 1 });
    frame = talk.frame();
    if (!frame.failure) curve = extendCurve(curve, curvePoint(frame));
  }
  const response = talk.command({ type: "survey" });
  const survey = response.type === "survey" ? surveyed(response.survey, frame.widths) : null;
  return { frame, experiment, startLoss: curve[0]?.trainLoss ?? null, curve, survey };
}
