/** Where the units of a network lie in its picture; plain geometry, in pixels. */

export interface UnitPlace {
  readonly column: number;
  readonly unit: number;
  /** Centre of the tile. */
  readonly x: number;
  readonly y: number;
  /** Edge of the tile. */
  readonly size: number;
}

export interface ColumnPlace {
  readonly x: number;
  readonly units: readonly UnitPlace[];
  /** Units that are folded away; the sign for them folds and unfolds a wide layer. */
  readonly hidden: number;
  readonly fold: { readonly x: number; readonly y: number; readonly size: number } | null;
  /** Whether the units lie too close for a label below each. */
  readonly dense: boolean;
}

export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  /** Pixels to the rem, by which edges grow with the text. */
  readonly rem: number;
  /** Distance between the columns. */
  readonly spacing: number;
  readonly columns: readonly ColumnPlace[];
}

export interface Room {
  readonly width: number;
  readonly height: number;
  /** Height kept for the controls above the columns. */
  readonly header: number;
  /** Height kept free below them. */
  readonly footer: number;
  /** Pixels to the rem, so that the picture grows with the text. */
  readonly rem: number;
}

/** In rem. */
const NARROWEST_SPACING = 4;
const LABEL = 1.6;
const BIAS = 0.625;
const SMALLEST_TILE = 2;
const LARGEST_GAP = 2.75;

/**
 * Place the columns side by side and the units of each one below the other, around the middle.
 *
 * A column with more units than there is room for shows the first ones and folds the rest away; an
 * opened one shows all, in a grid of small tiles.
 */
export function layOut(
  widths: readonly number[],
  room: Room,
  opened: readonly number[],
): NetworkLayout {
  const { rem } = room;
  const spacing = Math.max(room.width / widths.length, NARROWEST_SPACING * rem);
  const area = { top: room.header, height: room.height - room.header - room.footer };
  const columns = widths.map((units, column) => {
    const x = (column + 0.5) * spacing;
    const most = Math.max(2, Math.floor(area.height / ((SMALLEST_TILE + BIAS) * rem)));
    if (units > most && opened.includes(column)) return grid(column, units, x, area, spacing, rem);
    const shown = units > most ? most - 1 : units;
    return stack(column, shown, units - shown, x, area, spacing, rem);
  });
  return { width: spacing * widths.length, height: room.height, rem, spacing, columns };
}

interface Area {
  readonly top: number;
  readonly height: number;
}

/** One below the other, with a sign for those folded away at the end. */
function stack(
  column: number,
  shown: number,
  hidden: number,
  x: number,
  area: Area,
  spacing: number,
  rem: number,
): ColumnPlace {
  const rows = shown + (hidden > 0 ? 1 : 0);
  const largest = Math.min(spacing * 0.52, Math.max(area.height / 8, 4.25 * rem), 7.5 * rem);
  const pitchLimit = area.height / rows;
  const dense = pitchLimit < (LABEL + BIAS + 2.75) * rem;
  const below = (dense ? BIAS : LABEL + BIAS) * rem;
  const size = Math.floor(Math.min(largest, pitchLimit - below));
  const pitch = Math.min(pitchLimit, size + below + LARGEST_GAP * rem);
  const middle = area.top + (area.height - below) / 2;
  const centre = (row: number): number => Math.round(middle + (row - (rows - 1) / 2) * pitch);
  return {
    x,
    units: Array.from({ length: shown }, (_, unit) => ({ column, unit, x, y: centre(unit), size })),
    hidden,
    fold: hidden > 0 ? { x, y: centre(shown), size } : null,
    dense,
  };
}

/** All units in a grid, column by column, in the largest tiles that fit. */
function grid(
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
  let size = Math.round(SMALLEST_TILE * rem);
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
  return { x, units: places, hidden: 0, fold, dense: true };
}
