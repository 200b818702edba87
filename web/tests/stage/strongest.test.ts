import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/engine/frame";
import { layOut, type UnitPlace } from "../../src/stage/layout";
import { Strongest } from "../../src/stage/strongest";

const ROOM = { width: 640, height: 520, header: 60, footer: 0, rem: 16 };

/** A frame of 784 → 128 → 10 whose weights are what a function says of their number. */
function frameOf(weight: (k: number) => number): Frame {
  const widths = [784, 128, 10];
  const weights = [784 * 128, 1280].map((length) =>
    Float32Array.from({ length }, (_, k) => weight(k)),
  );
  return { widths, weights } as unknown as Frame;
}
/** Evenly spread from −1 to 1, in no order. */
function spread(k: number): number {
  return (((k * 2654435761) % 65536) / 65536) * 2 - 1;
}
function places(opened: readonly number[]): [readonly UnitPlace[], readonly UnitPlace[]] {
  const { columns } = layOut([784, 128, 10], ROOM, opened, { grid: 28, unfolded: false });
  return [columns[0]?.units ?? [], columns[1]?.units ?? []];
}
function drawn(frame: Frame, threshold: number, opened: readonly number[]): number {
  const [sources, targets] = places(opened);
  const weights = frame.weights[0] ?? new Float32Array();
  const sizes = sources.flatMap((s) =>
    targets.map((t) => Math.abs(weights[s.unit * 128 + t.unit] ?? 0)),
  );
  return sizes.filter((size) => size > threshold).length;
}

describe.each([[[]], [[1]]])("of a wide layer (opened: %j)", (opened) => {
  const [sources, targets] = places(opened);

  test("about 800 edges are drawn, the strongest", () => {
    const frame = frameOf(spread);
    const threshold = new Strongest().threshold(frame, 0, sources, targets);
    const count = drawn(frame, threshold, opened);
    expect(count).toBeGreaterThan(480);
    expect(count).toBeLessThan(1200);
  });

  test("the threshold stays while the weights change a little, and follows when they grow", () => {
    const strongest = new Strongest();
    const first = strongest.threshold(frameOf(spread), 0, sources, targets);
    const slightly = frameOf((k) => spread(k) + 0.001 * Math.sin(k));
    expect(strongest.threshold(slightly, 0, sources, targets)).toBe(first);
    const grown = frameOf((k) => 3 * spread(k));
    const next = strongest.threshold(grown, 0, sources, targets);
    expect(next).toBeGreaterThan(first);
    expect(drawn(grown, next, opened)).toBeLessThan(1200);
  });

  test("weights that are all alike are left to the band", () => {
    for (const value of [0, 0.5, NaN]) {
      const frame = frameOf(() => value);
      const threshold = new Strongest().threshold(frame, 0, sources, targets);
      expect(drawn(frame, threshold, opened)).toBe(0);
    }
  });
});

test("of a layer with fewer edges all are drawn", () => {
  const { columns } = layOut([36, 12, 2], ROOM, [], { grid: 6, unfolded: false });
  const frame = { widths: [36, 12, 2], weights: [new Float32Array(432)] } as unknown as Frame;
  const threshold = new Strongest().threshold(
    frame,
    0,
    columns[0]?.units ?? [],
    columns[1]?.units ?? [],
  );
  expect(threshold).toBe(-1);
});
