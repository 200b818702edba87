import { describe, expect, test } from "vitest";
import { edgeAt, strength } from "../../src/stage/edges";
import { layOut } from "../../src/stage/layout";
import { moveFrom } from "../../src/stage/roving";

const LAYOUT = layOut([2, 3, 1], { width: 600, height: 420, header: 60, footer: 0, rem: 16 }, []);

describe("an edge", () => {
  test("is stronger the larger its weight, whatever the sign", () => {
    expect(strength(0)).toBe(0);
    expect(strength(-2)).toBe(strength(2));
    expect(strength(3)).toBeGreaterThan(strength(2));
    expect(strength(1e30)).toBeLessThanOrEqual(1);
    expect(strength(NaN)).toBe(1);
  });

  test("is found under the pointer along the whole of its curve", () => {
    const from = LAYOUT.columns[0]?.units[1];
    const to = LAYOUT.columns[1]?.units[0];
    if (!from || !to) throw new Error("the layout has these units");
    const [x0, x1] = [from.x + from.size / 2, to.x - to.size / 2];
    for (const t of [0.3, 0.4, 0.6, 0.7]) {
      const x = x0 + (x1 - x0) * (1.5 * t - 1.5 * t * t + t * t * t);
      const y = from.y + (to.y - from.y) * t * t * (3 - 2 * t);
      expect(edgeAt(LAYOUT, x, y)).toEqual({ layer: 0, unit: 0, input: 1 });
    }
  });

  test("is not found where there is none", () => {
    expect(edgeAt(LAYOUT, 5, 5)).toBeNull();
    expect(edgeAt(LAYOUT, 595, 415)).toBeNull();
  });
});

describe("arrow keys", () => {
  test("move inside of a column and stop at its ends", () => {
    expect(moveFrom(LAYOUT, { column: 1, unit: 0 }, "ArrowDown")).toEqual({ column: 1, unit: 1 });
    expect(moveFrom(LAYOUT, { column: 1, unit: 0 }, "ArrowUp")).toBeNull();
    expect(moveFrom(LAYOUT, { column: 1, unit: 2 }, "ArrowDown")).toBeNull();
  });

  test("move to the closest unit of the next column", () => {
    expect(moveFrom(LAYOUT, { column: 2, unit: 0 }, "ArrowLeft")).toEqual({ column: 1, unit: 1 });
    expect(moveFrom(LAYOUT, { column: 2, unit: 0 }, "ArrowRight")).toBeNull();
    expect(moveFrom(LAYOUT, { column: 1, unit: 1 }, "a")).toBeNull();
  });
});
