import { beforeEach, expect, test, vi } from "vitest";
import type { Point } from "../../../src/engine/reading";
import { Ink } from "../../../src/rooms/draw/ink";

/** What was done to a canvas. */
class Paper {
  width = 0;
  height = 0;
  readonly done: string[] = [];
  lineWidth = 0;
  getContext(): this {
    return this;
  }
  setTransform(): void {}
  beginPath(): void {}
  clearRect(): void {
    this.done.push("clear");
  }
  moveTo(x: number, y: number): void {
    this.done.push(`move ${x} ${y}`);
  }
  lineTo(x: number, y: number): void {
    this.done.push(`line ${x} ${y}`);
  }
  arc(x: number, y: number): void {
    this.done.push(`dot ${x} ${y}`);
  }
  stroke(): void {}
  fill(): void {}
  /** What was done since the last look. */
  news(): string[] {
    return this.done.splice(0);
  }
}

let paper: Paper;
let ink: Ink;
const at = (x: number, y = 0): Point => ({ x, y });
const show = (...strokes: Point[][]): void => ink.show(strokes, 512, "#000000");

beforeEach(() => {
  vi.stubGlobal("window", { devicePixelRatio: 1 });
  paper = new Paper();
  ink = new Ink(paper as unknown as HTMLCanvasElement);
  show();
  paper.news();
});

test("a longer stroke costs only what is new", () => {
  show([at(1), at(2)]);
  expect(paper.news()).toEqual(["move 1 0", "line 2 0"]);
  show([at(1), at(2), at(3)]);
  expect(paper.news()).toEqual(["move 2 0", "line 3 0"]);
  show([at(1), at(2), at(3)]);
  expect(paper.news()).toEqual([]);
});

test("a stroke that is begun is a dot until the pen moves", () => {
  show([at(5)]);
  expect(paper.news()).toEqual(["dot 5 0"]);
  show([at(5), at(6)]);
  expect(paper.news()).toEqual(["move 5 0", "line 6 0"]);
});

test("another stroke leaves those before it alone", () => {
  show([at(1), at(2)]);
  paper.news();
  show([at(1), at(2)], [at(8), at(9)]);
  expect(paper.news()).toEqual(["move 8 0", "line 9 0"]);
});

test("fewer points, other points or another look are drawn anew", () => {
  show([at(1), at(2), at(3)]);
  paper.news();
  show([at(1), at(2)]);
  expect(paper.news()).toEqual(["clear", "move 1 0", "line 2 0"]);
  show([at(1), at(7), at(9)]);
  expect(paper.news()[0]).toBe("clear");
  ink.show([[at(1), at(7), at(9)]], 256, "#000000");
  expect(paper.news()).toEqual(["clear", "move 0.5 0", "line 3.5 0", "line 4.5 0"]);
  ink.show([], 256, "#000000");
  expect(paper.news()).toEqual(["clear"]);
});
