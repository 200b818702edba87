import { beforeAll, describe, expect, test } from "vitest";
import { Bitmaps } from "../../src/engine/bitmaps";
import type { Engine } from "../../src/engine/engine";
import { looks, trainStart, type Start } from "../../src/engine/seeds";
import { Talk, loadEngine, source } from "./support";

let engine: Engine;

beforeAll(async () => {
  engine = await loadEngine();
});

function trained(
  document: object,
  epochs: number,
  onEpochs: (count: number) => void = () => undefined,
): Start {
  return trainStart(engine, source(document), epochs, new Bitmaps(engine), onEpochs);
}

describe("a start", () => {
  test("is looked at evenly, no more than fifty times, and in the end", () => {
    expect(looks(3)).toEqual([1, 2, 3]);
    expect(looks(200)).toHaveLength(50);
    expect(looks(200).slice(-2)).toEqual([196, 200]);
    expect(looks(333).at(-1)).toBe(333);
    expect(new Set(looks(51)).size).toBe(50);
  });

  test("ends with the very numbers that a run has which is trained by hand", async () => {
    const document = { network: { seed: 6 }, training: { seed: 3 } };
    const { moments, diverged } = trained(document, 60);
    const talk = new Talk(await loadEngine());
    talk.command({ type: "open", source: source(document), keep: false });
    const first = talk.frame();
    talk.command({ type: "advance", unit: "epoch", count: 60 });
    const end = talk.frame();
    expect(diverged).toBe(false);
    expect([moments[0]?.trainLoss, moments[0]?.epoch]).toEqual([first.trainLoss, 0]);
    expect(moments.at(-1)).toEqual({
      epoch: 60,
      updates: 900,
      trainLoss: end.trainLoss,
      testLoss: end.testLoss,
      trainAccuracy: end.trainAccuracy,
      testAccuracy: end.testAccuracy,
    });
  });

  test("is trained alike after others", () => {
    const alone = trained({ network: { seed: 1 } }, 20);
    trained({ data: { kind: "spiral", classes: 3 } }, 5);
    expect(trained({ network: { seed: 1 } }, 20)).toEqual(alone);
  });

  test("tells how many epochs it has had", () => {
    let told = 0;
    trained({}, 120, (epochs) => (told += epochs));
    expect(told).toBe(120);
  });

  test("says that it diverged, and keeps the moments before", () => {
    const { moments, diverged } = trained(
      {
        data: { kind: "plane" },
        network: { hidden: [{ units: 4, activation: "linear" }] },
        training: { learning_rate: 10 },
      },
      50,
    );
    expect(diverged).toBe(true);
    expect(moments.length).toBeLessThan(51);
    expect(moments.every(({ trainLoss }) => Number.isFinite(trainLoss))).toBe(true);
  });

  test("has no test loss where nothing is held out, and no accuracy where numbers are fitted", () => {
    const { moments } = trained({ data: { kind: "bumps", test_share: 0 } }, 2);
    expect(moments.at(-1)).toMatchObject({
      testLoss: null,
      trainAccuracy: null,
      testAccuracy: null,
    });
  });

  test("is trained on given points as well", () => {
    const points = [
      [0, 1, 0],
      [1, 0, 1],
      [-1, 0, 0],
      [0, -1, 1],
    ];
    const given = trained({ data: { kind: "given", points, test_share: 0 } }, 30);
    expect(given.moments.at(-1)?.trainLoss).toBeLessThan(given.moments[0]?.trainLoss ?? 0);
    expect(given.moments.at(-1)?.updates).toBe(30);
  });
});
