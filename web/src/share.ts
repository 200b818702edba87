/** What is said of a link after it was copied, or could not be. */

import { LONGEST_LINK } from "./state/address";
import { count } from "./ui/format";

export type Outcome = "copied" | "refused";

const FILE = " A file is safer.";

export function shareWords(outcome: Outcome, length: number, drawings: number): string {
  const long = length > LONGEST_LINK;
  if (outcome === "refused") {
    return long
      ? `The browser did not allow copying, and the link is too long for the address bar.${FILE}`
      : "The browser did not allow copying. The link is in the address bar: it always holds the experiment.";
  }
  if (drawings === 0 && !long) return "Link copied: it holds the whole experiment.";
  const held =
    drawings === 0
      ? ""
      : `, with your ${drawings === 1 ? "drawing" : `${count(drawings)} drawings`} in it`;
  const cut = ` Some programs cut links as long as this (${count(length)} characters).${FILE}`;
  return `Link copied${held}.${long ? cut : ""}`;
}
