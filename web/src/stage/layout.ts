/** Where the units of a network lie in its picture; plain geometry, in pixels. */

import { placeBitmap, type Bitmap, type BitmapPlace } from "./bitmap";
import { openGrid } from "./open-grid";

export interface UnitPlace {
  readonly column: number;
  readonly unit: number;
  /** Centre of the tile. */
  readonly x: number;
  readonly y: number;
  /** Edge of the tile. */
  readonly size: number;
  /** Where its edges leave, if not at the middle of its right side. */
  readonly port?: { readonly x: number; readonly y: number };
}

export interface ColumnPlace {
  readonly x: number;
  readonly units: readonly UnitPlace[];
  /** Units that are folded away; the sign for them folds and unfolds a wide layer. */
  readonly hidden: number;
  readonly fold: { readonly x: number; readonly y: number; readonly size: number } | null;
  /** Whether the units lie too close for a label below each. */
  readonly dense: boolean;
  /** Where the pixels of a drawing lie; null for units with tiles of their own. */
  readonly bitmap: BitmapPlace | null;
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
/** Squares of weights are still told apart in tiles of this size. */
const SMALLEST_OF_DRAWINGS = 1.625;
const LARGEST_GAP = 2.75;
/** Beside an output: a probability, the beginning of a name. */
const WORDS = 3.75;
const SMALL_OUTPUT = 1.75;

/**
 * Place the columns side by side and the units of each one below the other, around the middle.
 *
 * A column with more units than there is room for shows the first ones and folds the rest away; an
 * opened one shows all, in a grid of small tiles. With a bitmap, the inputs are its pixels, and every
 * class has its output in view.
 */
export function layOut(
  widths: readonly number[],
  room: Room,
  opened: readonly number[],
  bitmap: Bitmap | null = null,
): NetworkLayout {
  const { rem } = room;
  const spacing = Math.max(room.width / widths.length, NARROWEST_SPACING * rem);
  const area = { top: room.header, height: room.height - room.header - room.footer };
  const columns = widths.map((units, column) => {
    const x = (column + 0.5) * spacing;
    if (column === 0 && bitmap) return placeBitmap(bitmap, x, area, spacing, rem);
    if (bitmap && column === widths.length - 1) {
      return inward(stack(column, units, 0, x, area, spacing, rem), spacing, rem);
    }
    const smallest = bitmap ? SMALLEST_OF_DRAWINGS : SMALLEST_TILE;
    const most = Math.max(2, Math.floor(area.height / ((smallest + BIAS) * rem)));
    if (units > most && opened.includes(column))
      return openGrid(column, units, x, area, spacing, rem);
    const shown = units > most ? most - 1 : units;
    return stack(column, shown, units - shown, x, area, spacing, rem);
  });
  return { width: spacing * widths.length, height: room.height, rem, spacing, columns };
}

export interface Area {
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
    bitmap: null,
  };
}

/** Outputs that lie close leave room for words at their right, since there is none below. */
function inward(place: ColumnPlace, spacing: number, rem: number): ColumnPlace {
  const size = Math.min(place.units[0]?.size ?? 0, SMALL_OUTPUT * rem);
  const beside = (spacing - (place.units[0]?.size ?? 0)) / 2;
  if (!place.dense || beside >= WORDS * rem) return place;
  const x = place.x - Math.max(0, size / 2 + WORDS * rem - spacing / 2);
  return { ...place, units: place.units.map((unit) => ({ ...unit, x, size })) };
}
