/** Sharp canvases: as many pixels as the screen has, coordinates in CSS pixels. */

/** What pictures are drawn with: a canvas, or a picture that is saved (see `export/picture/svg-pen.ts`). */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineCap"
  | "lineJoin"
  | "globalAlpha"
  | "font"
  | "textAlign"
  | "textBaseline"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "bezierCurveTo"
  | "arc"
  | "roundRect"
  | "closePath"
  | "setLineDash"
  | "fillRect"
  | "strokeRect"
  | "fillText"
  | "save"
  | "clip"
  | "restore"
> & {
  // With a path or a rule of its own it would be more than can be saved.
  fill(): void;
  stroke(): void;
};

/** Fit the canvas to its size on the screen, clear it and return its context. */
export function clearCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  const columns = Math.max(1, Math.round(width * ratio));
  const rows = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

/** Show a square picture of RGBA pixels, one canvas pixel each; CSS brings it to its size. */
export function showPixels(
  canvas: HTMLCanvasElement,
  pixels: Uint8ClampedArray<ArrayBuffer>,
  resolution: number,
): void {
  if (canvas.width !== resolution) canvas.width = resolution;
  if (canvas.height !== resolution) canvas.height = resolution;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, resolution), 0, 0);
}

/** Show RGBA words as a row of pixels. */
export function showRow(canvas: HTMLCanvasElement, words: Uint32Array<ArrayBuffer>): void {
  canvas.width = words.length;
  const pixels = new Uint8ClampedArray(words.buffer, words.byteOffset, words.byteLength);
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, words.length), 0, 0);
}

/** Pixels to the rem, for an element of this width: it has to be asked anew when the window changes. */
export function remFor(width: number): number {
  return width > 0 ? parseFloat(getComputedStyle(document.documentElement).fontSize) : 16;
}
