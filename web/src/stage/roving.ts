/** Arrow keys in the picture: up and down in a column, left and right to the closest unit beside it. */

import type { UnitRef } from "./edges";
import type { NetworkLayout } from "./layout";

/** The unit that a key leads to, or null if it leads nowhere. */
export function moveFrom(layout: NetworkLayout, from: UnitRef, key: string): UnitRef | null {
  const units = layout.columns[from.column]?.units ?? [];
  switch (key) {
    case "ArrowUp":
      return refTo(units[from.unit - 1]);
    case "ArrowDown":
      return refTo(units[from.unit + 1]);
    case "ArrowLeft":
      return beside(layout, from, -1);
    case "ArrowRight":
      return beside(layout, from, 1);
    default:
      return null;
  }
}

function beside(layout: NetworkLayout, from: UnitRef, step: number): UnitRef | null {
  const height = layout.columns[from.column]?.units[from.unit]?.y ?? 0;
  const candidates = layout.columns[from.column + step]?.units ?? [];
  const [closest] = [...candidates].sort((a, b) => Math.abs(a.y - height) - Math.abs(b.y - height));
  return refTo(closest);
}

function refTo(place: UnitRef | undefined): UnitRef | null {
  return place ? { column: place.column, unit: place.unit } : null;
}
