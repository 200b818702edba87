/** Refusals: what is wrong, where, the value received and what is allowed, in one sentence each. */

export interface Fault {
  /** Path of the setting, such as `training.learning_rate`; empty when the document as a whole is at fault. */
  readonly path: string;
  readonly sentence: string;
}

export class ExperimentError extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(inWords(faults.map(({ sentence }) => sentence)));
    this.name = "ExperimentError";
  }
}

function inWords(sentences: readonly string[]): string {
  if (sentences.length === 1) return sentences[0] ?? "";
  const list = sentences.map((sentence) => `- ${sentence}`);
  return [`The experiment has ${sentences.length} faults:`, ...list].join("\n");
}

/** The error for a document, or a link, that is wrong as a whole. */
export function refusal(sentence: string): ExperimentError {
  return new ExperimentError([{ path: "", sentence }]);
}
