/** Pixels as PNG, and a picture as PNG; the browser does the packing. */

import type { Picture } from "./picture";

/** Pixels of the file for each of the picture. */
const SCALE = 2;
/** Beyond so many pixels along an edge browsers give up. */
const LONGEST = 8192;

/** A square of RGBA pixels as a `data:` address. */
export function pixelsAddress(pixels: Uint8ClampedArray<ArrayBuffer>, resolution: number): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = resolution;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, resolution), 0, 0);
  return canvas.toDataURL("image/png");
}

export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  // The page's policy lets pictures in from `data:`, not from `blob:`.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(SCALE, LONGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(scale * width);
  canvas.height = Math.round(scale * height);
  const context = canvas.getContext("2d");
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("the browser has made no picture"));
    }, "image/png");
  });
}
