/** Where the answer changes over: contour lines of the engine's own values, by d3-contour. */

import { contours } from "d3-contour";
import type { Frame, Surface } from "../../engine/frame";
import type { Pen } from "../../ui/canvas";

/** Grids beyond this are taken at every second, third … cell: a line is as sharp, since it is drawn between cells. */
const FINEST = 192;

type Point = readonly [number, number];
type Ring = readonly (readonly number[])[];

/** The values of a class minus those of the strongest other one, at every `stride`th cell; of a single output its own. */
interface Field {
  readonly values: Float32Array;
  readonly edge: number;
  readonly stride: number;
  readonly threshold: number;
}

/** What takes the lines: a canvas, or a picture that is saved. */
export type Lines = Pick<Pen, "moveTo" | "lineTo">;

/** Trace the lines between the classes, on a square of so many pixels; none in regression. */
export function boundary(path: Lines, frame: Frame, size: number): void {
  const { surface } = frame;
  if (surface === null || frame.classes === 0) return;
  for (const field of fields(surface)) {
    const lines = contours()
      .size([field.edge, field.edge])
      .contour(field.values as ArrayLike<number> as number[], field.threshold);
    const scale = (field.stride * size) / surface.resolution;
    for (const ring of lines.coordinates.flat()) trace(path, ring, field, scale);
  }
}

/** Where two classes are the two strongest, both are equal. The last class has no line that the others do not have. */
export function fields(surface: Surface): Field[] {
  const { resolution, values, low, high } = surface;
  const stride = Math.ceil(resolution / FINEST);
  const edge = Math.floor((resolution - 1) / stride) + 1;
  const cells = resolution ** 2;
  const outputs = values.length / cells;
  const sampled = (at: (cell: number) => number): Float32Array =>
    Float32Array.from({ length: edge ** 2 }, (_, k) =>
      at(Math.floor(k / edge) * stride * resolution + (k % edge) * stride),
    );
  if (outputs === 1) {
    return [
      { values: sampled((cell) => values[cell] ?? 0), edge, stride, threshold: (low + high) / 2 },
    ];
  }
  return Array.from({ length: outputs - 1 }, (_, own) => ({
    values: sampled((cell) => {
      let other = -Infinity;
      for (let k = 0; k < outputs; k++) {
        if (k !== own) other = Math.max(other, values[k * cells + cell] ?? 0);
      }
      return (values[own * cells + cell] ?? 0) - other;
    }),
    edge,
    stride,
    threshold: 0,
  }));
}

/** A ring without the parts in which it only follows the edge of the square. */
function trace(path: Lines, ring: Ring, { edge, stride }: Field, scale: number): void {
  const beyond = (coordinate: number): boolean => coordinate <= 0 || coordinate >= edge;
  const onEdge = ([x = 0, y = 0]: readonly number[]): boolean => beyond(x) || beyond(y);
  // From the last cell's middle straight on to the edge, where there are no values to go by.
  const led = ([x = 0, y = 0]: readonly number[], [u = 0, v = 0]: readonly number[]): Point => [
    beyond(y) ? u : x,
    beyond(x) ? v : y,
  ];
  // d3 has the first cell's middle at ½; with a stride it is still half a cell of the picture.
  const place = (coordinate: number): number => (coordinate - 0.5 + 0.5 / stride) * scale;
  let drawn = false;
  for (let k = 1; k < ring.length; k++) {
    const [before, after] = [ring[k - 1] ?? [], ring[k] ?? []];
    if (onEdge(before) && onEdge(after)) {
      drawn = false;
      continue;
    }
    const [from, to] = [led(before, after), led(after, before)];
    if (!drawn) path.moveTo(place(from[0]), place(from[1]));
    path.lineTo(place(to[0]), place(to[1]));
    drawn = true;
  }
}
