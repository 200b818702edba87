/** Bitmaps as pictures. */

/** RGBA pixels: the cells that are on in the ink (#rrggbb), the others clear. */
export function inkPixels(bits: Uint8Array, ink: string): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * bits.length);
  const channels = [1, 3, 5].map((start) => parseInt(ink.slice(start, start + 2), 16));
  bits.forEach((bit, cell) => {
    if (bit === 1) pixels.set([...channels, 255], 4 * cell);
  });
  return pixels;
}
