import { describe, expect, test } from "vitest";
import type { Moment, Start } from "../../../src/engine/seeds";
import { bandsOf, binsOf, spreadOf, summary } from "../../../src/rooms/shapes/seeds/spread";
import { verdicts } from "../../../src/rooms/shapes/seeds/verdict";

/** A start with these training losses, which are the test losses too. */
function start(losses: readonly number[], accuracy: number | null, diverged = false): Start {
  const moments = losses.map((loss, epoch): Moment => {
    return {
      epoch,
      updates: 10 * epoch,
      trainLoss: loss,
      testLoss: loss,
      trainAccuracy: accuracy,
      testAccuracy: accuracy,
    };
  });
  return { moments, diverged };
}

const SOLVED = start([0.7, 0.3, 0.1, 0.05, 0.04], 0.99);
const PLATEAU = start([0.7, 0.26, 0.25, 0.25, 0.25], 0.89);
const LATE = start([0.7, 0.6, 0.5, 0.4, 0.3], 0.85);
const DEAD = start([0.693, 0.693, 0.693, 0.693, 0.693], 0.5);
const DIVERGED = start([0.7, 40], 0.5, true);

describe("a start is stuck", () => {
  test("when it rests more than 5 points behind the best one", () => {
    expect(verdicts([SOLVED, PLATEAU])).toEqual(["good", "stuck"]);
    const near = start([0.7, 0.26, 0.25, 0.25, 0.25], 0.94);
    expect(verdicts([SOLVED, near])).toEqual(["good", "good"]);
  });
  test("not while it is still on its way", () => {
    expect(verdicts([SOLVED, LATE])).toEqual(["good", "good"]);
  });
  test("when it has learnt nothing, though no other has either", () => {
    expect(verdicts([DEAD, DEAD])).toEqual(["stuck", "stuck"]);
  });
  test("not when all are alike at what the network can do", () => {
    expect(verdicts([PLATEAU, PLATEAU])).toEqual(["good", "good"]);
  });
  test("with numbers to fit, when its loss is behind by 5 % of the usual first one", () => {
    const best = start([0.4, 0.1, 0.02, 0.02, 0.02], null);
    expect(verdicts([best, start([0.4, 0.1, 0.05, 0.05, 0.05], null)])[1]).toBe("stuck");
    expect(verdicts([best, start([0.4, 0.1, 0.03, 0.03, 0.03], null)])[1]).toBe("good");
  });
  test("never when it diverged, nor before it is done", () => {
    expect(verdicts([SOLVED, DIVERGED, undefined])).toEqual(["good", "diverged", null]);
  });
});

describe("the spread", () => {
  const starts = [SOLVED, PLATEAU, undefined, DIVERGED, start([0.7, 0.4, 0.2, 0.1, 0.08], 0.97)];
  const spread = spreadOf(starts, verdicts(starts), "test");

  test("goes from worst to best, those that diverged first", () => {
    expect(spread.results.map(({ place }) => place)).toEqual([3, 1, 4, 0]);
    expect(spread.sound.map(({ value }) => value)).toEqual([0.89, 0.97, 0.99]);
  });
  test("is told in a sentence", () => {
    expect(summary(spread)).toBe(
      "4 starts: median test accuracy 97.0 %, worst 89.0 %, 1 stuck, 1 diverged.",
    );
  });
  test("has the losses between which most starts lie", () => {
    const end = bandsOf(spread).at(-1);
    expect(end?.epoch).toBe(4);
    expect(end?.middle).toBeCloseTo(0.08);
    expect(end?.low).toBeCloseTo(0.04 + 0.2 * 0.04);
    expect(end?.high).toBeCloseTo(0.08 + 0.8 * 0.17);
  });
  test("has every sound start in one bin of its histogram, with round edges", () => {
    const bins = binsOf(spread);
    expect(bins.flatMap(({ results }) => results)).toHaveLength(3);
    expect(bins.length).toBeLessThanOrEqual(12);
    for (const { low, high, results } of bins) {
      expect(results.every(({ value }) => value >= low && value <= high)).toBe(true);
      expect(low * 1000).toBeCloseTo(Math.round(low * 1000));
    }
    expect(bins.reduce((sum, { stuck }) => sum + stuck, 0)).toBe(1);
  });
  test.each([0, 0.5, 1])("has a histogram where all accuracies are %d", (accuracy) => {
    const same = Array.from({ length: 7 }, () => start([1, 1], accuracy));
    const bins = binsOf(spreadOf(same, verdicts(same), "train"));
    expect(bins.map(({ results }) => results.length).filter(Boolean)).toEqual([7]);
    expect(bins.every(({ low, high }) => low >= 0 && high <= 1.05)).toBe(true);
  });
  test("of starts that all diverged has no median", () => {
    const none = spreadOf([DIVERGED], ["diverged"], "train");
    expect(summary(none)).toBe("1 start: none stuck, 1 diverged.");
    expect(bandsOf(none)).toEqual([]);
  });
});
