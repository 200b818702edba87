/** The characters that are told apart: their names, and drawings that come and go with them. */

import { FEWEST_CLASSES, MOST_CLASSES, drawnOf, setClasses } from "../experiment/drawn";
import { freeName, nameFault, tidied } from "./names";
import type { Notices } from "./notices.svelte";
import { without } from "./pad-state";
import type { Session } from "./session.svelte";

const TOO_MANY = `There can be ${MOST_CLASSES} characters at most.`;
const TOO_FEW = `There must be at least ${FEWEST_CLASSES} characters to tell apart.`;
const GONE = "that are not among the new characters are gone. Undo brings them back.";

export class Characters {
  readonly #session: Session;
  readonly #notices: Notices;

  constructor(session: Session, notices: Notices) {
    this.#session = session;
    this.#notices = notices;
  }

  get names(): readonly string[] {
    return drawnOf(this.#session.experiment).class_names;
  }

  /** Returns whether the character may be called so; if not, a notice says why. */
  rename(k: number, name: string): boolean {
    const tidy = tidied(name);
    const fault = nameFault(tidy, this.names.toSpliced(k, 1));
    if (fault !== null) {
      this.#notices.tell(fault);
      return false;
    }
    return this.#session.change("name", (draft) => (drawnOf(draft).class_names[k] = tidy));
  }
  add(): void {
    this.set([...this.names, freeName(this.names)]);
  }
  /** Take a character away, with its drawings. */
  remove(k: number): void {
    this.set(this.names.toSpliced(k, 1));
  }
  /** Other characters; drawings stay with those that are among them. */
  set(names: readonly string[]): void {
    if (names.length < FEWEST_CLASSES) return this.#notices.tell(TOO_FEW);
    if (names.length > MOST_CLASSES) return this.#notices.tell(TOO_MANY);
    const { experiment, pad } = this.#session;
    const before = drawnOf(experiment);
    const isGone = (row: number): boolean =>
      !names.includes(before.class_names[before.targets[row] ?? 0] ?? "");
    const placeOf = (k: number): number => Math.max(0, names.indexOf(before.class_names[k] ?? ""));
    const [mode, meant] = [placeOf(pad.mode), placeOf(pad.meant)];
    const beside = { ...without(pad, before.drawings, isGone), mode, meant };
    let gone = 0;
    const changed = this.#session.change(
      "characters",
      (draft) => (gone = setClasses(drawnOf(draft), names)),
      beside,
    );
    if (changed && gone > 0)
      this.#notices.tell(`${gone === 1 ? "1 drawing" : `${gone} drawings`} ${GONE}`);
  }
}
