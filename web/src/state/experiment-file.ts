/** An experiment as a file, and from one; either room's. */

import { parsed } from "../experiment/check";
import { ExperimentError, refusal } from "../experiment/errors";
import type { Experiment } from "../experiment/experiment";

export interface SavedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Python reads the file too. */
export function saveExperiment(experiment: Experiment): SavedFile {
  const blob = new Blob([`${JSON.stringify(experiment, null, 2)}\n`], { type: "application/json" });
  return { name: `${fileName(experiment)}.json`, blob };
}

/** The name says what is learnt from; its ending is still to come. */
export function fileName({ data: { kind, drawings } }: Experiment): string {
  return `pellucid-${kind !== "given" ? kind : drawings ? "drawings" : "points"}`;
}

/** Throws an ExperimentError with a sentence for the visitor. */
export async function openExperiment(file: File): Promise<Experiment> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch (error) {
    throw refusal(
      error instanceof TypeError
        ? `${file.name} holds neither an experiment nor weights: it is not even text.`
        : `${file.name} cannot be read: it may have been moved or changed.`,
    );
  }
  if (!/^\s*\{/.test(text)) {
    throw refusal(`${file.name} is no experiment, which would be a JSON file that begins with {.`);
  }
  try {
    return parsed(text);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw refusal(`${file.name} cannot be opened. ${brief(error)}`);
  }
}

/** The first fault, and how many more there are. */
function brief({ faults, message }: ExperimentError): string {
  const [first, ...others] = faults;
  if (!first || others.length === 0) return message;
  return `${first.sentence} (And ${others.length === 1 ? "one more fault" : `${others.length} more faults`}.)`;
}
