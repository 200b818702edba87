/**
 * Arrow keys in the picture: up and down in a column, left and right to the closest unit beside it. In a bitmap they go
 * from pixel to pixel, and from its right side to the next column.
 */

import type { UnitRef } from "./edges";
import type { NetworkLayout } from "./layout";

/** The unit that a key leads to, or null if it leads nowhere. */
export function moveFrom(layout: NetworkLayout, from: UnitRef, key: string): UnitRef | null {
  const { units = [], bitmap } = layout.columns[from.column] ?? {};
  const across = bitmap && bitmap.look !== "stack" ? bitmap.grid : 1;
  const place = from.unit % across;
  switch (key) {
    case "ArrowUp":
      return refTo(units[from.unit - across]);
    case "ArrowDown":
      return refTo(units[from.unit + across]);
    case "ArrowLeft":
      return place > 0 ? refTo(units[from.unit - 1]) : beside(layout, from, -1);
    case "ArrowRight":
      return place < across - 1 ? refTo(units[from.unit + 1]) : beside(layout, from, 1);
    default:
      return null;
  }
}

function beside(layout: NetworkLayout, from: UnitRef, step: number): UnitRef | null {
  const height = layout.columns[from.column]?.units[from.unit]?.y ?? 0;
  const candidates = layout.columns[from.column + step]?.units ?? [];
  // Of those at the same height the one on this side.
  const [closest] = [...candidates].sort(
    (a, b) => Math.abs(a.y - height) - Math.abs(b.y - height) || step * (a.x - b.x),
  );
  return refTo(closest);
}

function refTo(place: UnitRef | undefined): UnitRef | null {
  return place ? { column: place.column, unit: place.unit } : null;
}
