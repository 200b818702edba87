/** All rules, the most telling first: only one thing is said at a time. */

import { stuck } from "./chance";
import type { Evidence, Finding, Rule } from "./finding";
import { diverging, slow } from "./rates";
import { fewSamples, overfitting, unbalanced } from "./samples";
import { dead, saturated } from "./units";

/** Where the same symptom follows from several causes, the cause comes before it. */
export const RULES: readonly Rule[] = [
  diverging,
  dead,
  saturated,
  slow,
  unbalanced,
  stuck,
  fewSamples,
  overfitting,
];

/** What is the matter; null where all is well. */
export function diagnosed(evidence: Evidence): Finding | null {
  for (const rule of RULES) {
    const finding = rule(evidence);
    if (finding) return finding;
  }
  return null;
}
