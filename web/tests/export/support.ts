/** A captured moment of a run that was trained for some epochs. */

import { Frame } from "../../src/engine/frame";
import { checked } from "../../src/experiment/check";
import type { Experiment } from "../../src/experiment/experiment";
import { sourceOf } from "../../src/experiment/source";
import { Talk, VIEW, loadEngine } from "../engine/support";

export async function moment(
  document: object,
  epochs = 3,
  detail: Partial<typeof VIEW> = {},
): Promise<{ frame: Frame; experiment: Experiment }> {
  const experiment = checked(document);
  const talk = new Talk(await loadEngine());
  talk.command({ type: "open", source: sourceOf(experiment), keep: false });
  talk.command({ type: "advance", unit: "epoch", count: epochs });
  const response = talk.command({ type: "capture", options: { ...VIEW, ...detail } });
  if (response.type !== "capture") throw new Error(JSON.stringify(response));
  return { frame: new Frame(response.frame), experiment };
}
