/** Units and edges that are switched off, in words and in deeds. */

import type { Frame, WeightRef } from "../engine/frame";
import type { Session } from "../state/session.svelte";
import { ofDrawings } from "./drawings";
import type { UnitRef } from "./edges";

/** Whether units can be switched off here, and this one has weights that leave it. */
export function canSwitch(session: Session, frame: Frame, { column }: UnitRef): boolean {
  return !ofDrawings(session.experiment) && column < frame.widths.length - 1;
}

/** Switch all that leaves a unit off, or on again where all of it is off. */
export function switchUnit(session: Session, frame: Frame, { column, unit }: UnitRef): void {
  session.weights.switchOff(frame.weightsFrom(column, unit), !frame.unitIsOff(column, unit));
}

export function switchWeight(session: Session, frame: Frame, weight: WeightRef): void {
  session.weights.switchOff([weight], !frame.isOff(weight.layer, weight.unit, weight.input));
}

/** What is switched off, in words: "1 unit and 2 weights"; empty where nothing is. */
export function offWords(frame: Frame): string {
  let weights = frame.off.length;
  let units = 0;
  for (let column = 0; column < frame.widths.length - 1 && weights > 0; column++) {
    for (let unit = 0; unit < (frame.widths[column] ?? 0); unit++) {
      if (!frame.unitIsOff(column, unit)) continue;
      units++;
      weights -= frame.widths[column + 1] ?? 0;
    }
  }
  const parts = [counted(units, "unit"), counted(weights, "weight")];
  return parts.filter((part) => part !== "").join(" and ");
}

function counted(number: number, thing: string): string {
  return number === 0 ? "" : `${number} ${thing}${number === 1 ? "" : "s"}`;
}
