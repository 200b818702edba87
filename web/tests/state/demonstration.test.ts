import { describe, expect, test } from "vitest";
import type { Point } from "../../src/engine/reading";
import { Demonstration, type Pace } from "../../src/state/demonstration.svelte";

type Stage = ConstructorParameters<typeof Demonstration>[0];
type Stroke = readonly Point[];

/** A pad that keeps what is trained; lines are all that it can draw by hand. */
class Paper {
  names: readonly string[] = ["X", "O"];
  mode = 0;
  row: number | null = null;
  strokes: Point[][] = [];
  penIsDown = false;
  readonly trained: { readonly strokes: readonly Stroke[]; readonly label: number }[] = [];
  readonly seeds: number[] = [];

  readonly reader = {
    byHand: (character: string, seed: number): Point[][] | null => {
      if (character.length > 1) return null;
      this.seeds.push(seed);
      const line = (x: number): Point[] =>
        Array.from({ length: 40 }, (_, place) => ({ x: x + seed, y: 10 * place }));
      return [line(100), line(200)];
    },
  };
  get text(): string {
    return this.strokes.length > 0 ? "drawn" : "";
  }
  get kept(): readonly unknown[] {
    return this.trained;
  }
  begin(point: Point): void {
    this.penIsDown = true;
    if (this.row !== null) this.clear();
    this.strokes.push([point]);
  }
  extend(points: readonly Point[]): void {
    this.strokes.at(-1)?.push(...points);
  }
  lift(): void {
    this.penIsDown = false;
  }
  clear(): void {
    this.strokes = [];
    this.row = null;
  }
  setMode(mode: number): void {
    this.mode = mode;
  }
  teach(): void {
    this.row = this.trained.length;
    this.trained.push({ strokes: this.strokes, label: this.mode });
  }
}

/** Time that passes at once; what happens in it can be watched. */
function pace(onFrame: () => void = () => undefined): Pace & { frames: number; waits: number } {
  const counted = {
    frames: 0,
    waits: 0,
    frame: () => {
      counted.frames += 1;
      onFrame();
      return Promise.resolve(16);
    },
    wait: () => {
      counted.waits += 1;
      return Promise.resolve();
    },
    prefersStillness: () => false,
  };
  return counted;
}

function shownOn(paper: Paper, at: Pace = pace()): Demonstration {
  return new Demonstration(paper as unknown as Stage, at);
}

describe("show me", () => {
  test("draws eight characters, the classes in turn, and trains each once", async () => {
    const paper = new Paper();
    const demonstration = shownOn(paper);
    await demonstration.start();
    expect(paper.trained.map(({ label }) => label)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    for (const [drawn, { strokes }] of paper.trained.entries()) {
      const written = paper.reader.byHand("X", drawn) ?? [];
      expect(strokes).toHaveLength(written.length);
      for (const [place, stroke] of written.entries()) {
        expect(strokes[place]).toEqual(expect.arrayContaining(stroke));
      }
    }
    expect(demonstration.running).toBe(false);
  });

  test("draws equally many of every class", async () => {
    const paper = new Paper();
    paper.names = Array.from({ length: 10 }, (_, digit) => String(digit));
    await shownOn(paper).start();
    expect(paper.trained.map(({ label }) => label)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("never shows the same hand twice", async () => {
    const paper = new Paper();
    const demonstration = shownOn(paper);
    await demonstration.start();
    await demonstration.start();
    const drawn = paper.trained.map(({ strokes }) => strokes[0]?.[0]?.x);
    expect(new Set(drawn).size).toBe(16);
  });

  test("lets the strokes grow point by point, and says how far it is", async () => {
    const paper = new Paper();
    const lengths: number[] = [];
    const told: string[] = [];
    const at = pace(() => {
      lengths.push(paper.strokes.at(-1)?.length ?? 0);
      told.push(`${demonstration.drawing} of ${demonstration.of}`);
    });
    const demonstration = shownOn(paper, at);
    await demonstration.start();
    expect(at.frames).toBeGreaterThan(8 * 20);
    const [first = 0, second = 0, third = 0] = lengths;
    expect([first < second, second < third]).toEqual([true, true]);
    expect(new Set(told)).toEqual(
      new Set([1, 2, 3, 4, 5, 6, 7, 8].map((drawing) => `${drawing} of 8`)),
    );
  });

  test("moves nothing by itself for those who want stillness, and still pauses between drawings", async () => {
    const paper = new Paper();
    const at = { ...pace(), prefersStillness: () => true };
    let frames = 0;
    let waits = 0;
    at.frame = () => {
      frames += 1;
      return Promise.resolve(16);
    };
    at.wait = () => {
      waits += 1;
      return Promise.resolve();
    };
    await shownOn(paper, at).start();
    expect(paper.trained).toHaveLength(8);
    expect(frames).toBe(0);
    expect(waits).toBeGreaterThanOrEqual(16);
  });

  test("stopped in the middle of a stroke, trains nothing half done and leaves a clear pad", async () => {
    const paper = new Paper();
    let frames = 0;
    const demonstration: Demonstration = shownOn(
      paper,
      pace(() => {
        if (++frames === 100) demonstration.stop();
      }),
    );
    await demonstration.start();
    expect(frames).toBe(100);
    expect(paper.trained).toHaveLength(1);
    expect(paper.text).toBe("");
    expect(paper.penIsDown).toBe(false);
    expect(demonstration.running).toBe(false);
  });

  test("stopped after training, leaves the drawing on the pad", async () => {
    const paper = new Paper();
    const demonstration: Demonstration = shownOn(paper, {
      ...pace(),
      wait: () => {
        if (paper.trained.length === 1) demonstration.stop();
        return Promise.resolve();
      },
    });
    await demonstration.start();
    expect(paper.trained).toHaveLength(1);
    expect(paper.text).not.toBe("");
  });

  test("begun anew while the last one still winds down, goes on as one", async () => {
    const paper = new Paper();
    const demonstration = shownOn(paper);
    const first = demonstration.start();
    demonstration.stop();
    await Promise.all([first, demonstration.start()]);
    expect(paper.trained).toHaveLength(8);
  });

  test("does not train what somebody has labelled meanwhile", async () => {
    const paper = new Paper();
    const demonstration = shownOn(paper, {
      ...pace(),
      wait: () => {
        paper.row = 0;
        return Promise.resolve();
      },
    });
    await demonstration.start();
    expect(paper.trained).toHaveLength(0);
    expect(demonstration.running).toBe(false);
  });

  test("says which names it cannot draw, and draws nothing", async () => {
    const paper = new Paper();
    paper.names = ["X", "cat"];
    const demonstration = shownOn(paper);
    await demonstration.start();
    expect(demonstration.undrawable).toContain("not “cat”");
    expect(paper.text).toBe("");
    paper.names = ["X", "O"];
    expect(demonstration.undrawable).toBeNull();
    await demonstration.start();
    expect(paper.trained).toHaveLength(8);
  });
});
