import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Drawings } from "../../src/state/drawings.svelte";
import { bits, draw, keep, tray } from "./drawing";
import { Surround, closeAll, drawing, until } from "./support";

let around: Surround;
let drawings: Drawings;

beforeEach(async () => {
  around = new Surround();
  drawings = await drawing(around);
});
afterEach(closeAll);

/** What the engine says of the drawing on the pad. */
function outputs(): number[] {
  return [...(drawings.reading?.outputs ?? [])];
}

describe("Train", () => {
  test("makes one update on the drawing, and ×10 ten, and keeps the drawing once", async () => {
    draw(drawings, "X");
    const before = outputs();
    drawings.teach(1);
    await bits(drawings, 1);
    const after = outputs();
    expect(after[0]).toBeGreaterThan(before[0] ?? 1);
    drawings.teach(10);
    await bits(drawings, 11);
    expect(outputs()[0]).toBeGreaterThan(after[0] ?? 1);
    expect(tray(drawings)).toEqual([[drawings.text, 0]]);
    expect(drawings.row).toBe(0);
  });

  test("is undone in one step, with the weights, the tray, the pad and the curve", async () => {
    keep(drawings, "O", 1);
    drawings.clear();
    draw(drawings, "X");
    const { text } = drawings;
    const before = await bits(drawings, 0);
    const { curve } = drawings.session.past;
    drawings.teach(10);
    const after = await bits(drawings, 10);
    expect(drawings.session.history.undoLabel).toBe("training");

    drawings.session.history.undo();
    expect([drawings.text, drawings.row, drawings.kept.length]).toEqual([text, null, 1]);
    expect(await bits(drawings, 0)).toBe(before);
    expect(drawings.session.past.curve).toEqual(curve);

    drawings.session.history.redo();
    expect([drawings.row, drawings.kept.length]).toEqual([1, 2]);
    expect(await bits(drawings, 10)).toBe(after);
  });

  test("many times and undone as often leads back to the very same start", async () => {
    const before = await bits(drawings, 0);
    for (let seed = 0; seed < 5; seed++) {
      drawings.clear();
      draw(drawings, seed % 2 ? "O" : "X", seed);
      drawings.setMode(seed % 2);
      drawings.teach(1);
    }
    const after = await bits(drawings, 5);
    while (drawings.session.history.undoLabel !== null) drawings.session.history.undo();
    expect(await bits(drawings, 0)).toBe(before);
    expect([drawings.kept.length, drawings.text, drawings.mode]).toEqual([0, "", 0]);
    while (drawings.session.history.redoLabel !== null) drawings.session.history.redo();
    expect(await bits(drawings, 5)).toBe(after);
    expect(drawings.kept).toHaveLength(5);
  });

  test("rests a run that is playing", async () => {
    keep(drawings, "X", 0);
    drawings.session.player.play();
    await until(() => (drawings.session.frame?.updates ?? 0) > 5);
    drawings.teach(1);
    expect(drawings.session.player.playing).toBe(false);
  });

  test("keeps the weights that were learnt with fewer drawings", async () => {
    draw(drawings, "X");
    drawings.teach(10);
    const learnt = await bits(drawings, 10);
    keep(drawings, "O", 1);
    expect(await bits(drawings, 10)).toBe(learnt);
    drawings.session.history.undo();
    drawings.session.history.undo();
    expect(await bits(drawings, 10)).toBe(learnt);
  });

  test("that the engine cannot make leaves all as it was", async () => {
    draw(drawings, "X");
    const { text } = drawings;
    drawings.teach(1);
    // The command is on its way, and its answer cannot have come yet.
    for (let k = 0; k < 10; k++) await Promise.resolve();
    around.workers.at(-1)?.crash("out of memory");
    await until(() => drawings.kept.length === 0);
    expect([drawings.text, drawings.row]).toEqual([text, null]);
    expect(drawings.session.history.undoLabel).toBe("stroke");
    drawings.teach(1);
    await bits(drawings, 1);
  });
});

test("training on a drawing that lies in the tray already is undone, though no setting has changed", async () => {
  draw(drawings, "X");
  drawings.say(0);
  const start = await bits(drawings, 0);
  drawings.clear();
  drawings.show(0);
  drawings.teach(10);
  await bits(drawings, 10);
  drawings.session.history.undo();
  expect(await bits(drawings, 0)).toBe(start);
});

describe("a run that diverges by being taught", () => {
  test("goes back to a good moment, by itself before the next update and by undo", async () => {
    drawings.session.change("wild", ({ network, training }) => {
      network.hidden = [];
      network.output_activation = "linear";
      training.loss = "squared_error";
      training.learning_rate = 100;
    });
    await bits(drawings, 0);
    for (let seed = 0; seed < 6; seed++) {
      drawings.clear();
      draw(drawings, "X", seed);
      drawings.teach(10);
    }
    await until(() => drawings.session.status === "diverged");
    drawings.session.player.recover();
    await until(() => drawings.session.status === "ready" && drawings.session.frame?.samples === 6);
    expect(drawings.session.frame?.weights.every((each) => each.every(Number.isFinite))).toBe(true);
    drawings.session.history.undo();
    await until(() => drawings.session.frame?.samples === 5);
  });
});

test("a worker that crashes after another drawing was kept goes on from a moment before", async () => {
  draw(drawings, "X");
  drawings.teach(10);
  await bits(drawings, 10);
  // A good moment is handed on about once a second.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  drawings.teach(10);
  const learnt = await bits(drawings, 20);
  for (let seed = 0; seed < 9; seed++) keep(drawings, "O", 1, seed);
  await until(() => drawings.session.frame?.samples === 10);
  const { frame } = drawings.session;
  around.workers.at(-1)?.crash("out of memory");
  await until(() => drawings.session.frame !== frame);
  expect(drawings.session.frame?.samples).toBe(10);
  expect(await bits(drawings, 20)).toBe(learnt);
});

describe("the seed's own sequence", () => {
  test("look at the mode, draw, Train, switch, repeat: tells X and O apart", async () => {
    for (let seed = 0; seed < 24; seed++) {
      draw(drawings, drawings.names[drawings.mode] ?? "", seed);
      drawings.teach(1);
      drawings.switchMode();
    }
    await bits(drawings, 24);
    expect(drawings.reading?.on).toBe(0);
    let right = 0;
    for (let seed = 1000; seed < 1050; seed++) {
      for (const [label, name] of drawings.names.entries()) {
        const text = drawings.reader?.write(drawings.reader.byHand(name, seed) ?? [], true) ?? "";
        if (drawings.reader?.read(text)?.predicted === label) right++;
      }
    }
    expect(right).toBeGreaterThanOrEqual(90);
  });
});

describe("Play", () => {
  test("trains on the whole tray", async () => {
    for (let seed = 0; seed < 4; seed++) keep(drawings, seed % 2 ? "O" : "X", seed % 2, seed);
    drawings.session.player.play();
    await until(() => (drawings.session.frame?.epoch ?? 0) > 3);
    drawings.session.player.pause();
    expect(drawings.session.frame?.trainSamples).toBe(4);
    expect(drawings.session.past.curve.every(({ epoch }) => Number.isFinite(epoch))).toBe(true);
  });

  test.each(["play", "step", "epoch"] as const)(
    "has nothing to do on an empty tray: %s",
    async (how) => {
      drawings.session.player[how]();
      expect(drawings.session.notice).toContain("There is nothing to train on yet");
      expect(drawings.session.player.playing).toBe(false);
      keep(drawings, "X", 0);
      drawings.holdOut(0, true);
      drawings.session.player[how]();
      expect(drawings.session.notice).toContain("Every drawing is held out for testing");
      await bits(drawings, 0);
    },
  );

  test("rests when the tray becomes empty", async () => {
    keep(drawings, "X", 0);
    drawings.session.player.play();
    drawings.removeAll();
    await until(() => !drawings.session.player.playing);
  });

  test("never starts by itself", async () => {
    around.still = false;
    keep(drawings, "X", 0);
    await until(
      () => around.kept.get("pellucid.drawings")?.includes(drawings.kept[0]?.text ?? "?") === true,
    );
    closeAll();
    drawings = await drawing(around);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect([drawings.session.player.playing, drawings.session.frame?.updates]).toEqual([false, 0]);
  });
});
