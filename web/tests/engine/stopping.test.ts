import { beforeEach, describe, expect, test } from "vitest";
import type { Engine } from "../../src/engine/engine";
import type { Frame } from "../../src/engine/frame";
import type { Speed } from "../../src/engine/protocol";
import { NEVER, type StopConditions } from "../../src/engine/stopping";
import { Talk, VIEW, loadEngine, source } from "./support";

/** Batches of 10 of 150 samples: 15 updates are an epoch. */
const EPOCH = 15;
const MOST_FRAMES = 3000;

let engine: Engine;
let talk: Talk;

beforeEach(async () => {
  engine = await loadEngine();
  open({});
});

function open(document: object): void {
  talk = new Talk(engine);
  talk.command({ type: "open", source: source(document), keep: false });
  talk.frame();
}

function ask(stop: Partial<StopConditions>, speed: Speed = "fastest"): void {
  const options = { ...VIEW, surfaceResolution: 0, speed, stop: { ...NEVER, ...stop } };
  talk.host.receive({ type: "view", options });
}

/** Play until the run stops by itself. */
function played(): Frame {
  for (let k = 0; k < MOST_FRAMES; k++) {
    const frame = talk.frame(true);
    if (frame.stopped) return frame;
  }
  throw new Error("it never stopped");
}

/** Losses of the same run after each epoch, found without any stop condition. */
function lossesUntil(epochs: number, part: "train" | "test"): number[] {
  const other = new Talk(engine);
  other.command({ type: "open", source: source({}), keep: false });
  return Array.from({ length: epochs }, () => {
    other.command({ type: "advance", unit: "epoch", count: 1 });
    return other.frame()[part].loss ?? NaN;
  });
}

describe("a run stops by itself", () => {
  test.each<Speed>(["normal", "fast", "fastest"])("after exactly so many epochs (%s)", (speed) => {
    ask({ epochs: 123 }, speed);
    const frame = played();
    expect([frame.epoch, frame.position, frame.updates]).toEqual([123, 0, 123 * EPOCH]);
    expect(frame.stopped).toMatchObject({ why: "epochs", epoch: 123, limit: 123 });
  });

  test("at the first epoch whose loss is below what was asked for", () => {
    ask({ loss: 0.2, part: "train" });
    const { epoch, trainLoss, stopped } = played();
    const losses = lossesUntil(epoch, "train");
    expect(losses.findIndex((loss) => loss < 0.2)).toBe(epoch - 1);
    expect(trainLoss).toBe(losses.at(-1));
    expect(stopped).toMatchObject({ why: "loss", part: "train", value: trainLoss, limit: 0.2 });
  });

  test("at the same update at every speed", () => {
    const ends = (["normal", "fast", "fastest"] as const).map((speed) => {
      open({});
      ask({ accuracy: 0.95, part: "test" }, speed);
      const { updates, testAccuracy } = played();
      expect(testAccuracy).toBeGreaterThanOrEqual(0.95);
      return updates;
    });
    expect(new Set(ends).size).toBe(1);
    expect((ends[0] ?? 1) % EPOCH).toBe(0);
  });

  test("where the test loss has not become less for so many epochs", () => {
    open({ data: { noise: 0.6, samples: 40 }, training: { learning_rate: 1 } });
    ask({ patience: 30 });
    const { epoch, stopped } = played();
    expect(stopped).toMatchObject({ why: "patience", part: "test", limit: 30, epoch });
    expect(epoch - (stopped?.since ?? 0)).toBe(30);
  });

  test("by whichever of several conditions holds first", () => {
    ask({ epochs: 500, accuracy: 0.9, loss: 1e-6 });
    expect(played().stopped?.why).toBe("accuracy");
    open({});
    ask({ epochs: 3, accuracy: 1, loss: 1e-6, patience: 100 });
    expect(played().stopped?.why).toBe("epochs");
  });

  test("by the samples trained on where none are held out", () => {
    open({ data: { test_share: 0 } });
    ask({ accuracy: 0.9, part: "test" });
    expect(played().stopped).toMatchObject({ why: "accuracy", part: "train" });
  });
});

describe("a run goes on", () => {
  test("where Play is pressed again at a condition that it has met", () => {
    ask({ epochs: 20 });
    played();
    talk.frame(false);
    for (let k = 0; k < 20; k++) expect(talk.frame(true).stopped).toBeNull();
  });

  test("even if Play is pressed before the worker has seen it rest", () => {
    ask({ epochs: 20 }, "normal");
    played();
    expect(talk.frame(true).stopped).toBeNull();
    expect(talk.frame(true).epoch).toBe(22);
  });

  test("to a higher limit that is set meanwhile", () => {
    ask({ epochs: 20 });
    played();
    ask({ epochs: 25 });
    expect(played().epoch).toBe(25);
  });

  test("when the accuracy is of a regression, which has none", () => {
    open({ data: { kind: "plane" } });
    ask({ accuracy: 0, epochs: 7 });
    expect(played().stopped?.why).toBe("epochs");
  });

  test("to the first epoch of a new start that meets what was met before", () => {
    ask({ epochs: 20 });
    played();
    talk.command({ type: "reset" });
    talk.frame(true);
    expect(played().epoch).toBe(20);
  });
});
