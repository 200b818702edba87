/** What is looked at: a unit or an edge, for as long as it is pointed at, focused or pinned. */

import type { ParameterRef } from "../engine/frame";
import type { EdgeRef, UnitRef } from "./edges";

export class Spotlight {
  edge = $state.raw<EdgeRef | null>(null);
  /** The weight or bias that was pressed in the picture, to be changed there. */
  held = $state.raw<ParameterRef | null>(null);
  #passing = $state.raw<UnitRef | null>(null);
  #pinned = $state.raw<UnitRef | null>(null);

  /** The unit looked at. */
  get unit(): UnitRef | null {
    return this.#passing ?? this.#pinned;
  }
  get pinned(): UnitRef | null {
    return this.#pinned;
  }

  enter(unit: UnitRef): void {
    this.#passing = unit;
    this.edge = null;
  }
  leave(): void {
    this.#passing = null;
  }
  /** Keep the unit in view until it is chosen again or another one is. */
  togglePin(unit: UnitRef): void {
    this.#pinned = sameUnit(this.#pinned, unit) ? null : unit;
  }
  clear(): void {
    this.edge = null;
    this.held = null;
    this.#passing = null;
    this.#pinned = null;
  }
}

export function sameUnit(one: UnitRef | null, other: UnitRef): boolean {
  return one !== null && one.column === other.column && one.unit === other.unit;
}
