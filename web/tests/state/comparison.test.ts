import { afterEach, describe, expect, test } from "vitest";
import type { Comparison } from "../../src/state/comparison.svelte";
import type { Rooms } from "../../src/state/rooms.svelte";
import type { Session } from "../../src/state/session.svelte";
import { Surround, closeAll, page, until } from "./support";

let rooms: Rooms;
let session: Session;
let comparison: Comparison;

afterEach(closeAll);

async function shapes(around = new Surround()): Promise<void> {
  rooms = page(around);
  ({ session } = rooms);
  if (!rooms.comparison) throw new Error("nothing can be compared");
  ({ comparison } = rooms);
  await until(() => session.frame !== null);
}

function bits(frame = session.frame): string {
  return frame ? [...frame.weights, ...frame.biases].map((each) => each.join()).join(";") : "";
}

/** Both have made so many updates. */
async function both(a: number, b: number): Promise<void> {
  await until(() => comparison.a?.frame?.updates === a && session.frame?.updates === b);
}

describe("two runs in step", () => {
  test("with the same settings are the same to the bit, wherever the pinned one joins", async () => {
    await shapes();
    session.player.times(40);
    await until(() => session.frame?.updates === 40);
    comparison.pin();
    await both(40, 40);
    expect(bits(comparison.a?.frame)).toBe(bits());
    session.player.step();
    await both(41, 41);
    expect(bits(comparison.a?.frame)).toBe(bits());
    session.player.epoch();
    await both(45, 45);
    session.weights.reset();
    await both(0, 0);
    expect(bits(comparison.a?.frame)).toBe(bits());
  });

  test("are alike in what they do and differ in what was changed", async () => {
    await shapes();
    comparison.pin();
    session.change("learning rate", ({ training }) => (training.learning_rate = 1));
    session.player.epoch();
    await both(15, 15);
    expect(comparison.pinned?.training.learning_rate).toBe(0.1);
    expect(bits(comparison.a?.frame)).not.toBe(bits());
    expect(comparison.a?.frame?.trainLoss).not.toBe(session.frame?.trainLoss);
  });

  test("make as many passes where one of them makes fewer updates in each", async () => {
    await shapes();
    comparison.pin();
    session.change("batch", ({ training }) => (training.batch_size = "all"));
    session.player.epoch();
    session.player.epoch();
    await both(30, 2);
    session.history.undo();
    comparison.end();
    session.change("batch", ({ training }) => (training.batch_size = "all"));
    comparison.pin();
    session.history.undo();
    session.player.step();
    await both(2, 3);
  });

  test("play and rest together, and are never more than one frame apart", async () => {
    await shapes();
    comparison.pin();
    await both(0, 0);
    session.player.play();
    let apart = 0;
    await until(() => {
      apart = Math.max(apart, (session.frame?.epoch ?? 0) - (comparison.a?.frame?.epoch ?? 0));
      return (session.frame?.epoch ?? 0) > 30;
    });
    session.player.pause();
    await until(() => comparison.a?.frame?.updates === session.frame?.updates);
    expect(apart).toBeLessThanOrEqual(1);
    expect(bits(comparison.a?.frame)).toBe(bits());
    expect(comparison.a?.curve.length).toBeGreaterThan(20);
  });

  test("a run that joins late has a curve from the start on", async () => {
    await shapes();
    session.player.play();
    await until(() => (session.frame?.epoch ?? 0) > 40);
    session.player.pause();
    comparison.pin();
    await until(() => comparison.a?.frame?.updates === session.frame?.updates);
    expect(comparison.a?.curve[0]?.updates).toBe(0);
    expect(comparison.a?.curve.length).toBeGreaterThan(30);
  });

  test("one that diverges does not hold the other", async () => {
    const around = new Surround("#data=plane&activation=relu&learning_rate=3");
    await shapes(around);
    comparison.pin();
    session.change("learning rate", ({ training }) => (training.learning_rate = 0.01));
    session.player.play();
    await until(() => (session.frame?.epoch ?? 0) > 5);
    expect(comparison.a?.frame?.failure).not.toBeNull();
  });

  test("a worker that is gone does not hold the other", async () => {
    const around = new Surround();
    await shapes(around);
    comparison.pin();
    await both(0, 0);
    around.workers[1]?.crash("gone");
    session.player.play();
    await until(() => (session.frame?.epoch ?? 0) > 5);
    expect(comparison.a?.broken).toContain("gone");
  });
});

describe("what becomes of them", () => {
  test("swap gives each the other's place, with what was learnt, and undo takes it back", async () => {
    await shapes();
    comparison.pin();
    session.change("rate", ({ training }) => (training.learning_rate = 1));
    session.player.epoch();
    await both(15, 15);
    const [a, b] = [bits(comparison.a?.frame), bits()];
    await comparison.swap();
    await until(() => bits() === a && bits(comparison.a?.frame) === b);
    expect(session.experiment.training.learning_rate).toBe(0.1);
    expect(comparison.pinned?.training.learning_rate).toBe(1);
    expect(session.past.curve.at(-1)?.updates).toBe(15);
    session.history.undo();
    await until(() => bits() === b);
    expect(session.experiment.training.learning_rate).toBe(1);
  });

  test("keeping A brings its settings and weights to the page in one step", async () => {
    await shapes();
    comparison.pin();
    session.change("units", ({ network }) => (network.hidden = [{ units: 8, activation: "relu" }]));
    session.player.epoch();
    await both(15, 15);
    const [a, b] = [bits(comparison.a?.frame), bits()];
    await comparison.keepA();
    await until(() => bits() === a);
    await both(15, 15);
    session.history.undo();
    await until(() => bits() === b);
    expect(session.experiment.network.hidden).toHaveLength(1);
    session.history.redo();
    await until(() => bits() === a);
  });

  test("keeping B pins it, and the end leaves the page as it is", async () => {
    await shapes();
    comparison.pin();
    session.change("rate", ({ training }) => (training.learning_rate = 1));
    session.player.epoch();
    await both(15, 15);
    comparison.keepB();
    expect(comparison.pinned).toEqual(session.experiment);
    await both(15, 15);
    expect(bits(comparison.a?.frame)).toBe(bits());
    const before = bits();
    comparison.end();
    expect(comparison.a).toBeNull();
    expect(bits()).toBe(before);
    session.player.step();
    await until(() => session.frame?.updates === 16);
  });

  test("what is pinned is kept over reload, and nothing is once it has ended", async () => {
    const around = new Surround();
    await shapes(around);
    session.change("rate", ({ training }) => (training.learning_rate = 3));
    comparison.pin();
    session.change("rate", ({ training }) => (training.learning_rate = 1));
    await until(() => around.kept.get("pellucid.pinned")?.includes("3") ?? false);
    closeAll();
    await shapes(new Surround("", Object.fromEntries(around.kept)));
    expect(comparison.pinned?.training.learning_rate).toBe(3);
    expect(session.experiment.training.learning_rate).toBe(1);
    await both(0, 0);
    comparison.end();
    expect(comparison.pinned).toBeNull();
  });

  test("a pinned experiment that cannot be read is no trouble", async () => {
    await shapes(new Surround("", { "pellucid.pinned": '{"data": 3}' }));
    expect(comparison.pinned).toBeNull();
    expect(session.notice).toBeNull();
  });

  test("says since when B has had other settings", async () => {
    await shapes();
    comparison.pin();
    session.player.epoch();
    await both(15, 15);
    expect(comparison.changedAt).toBeNull();
    session.change("rate", ({ training }) => (training.learning_rate = 1));
    await until(() => comparison.changedAt === 1);
    session.weights.reset();
    await until(() => comparison.changedAt === null);
    await both(0, 0);
  });
});
