import { describe, expect, test } from "vitest";
import { classFor, inView, movedFrom, scrolledTo } from "../../../src/rooms/draw/shelf";

const THOUSAND = { count: 1000, perRow: 7, rowHeight: 60 };

describe("a shelf of a thousand drawings", () => {
  test("holds only those in view, and a few to spare", () => {
    for (const top of [0, 100, 3333, 143 * 60 - 120]) {
      const { from, end } = inView(THOUSAND, top, 120);
      expect(end - from).toBeLessThanOrEqual(7 * 7);
      expect(from % 7).toBe(0);
      expect(from).toBeLessThanOrEqual(Math.floor(top / 60) * 7);
      expect(end).toBeGreaterThanOrEqual(Math.min(1000, Math.floor((top + 119) / 60) * 7 + 7));
    }
  });

  test("holds nothing beyond its end, however far it was scrolled", () => {
    expect(inView({ ...THOUSAND, count: 5 }, 8000, 120)).toEqual({ from: 5, end: 5 });
    expect(inView({ ...THOUSAND, count: 0 }, 0, 120)).toEqual({ from: 0, end: 0 });
  });

  test("scrolls no further than it must to show a drawing", () => {
    expect(scrolledTo(THOUSAND, 0, 300, 120)).toBe(0);
    expect(scrolledTo(THOUSAND, 999, 0, 120)).toBe(143 * 60 - 120);
    expect(scrolledTo(THOUSAND, 35, 240, 120)).toBe(240);
  });
});

describe("arrow keys", () => {
  test("move along the row, between rows, and to both ends", () => {
    const moves = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
    expect(moves.map((key) => movedFrom(THOUSAND, 10, key))).toEqual([9, 11, 3, 17, 0, 999]);
  });

  test("stay where there is nothing further", () => {
    expect(movedFrom(THOUSAND, 3, "ArrowUp")).toBe(3);
    expect(movedFrom(THOUSAND, 999, "ArrowDown")).toBe(999);
    expect(movedFrom(THOUSAND, 3, "x")).toBeNull();
    expect(movedFrom({ ...THOUSAND, count: 0 }, 0, "End")).toBeNull();
  });
});

describe("a digit", () => {
  test("stands for the class of that name", () => {
    const digits = Array.from("0123456789");
    expect(classFor("0", digits)).toBe(0);
    expect(classFor("7", digits)).toBe(7);
  });

  test("else for the class at that place, the tenth for 0", () => {
    expect(classFor("1", ["X", "O"])).toBe(0);
    expect(classFor("2", ["X", "O"])).toBe(1);
    expect(classFor("0", Array.from("abcdefghij"))).toBe(9);
  });

  test("else for none", () => {
    expect(classFor("3", ["X", "O"])).toBeNull();
    expect(classFor("a", ["a", "b"])).toBeNull();
  });
});
