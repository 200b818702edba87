import { describe, expect, test } from "vitest";
import { Detail } from "../../src/engine/detail";
import { Pace } from "../../src/engine/pace";
import type { Run } from "../../src/engine/run";

/** A run whose updates take a known time on a clock that only they move. */
class Clocked {
  time = 1000;
  updates = 0;
  readonly diverged = false;
  constructor(
    readonly milliseconds: number,
    readonly updatesPerEpoch = 15,
  ) {}
  get updatesLeft(): number {
    return this.updatesPerEpoch - (this.updates % this.updatesPerEpoch);
  }
  step(count: number): void {
    this.updates += count;
    this.time += count * this.milliseconds;
  }
  get run(): Run {
    return this as unknown as Run;
  }
}

describe("training between two frames", () => {
  test("makes what the speed asks for", () => {
    const clocked = new Clocked(0.01);
    const pace = new Pace(() => clocked.time);
    pace.train(clocked.run, "slow", 8);
    expect(clocked.updates).toBe(1);
    pace.train(clocked.run, "normal", 8);
    expect(clocked.updates).toBe(15);
    pace.train(clocked.run, "fast", 8);
    expect(clocked.updates).toBe(165);
  });

  test("uses its time at full speed, and little more", () => {
    const clocked = new Clocked(0.01);
    const pace = new Pace(() => clocked.time);
    for (let k = 0; k < 20; k++) pace.train(clocked.run, "fastest", 8);
    const start = clocked.time;
    pace.train(clocked.run, "fastest", 8);
    expect(clocked.time - start).toBeGreaterThanOrEqual(8);
    expect(clocked.time - start).toBeLessThan(12);
  });

  test("goes on with a long epoch in the next frame", () => {
    const clocked = new Clocked(3);
    const pace = new Pace(() => clocked.time);
    pace.train(clocked.run, "normal", 8);
    expect(clocked.updates).toBeLessThan(6);
    for (let k = 0; k < 10; k++) pace.train(clocked.run, "normal", 8);
    expect(clocked.updates).toBeGreaterThan(15);
  });

  test("gets on with a clock that hardly moves", () => {
    const clocked = new Clocked(0.001);
    const pace = new Pace(() => Math.floor(clocked.time / 5) * 5);
    pace.train(clocked.run, "fastest", 8);
    expect(clocked.updates).toBeGreaterThan(5000);
  });

  test("tells how many updates a second were made", () => {
    const clocked = new Clocked(0.01);
    const pace = new Pace(() => clocked.time);
    for (let k = 0; k < 200; k++) {
      pace.train(clocked.run, "normal", 8);
      clocked.time += 16;
    }
    expect(pace.stepsPerSecond).toBeGreaterThan(850);
    expect(pace.stepsPerSecond).toBeLessThan(1000);
    pace.rest();
    expect(pace.stepsPerSecond).toBeNull();
  });
});

describe("the detail of a picture", () => {
  test("is what is wanted where there is time for it", () => {
    const detail = new Detail();
    expect(detail.resolution(48, 12, 3)).toBe(12);
    detail.took(0.1, 12);
    expect(detail.resolution(48, 12, 3)).toBe(48);
  });

  test("is less where it would take too long, but never below the least", () => {
    const detail = new Detail();
    detail.took(100, 400);
    expect(detail.resolution(400, 64, 3)).toBe(64);
    expect(detail.canBeFiner(64, 400, 3)).toBe(false);
    expect(detail.canBeFiner(64, 400, 100)).toBe(true);
  });

  test("is soon what it was where a picture was held up by something else", () => {
    const detail = new Detail();
    detail.took(60, 24);
    expect(detail.resolution(400, 24, 100)).toBeLessThan(64);
    detail.took(0.3, 24);
    expect(detail.resolution(400, 24, 100)).toBe(400);
  });

  test("does not change with every change of the load", () => {
    const detail = new Detail();
    detail.took(4, 200);
    const first = detail.resolution(400, 64, 3);
    detail.took(3.6, first);
    expect(detail.resolution(400, 64, 3)).toBe(first);
  });
});
