/** A wide layer that was unfolded: all of its units in a grid of small tiles. */

import type { Area, ColumnPlace } from "./layout";

/** In rem. */
const LARGEST_TILE = 2;

/** Place all units in the largest tiles that fit, column by column. */
export function openGrid(
  column: number,
  units: number,
  x: number,
  area: Area,
  spacing: number,
  rem: number,
): ColumnPlace {
  const gap = 0.25 * rem;
  const sign = 2 * rem;
  const high = area.height - sign;
  const fits = (size: number): boolean => {
    const rows = Math.floor(high / (size + gap));
    return Math.ceil(units / rows) * (size + gap) <= spacing * 0.8;
  };
  let size = Math.round(LARGEST_TILE * rem);
  while (size > 6 && !fits(size)) size -= 1;
  const cell = size + gap;
  const rows = Math.min(units, Math.floor(high / cell));
  const across = Math.ceil(units / rows);
  const places = Array.from({ length: units }, (_, unit) => ({
    column,
    unit,
    x: x + (Math.floor(unit / rows) - (across - 1) / 2) * cell,
    y: area.top + high / 2 + ((unit % rows) - (rows - 1) / 2) * cell,
    size,
  }));
  const fold = { x, y: area.top + high + sign / 2, size: sign };
  return { x, units: places, hidden: 0, fold, dense: true, bitmap: null };
}
