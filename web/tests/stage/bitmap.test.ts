import { describe, expect, test } from "vitest";
import { pixelAt, type Bitmap } from "../../src/stage/bitmap";
import { layOut, type ColumnPlace, type Room } from "../../src/stage/layout";
import { moveFrom } from "../../src/stage/roving";

const ROOM: Room = { width: 640, height: 520, header: 60, footer: 0, rem: 16 };
const PHONE: Room = { width: 300, height: 320, header: 60, footer: 28, rem: 16 };

function columns(bitmap: Bitmap, room: Room = ROOM): readonly ColumnPlace[] {
  return layOut([bitmap.grid ** 2, 12, 2], room, [], bitmap).columns;
}
function inputs(bitmap: Bitmap, room: Room = ROOM): ColumnPlace {
  const [first] = columns(bitmap, room);
  if (!first) throw new Error("the layout has a first column");
  return first;
}

describe.each([ROOM, PHONE])("the bitmap in a room of $width × $height", (room) => {
  test.each([6, 8, 10, 12, 16, 20, 28])("of %i × %i has a place for each pixel", (grid) => {
    for (const unfolded of [false, true]) {
      const { units } = inputs({ grid, unfolded }, room);
      expect(units).toHaveLength(grid ** 2);
      expect(new Set(units.map(({ x, y }) => `${x} ${y}`)).size).toBe(grid ** 2);
      for (const { y, size } of units) {
        expect(size).toBeGreaterThanOrEqual(1);
        expect(y - size / 2).toBeGreaterThanOrEqual(room.header);
        expect(y + size / 2).toBeLessThanOrEqual(room.height - room.footer);
      }
    }
  });

  test("is found pixel by pixel under the pointer, and not outside", () => {
    for (const unfolded of [false, true]) {
      const place = inputs({ grid: 6, unfolded }, room);
      for (const { unit, x, y } of place.units) expect(pixelAt(place, x, y)).toBe(unit);
      expect(pixelAt(place, 1, 1)).toBeNull();
    }
  });
});

test("a small bitmap unfolds into a stack, a large one into squares", () => {
  expect(inputs({ grid: 6, unfolded: false }).bitmap?.look).toBe("tile");
  expect(inputs({ grid: 6, unfolded: true }).bitmap?.look).toBe("stack");
  expect(inputs({ grid: 28, unfolded: true }).bitmap?.look).toBe("squares");
});

test("edges leave the tile at its right side, in the order of the rows", () => {
  const { units, bitmap } = inputs({ grid: 6, unfolded: false });
  const ports = units.map(({ port }) => port);
  const right = (bitmap?.left ?? 0) + (bitmap?.width ?? 0);
  expect(ports.every((port) => port?.x === right)).toBe(true);
  const heights = ports.map((port) => port?.y ?? 0);
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  expect(new Set(heights).size).toBe(36);
});

test("every class has its output in view, beside its words", () => {
  for (const room of [ROOM, PHONE]) {
    const outputs = layOut([784, 128, 10], room, [], { grid: 28, unfolded: false }).columns[2];
    expect(outputs?.units).toHaveLength(10);
    expect(outputs?.fold).toBeNull();
    expect(outputs?.units.every(({ size }) => size > 8)).toBe(true);
  }
});

describe("arrow keys", () => {
  const layout = (unfolded: boolean) => layOut([36, 12, 2], ROOM, [], { grid: 6, unfolded });

  test("go from pixel to pixel, and from the right side of the bitmap to the hidden units", () => {
    const from = { column: 0, unit: 8 };
    expect(moveFrom(layout(false), from, "ArrowDown")?.unit).toBe(14);
    expect(moveFrom(layout(false), from, "ArrowUp")?.unit).toBe(2);
    expect(moveFrom(layout(false), from, "ArrowLeft")?.unit).toBe(7);
    expect(moveFrom(layout(false), { column: 0, unit: 11 }, "ArrowRight")?.column).toBe(1);
    expect(moveFrom(layout(false), { column: 0, unit: 6 }, "ArrowLeft")).toBeNull();
    const back = moveFrom(layout(false), { column: 1, unit: 5 }, "ArrowLeft");
    expect((back?.unit ?? 0) % 6).toBe(5);
  });

  test("go down a stack bit by bit", () => {
    expect(moveFrom(layout(true), { column: 0, unit: 8 }, "ArrowDown")?.unit).toBe(9);
    expect(moveFrom(layout(true), { column: 0, unit: 8 }, "ArrowRight")?.column).toBe(1);
  });
});
