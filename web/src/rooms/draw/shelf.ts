/** Thumbnails in rows: which of many are in view, and where a key leads. */

export interface Shelf {
  readonly count: number;
  readonly perRow: number;
  /** Height of a row with the gap below it, in CSS pixels. */
  readonly rowHeight: number;
}

/** Rows above and below the window that are there before they are scrolled to. */
const SPARE_ROWS = 2;

/** The places from `from` up to, not including, `end` that are to be drawn. */
export function inView(
  { count, perRow, rowHeight }: Shelf,
  top: number,
  height: number,
): { from: number; end: number } {
  const first = Math.floor(top / rowHeight) - SPARE_ROWS;
  const last = Math.ceil((top + height) / rowHeight) + SPARE_ROWS;
  const end = Math.min(count, last * perRow);
  return { from: Math.min(end, Math.max(0, first * perRow)), end };
}

/** How far to scroll so that a place is in view; where it is already, that is nowhere. */
export function scrolledTo(
  { perRow, rowHeight }: Shelf,
  place: number,
  top: number,
  height: number,
): number {
  const start = Math.floor(place / perRow) * rowHeight;
  return Math.max(Math.min(top, start), start + rowHeight - height);
}

/** The place that a key leads to from another; null if it is no such key. */
export function movedFrom({ count, perRow }: Shelf, place: number, key: string): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -perRow,
    ArrowDown: perRow,
    Home: -place,
    End: count - 1 - place,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  const next = place + step;
  return next >= 0 && next < count ? next : place;
}

/** The class that a digit stands for: the one of that name, else the first for 1 and the tenth for 0. */
export function classFor(key: string, names: readonly string[]): number | null {
  if (!/^\d$/.test(key)) return null;
  const named = names.indexOf(key);
  const label = named >= 0 ? named : (Number(key) + 9) % 10;
  return label < names.length ? label : null;
}
