/** A drawing as the inputs of the network: one tile, or unfolded into a unit for each bit; plain geometry. */

import type { Area, ColumnPlace, UnitPlace } from "./layout";

/** How the inputs are shown. */
export interface Bitmap {
  /** Pixels along its edge. */
  readonly grid: number;
  readonly unfolded: boolean;
}

/** Where the pixels lie: close together in a tile, apart in squares, or one below the other in a stack. */
export interface BitmapPlace {
  readonly look: "tile" | "squares" | "stack";
  readonly grid: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Edge of a pixel. */
  readonly size: number;
}

/** In rem. */
const LARGEST_TILE = 13;
const SMALLEST_STACKED = 0.5;
const LARGEST_STACKED = 1.5;
const ROW_GAP = 0.2;
const SIGN = 2;

/** Place the pixels around the middle of the area, with the sign that unfolds them below. */
export function placeBitmap(
  { grid, unfolded }: Bitmap,
  x: number,
  area: Area,
  spacing: number,
  rem: number,
): ColumnPlace {
  const height = area.height - SIGN * rem;
  const middle = area.top + height / 2;
  const pitch = Math.floor((height - (grid - 1) * ROW_GAP * rem) / grid ** 2);
  const stacked = unfolded && pitch >= SMALLEST_STACKED * rem;
  const units = stacked
    ? stack(grid, x, middle, Math.min(pitch, Math.floor(LARGEST_STACKED * rem)), rem)
    : square(grid, x, middle, cellFor(grid, unfolded, height, spacing, rem), unfolded);
  const [first, last] = [units[0], units.at(-1)];
  const size = first?.size ?? 0;
  const left = (first?.x ?? x) - size / 2;
  const top = (first?.y ?? middle) - size / 2;
  const bitmap: BitmapPlace = {
    look: stacked ? "stack" : unfolded ? "squares" : "tile",
    grid,
    left,
    top,
    width: (last?.x ?? x) + size / 2 - left,
    height: (last?.y ?? middle) + size / 2 - top,
    size,
  };
  const fold = { x, y: top + bitmap.height + 0.625 * SIGN * rem, size: SIGN * rem };
  return { x, units, hidden: 0, fold, dense: true, bitmap };
}

/** The pixel at a point of the picture; the closest one in the gaps between, none outside. */
export function pixelAt({ bitmap, units }: ColumnPlace, x: number, y: number): number | null {
  if (!bitmap) return null;
  const { grid, left, top, width, height } = bitmap;
  const [across, down] = [(x - left) / width, (y - top) / height];
  if (across < 0 || across >= 1 || down < 0 || down >= 1) return null;
  const row = Math.floor(down * grid);
  if (bitmap.look !== "stack") return row * grid + Math.floor(across * grid);
  const rows = units.slice(row * grid, (row + 1) * grid);
  const closest = rows.reduce((best, each) => (off(each, y) < off(best, y) ? each : best));
  return closest.unit;
}

function off(place: UnitPlace, y: number): number {
  return Math.abs(place.y - y);
}

function cellFor(
  grid: number,
  unfolded: boolean,
  height: number,
  spacing: number,
  rem: number,
): number {
  const edge = unfolded
    ? Math.min(spacing * 0.8, height)
    : Math.min(spacing * 0.6, height * 0.8, LARGEST_TILE * rem);
  return Math.max(2, Math.floor(edge / grid));
}

/** As in the drawing. Edges leave at the right side, each pixel's own beside its row. */
function square(
  grid: number,
  x: number,
  middle: number,
  cell: number,
  apart: boolean,
): UnitPlace[] {
  const edge = cell * grid;
  const gap = apart ? Math.max(1, Math.round(cell * 0.12)) : 0;
  const left = Math.round(x - edge / 2);
  const top = Math.round(middle - edge / 2);
  return Array.from({ length: grid ** 2 }, (_, unit) => ({
    column: 0,
    unit,
    x: left + ((unit % grid) + 0.5) * cell,
    y: top + (Math.floor(unit / grid) + 0.5) * cell,
    size: cell - gap,
    port: { x: left + edge - gap / 2, y: top + ((unit + 0.5) / grid ** 2) * edge },
  }));
}

/** One below the other, with a gap after each row of the drawing. */
function stack(grid: number, x: number, middle: number, pitch: number, rem: number): UnitPlace[] {
  const gap = ROW_GAP * rem;
  const height = grid ** 2 * pitch + (grid - 1) * gap;
  const top = Math.round(middle - height / 2);
  return Array.from({ length: grid ** 2 }, (_, unit) => ({
    column: 0,
    unit,
    x,
    y: top + (unit + 0.5) * pitch + Math.floor(unit / grid) * gap,
    size: pitch - Math.max(1, Math.round(pitch * 0.12)),
  }));
}
