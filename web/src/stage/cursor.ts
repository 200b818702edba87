/** The keys that move a cursor along the curve, as they move the thumb of any slider. */

/** Points of the curve that PageUp and PageDown pass over, as a share of all. */
const PAGE = 0.1;

/** The place that a key leads to on a curve of so many points; null if it is no such key. */
export function movedAlong(length: number, place: number, key: string): number | null {
  const page = Math.max(1, Math.round(PAGE * length));
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -page,
    PageUp: page,
    Home: -place,
    End: length - 1 - place,
  };
  const step = steps[key];
  return step === undefined ? null : Math.max(0, Math.min(length - 1, place + step));
}
