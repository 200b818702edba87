/** Adding, renaming and removing the classes of a person's own points. */

import { refusal } from "../../../experiment/errors";
import { namesOf, ownOf, setClasses } from "../../../experiment/own";
import { FEWEST_CLASSES, MOST_CLASSES } from "../../../experiment/table/roles";
import { settingAt } from "../../../experiment/settings";
import type { Session } from "../../../state/session.svelte";

export { FEWEST_CLASSES, MOST_CLASSES };
const LONGEST = settingAt("data.class_names").longest ?? 0;

export function addClass(session: Session): boolean {
  const names = namesOf(session.experiment.data);
  const free = Array.from({ length: MOST_CLASSES + 1 }, (_, k) => `class ${k}`);
  const name = free.slice(names.length).find((each) => !names.includes(each)) ?? "";
  return change(session, "classes", [...names.keys()], [...names, name]);
}

/** Take a class away, with its points. */
export function removeClass(session: Session, label: number): boolean {
  const names = namesOf(session.experiment.data);
  const places = [...names.keys()].toSpliced(label, 1);
  return change(session, "classes", places, names.toSpliced(label, 1));
}

/** Returns whether the class may be called so. */
export function renameClass(session: Session, label: number, typed: string): boolean {
  const names = namesOf(session.experiment.data);
  const name = typed.trim().normalize("NFC");
  return session.change("class name", (draft) => {
    const letters = Array.from(name).length;
    if (letters === 0 || letters > LONGEST) {
      throw refusal(
        `The name of a class must have 1 to ${LONGEST} letters, but this has ${letters}.`,
      );
    }
    if (names.toSpliced(label, 1).includes(name)) {
      throw refusal(`There is a class named ${name} already.`);
    }
    ownOf(draft).class_names = names.with(label, name);
  });
}

function change(session: Session, label: string, places: number[], names: string[]): boolean {
  return session.change(label, (draft) => setClasses(ownOf(draft), places, names), session.pad);
}
