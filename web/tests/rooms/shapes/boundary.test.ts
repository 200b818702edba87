import { describe, expect, test } from "vitest";
import type { Frame, Surface } from "../../../src/engine/frame";
import { boundary, fields } from "../../../src/rooms/shapes/boundary";

type Point = readonly [number, number];

/** Takes note of the lines. */
class Path {
  readonly lines: Point[][] = [];
  moveTo(x: number, y: number): void {
    this.lines.push([[x, y]]);
  }
  lineTo(x: number, y: number): void {
    this.lines.at(-1)?.push([x, y]);
  }
}

/** A surface whose outputs are what functions say of x and y, both from 0 to 1, of the middle of each cell. */
function surface(resolution: number, ...outputs: ((x: number, y: number) => number)[]): Surface {
  const cells = resolution ** 2;
  const values = Float32Array.from({ length: outputs.length * cells }, (_, k) => {
    const cell = k % cells;
    const place = (along: number): number => (along + 0.5) / resolution;
    const output = outputs[Math.floor(k / cells)];
    return output?.(place(cell % resolution), place(Math.floor(cell / resolution))) ?? 0;
  });
  return { resolution, values, pixels: new Uint8ClampedArray(), low: 0, high: 1 };
}

function lines(pictured: Surface, classes = 2): Point[][] {
  const path = new Path();
  boundary(path, { surface: pictured, classes } as unknown as Frame, 300);
  return path.lines;
}

describe("the boundary", () => {
  test("of a single output lies where it is one half, at any resolution", () => {
    for (const resolution of [20, 96, 400]) {
      const points = lines(surface(resolution, (x) => 0.3 + 0.5 * x)).flat();
      expect(points.length).toBeGreaterThan(10);
      for (const [x] of points) expect(x).toBeCloseTo(0.4 * 300, 0);
      const heights = points.map(([, y]) => y);
      expect(Math.min(...heights)).toBeLessThan(12);
      expect(Math.max(...heights)).toBeGreaterThan(288);
    }
  });

  test("does not follow the edge of the square", () => {
    expect(lines(surface(40, () => 0.9))).toEqual([]);
    expect(lines(surface(40, () => 0.1))).toEqual([]);
  });

  test("of several classes lies where the two strongest are equal", () => {
    const three = surface(
      90,
      (x) => 1 - x,
      (x) => x,
      () => 0.7,
    );
    const across = lines(three, 3)
      .flat()
      .map(([x]) => Math.round(x / 10));
    // Class 0 gives way to class 2 at x = 0.3, class 2 to class 1 at x = 0.7.
    expect(new Set(across)).toEqual(new Set([9, 21]));
  });

  test("is not drawn in regression, where nothing changes over", () => {
    expect(
      lines(
        surface(40, (x) => x),
        0,
      ),
    ).toEqual([]);
  });

  test("is found on no more cells than are needed for a sharp line", () => {
    const [field] = fields(surface(600, (x) => x));
    expect(field?.edge).toBe(150);
    expect(field?.values[1]).toBeCloseTo(4.5 / 600, 6);
  });
});
