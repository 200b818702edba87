import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/engine/frame";
import { biasAt } from "../../src/stage/biases";
import { drawEdges, edgeAt, strength, type UnitRef } from "../../src/stage/edges";
import { layOut } from "../../src/stage/layout";
import { moveFrom } from "../../src/stage/roving";
import { Strongest } from "../../src/stage/strongest";

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

test("the bar of a bias is found below its unit, and nowhere else", () => {
  const place = LAYOUT.columns[1]?.units[2];
  if (!place) throw new Error("the layout has this unit");
  const y = place.y + place.size / 2 + 5;
  expect(biasAt(LAYOUT, place.x + 5, y)).toEqual({ layer: 0, unit: 2, input: null });
  expect(biasAt(LAYOUT, place.x + place.size, y)).toBeNull();
  expect(biasAt(LAYOUT, place.x, y + 20)).toBeNull();
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

/** Takes note of every edge that is drawn. */
class Recorder {
  globalAlpha = 1;
  strokeStyle = "";
  dash: number[] = [];
  readonly edges: { colour: string; alpha: number; dashed: boolean }[] = [];
  setLineDash(dash: number[]): void {
    this.dash = dash;
  }
  stroke(): void {
    const { strokeStyle, globalAlpha, dash } = this;
    this.edges.push({ colour: strokeStyle, alpha: globalAlpha, dashed: dash.length > 0 });
  }
  beginPath(): void {}
  moveTo(): void {}
  bezierCurveTo(): void {}
}

describe("edges of a drawing", () => {
  const layout = layOut([36, 2], { width: 600, height: 420, header: 60, footer: 0, rem: 16 }, [], {
    grid: 6,
    unfolded: false,
  });
  const weights = [Float32Array.from({ length: 72 }, (_, k) => (k % 2 ? -1 : 1))];
  const frame = { widths: [36, 2], weights, isOff: () => false } as unknown as Frame;
  const draw = (bits: Uint8Array | null, focus: UnitRef | null = null) => {
    const recorder = new Recorder();
    drawEdges(recorder as unknown as CanvasRenderingContext2D, layout, frame, {
      colours: { positive: "plus", negative: "minus", hairline: "", soft: "" },
      strongest: new Strongest(),
      focus,
      edge: null,
      bits,
    });
    return recorder.edges;
  };

  test("are all there, those of negative weights dashed", () => {
    const edges = draw(null);
    expect(edges).toHaveLength(72);
    expect(edges.every(({ colour, dashed }) => dashed === (colour === "minus"))).toBe(true);
  });

  test("step back where the pixel is off", () => {
    const bits = Uint8Array.from({ length: 36 }, (_, pixel) => (pixel === 3 ? 1 : 0));
    const alphas = draw(bits).map(({ alpha }) => alpha);
    const [on, off] = [alphas[6] ?? 0, alphas[8] ?? 0];
    expect(on).toBeGreaterThan(2 * off);
    expect(alphas.filter((alpha) => alpha === on)).toHaveLength(2);
  });

  test("step back where they do not touch the pixel looked at", () => {
    const alphas = draw(null, { column: 0, unit: 3 }).map(({ alpha }) => alpha);
    expect(alphas.filter((alpha) => alpha === Math.max(...alphas))).toHaveLength(2);
  });
});
