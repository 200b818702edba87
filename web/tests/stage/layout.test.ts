import { describe, expect, test } from "vitest";
import { layOut, type Room } from "../../src/stage/layout";

const ROOM: Room = { width: 640, height: 480, header: 60, footer: 0, rem: 16 };

describe("the layout of the network", () => {
  test("keeps all units inside of the picture, below the header, without overlap", () => {
    for (const widths of [
      [2, 4, 3, 1],
      [7, 8, 8, 1],
      [1, 1],
      [2, 9, 9, 9, 9, 9, 9, 9, 9, 5],
    ]) {
      for (const { units } of layOut(widths, ROOM, []).columns) {
        for (const [row, { y, size }] of units.entries()) {
          expect(y - size / 2).toBeGreaterThanOrEqual(ROOM.header);
          expect(y + size / 2).toBeLessThanOrEqual(ROOM.height);
          const next = units[row + 1];
          if (next) expect(next.y - y).toBeGreaterThan(size);
        }
      }
    }
  });

  test("stands around the same middle in every column", () => {
    const { columns } = layOut([2, 4, 2], ROOM, []);
    const middles = columns.map(({ units }) => ((units[0]?.y ?? 0) + (units.at(-1)?.y ?? 0)) / 2);
    for (const middle of middles)
      expect(Math.abs(middle - (middles[0] ?? 0))).toBeLessThanOrEqual(1);
  });

  test("folds what there is no room for, and says how much", () => {
    const column = layOut([2, 40, 1], ROOM, []).columns[1];
    expect(column?.hidden).toBe(40 - (column?.units.length ?? 0));
    expect(column?.fold).not.toBeNull();
  });

  test("shows every unit of an opened layer, up to the widest", () => {
    const column = layOut([2, 512, 1], ROOM, [1]).columns[1];
    expect(column?.units).toHaveLength(512);
    expect(column?.hidden).toBe(0);
    const places = new Set(column?.units.map(({ x, y }) => `${x} ${y}`));
    expect(places.size).toBe(512);
  });

  test("grows beyond a narrow screen rather than below a readable size", () => {
    const { width, spacing } = layOut(new Array<number>(10).fill(3), { ...ROOM, width: 300 }, []);
    expect(spacing).toBe(64);
    expect(width).toBe(640);
  });
});
