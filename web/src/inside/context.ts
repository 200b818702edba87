/** What all parts of an account need: the session, its newest frame, and how things are called. */

import type { Account } from "../engine/account";
import type { Frame } from "../engine/frame";
import type { Session } from "../state/session.svelte";
import type { Subject } from "../state/subject";
import { unitName, unitSymbol } from "../stage/symbols";
import type { SymbolParts } from "../ui/symbol";

export interface Scene {
  readonly session: Session;
  readonly frame: Frame;
  readonly account: Account;
  /** Names of the classes. */
  readonly names: readonly string[];
}

/** Symbol of a unit, by the layer that it is an output of; layer −1 is the inputs. */
export function symbolFor(
  { session, frame, names }: Scene,
  layer: number,
  unit: number,
): SymbolParts {
  return unitSymbol(session.experiment, frame.widths, layer + 1, unit, names);
}

/** An account's title, in words. */
export function titleOf(
  { session, frame, names }: Omit<Scene, "account">,
  subject: Subject,
): string {
  const unit = (layer: number, place: number): string =>
    unitName(session.experiment, frame.widths, layer + 1, place, names);
  switch (subject.kind) {
    case "input":
      return "What the network sees";
    case "unit":
      return unit(subject.layer, subject.unit);
    case "loss":
      return "Loss of the sample";
    case "delta":
      return `δ of ${lower(unit(subject.layer, subject.unit))}`;
    case "gradient":
      return `Gradients of ${lower(unit(subject.layer, subject.unit))}`;
    case "step":
      return `Step of ${lower(unit(subject.layer, subject.unit))}`;
    case "after":
      return "After the update";
    case "parameter":
      return subject.source < 0
        ? `Bias of ${lower(unit(subject.layer, subject.unit))}`
        : `Weight from ${lower(unit(subject.layer - 1, subject.source))} to ${lower(unit(subject.layer, subject.unit))}`;
    case "result":
      return `${subject.part === "train" ? "Training" : "Test"} ${subject.figure}`;
  }
}

function lower(name: string): string {
  return name === "Output" ? "the output" : name.charAt(0).toLowerCase() + name.slice(1);
}
