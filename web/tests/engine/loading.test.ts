import { beforeEach, describe, expect, test } from "vitest";
import { Int } from "../../src/engine/bindings";
import type { Engine } from "../../src/engine/engine";
import { Frame } from "../../src/engine/frame";
import type { Parameters } from "../../src/engine/protocol";
import { Talk, VIEW, loadEngine, source } from "./support";

let engine: Engine;
let talk: Talk;

beforeEach(async () => {
  engine = await loadEngine();
  talk = new Talk(engine);
});

const ADAM = { training: { optimizer: "adam", learning_rate: 0.01 } };

function copied({ weights, biases }: Frame): Parameters {
  return { weights: weights.map((each) => each.slice()), biases: biases.map((b) => b.slice()) };
}

function load(document: object, parameters: Parameters, keep: boolean): void {
  const response = talk.command({ type: "load", source: source(document), keep, parameters });
  if (response.type !== "answer") throw new Error(JSON.stringify(response));
}

function captured(options = VIEW): Frame {
  const response = talk.command({ type: "capture", options });
  if (response.type !== "capture") throw new Error(JSON.stringify(response));
  return new Frame(response.frame);
}

/** A run of the moons after so many updates. */
function trained(updates: number, document: object = {}): Frame {
  talk.command({ type: "open", source: source(document), keep: false });
  talk.command({ type: "advance", unit: "update", count: updates });
  return talk.frame();
}

describe("loading weights", () => {
  test("puts them into the run, whose counters and order of samples stay", () => {
    const good = copied(trained(400));
    const before = trained(7);
    load({}, good, true);
    const after = talk.frame();
    expect(copied(after)).toEqual(good);
    expect([after.updates, after.epoch, after.position]).toEqual([7, 0, before.position]);
    expect(after.trainLoss).toBeLessThan(before.trainLoss ?? 0);
    expect(after.run).toBeGreaterThan(before.run);
  });

  test("makes the optimiser forget: what follows is as after a start with these weights", () => {
    const start = copied(trained(0, ADAM));
    talk.command({ type: "advance", unit: "update", count: 1 });
    const one = copied(talk.frame());
    trained(0, ADAM);
    talk.command({ type: "teach", source: source(ADAM), row: 3, count: 5 });
    load(ADAM, start, true);
    talk.command({ type: "advance", unit: "update", count: 1 });
    expect(copied(talk.frame())).toEqual(one);
  });

  test("opens another experiment with them, from update 0", () => {
    const other = { network: { hidden: [{ units: 5 }] }, data: { kind: "circles" } };
    const good = copied(trained(300, other));
    trained(20);
    load(other, good, false);
    const frame = talk.frame();
    expect([frame.updates, frame.widths]).toEqual([0, [2, 5, 1]]);
    expect(copied(frame)).toEqual(good);
  });

  test("lets go of what was switched off, and of a failure", () => {
    const good = copied(trained(50));
    talk.command({ type: "switch", weights: [{ layer: 0, unit: 1, input: 0 }], off: true });
    expect(talk.frame().off).toHaveLength(1);
    load({}, good, true);
    expect(talk.frame().off).toHaveLength(0);
    const wild = {
      data: { kind: "plane" },
      training: { learning_rate: 10 },
      network: { hidden: [] },
    };
    const start = copied(trained(0, wild));
    talk.command({ type: "advance", unit: "update", count: 4000 });
    expect(talk.frame().status).toBe("diverged");
    load(wild, start, true);
    expect([talk.frame().status, talk.frame().failure]).toEqual(["running", null]);
  });

  test("is refused for weights of another network, and costs nothing", () => {
    const large = copied(trained(0, { network: { hidden: [{ units: 9 }] } }));
    const before = copied(trained(30));
    for (const keep of [true, false]) {
      const parameters = { type: "load", source: source({}), keep, parameters: large } as const;
      expect(talk.command(parameters)).toMatchObject({
        type: "refused",
        reason: "These weights do not belong to this network.",
      });
      expect(copied(talk.frame())).toEqual(before);
    }
  });

  test("begins a branch of its own, and the way before it can be gone back to", () => {
    const before = trained(40);
    const { branch, events } = before.place.moment;
    const kept = copied(before);
    load({}, copied(trained(0)), true);
    talk.command({ type: "travel", branch, updates: 40, events, rough: false });
    expect(copied(captured())).toEqual(kept);
  });
});

describe("a capture", () => {
  test("is the present moment in the detail that is asked for, in memory of its own", () => {
    const frame = trained(100);
    const fine = captured({ ...VIEW, tileResolution: 64, surfaceResolution: 128 });
    expect([fine.tileResolution, fine.surface?.resolution]).toEqual([64, 128]);
    expect(talk.frame().tileResolution).toBe(VIEW.tileResolution);
    expect(copied(fine)).toEqual(copied(frame));
    expect(fine.header[Int.LAYERS]).toBe(3);
    talk.command({ type: "advance", unit: "update", count: 50 });
    expect(fine.updates).toBe(100);
    expect(copied(fine)).not.toEqual(copied(talk.frame()));
  });

  test("does not hide from the page that there are new branches", () => {
    trained(10);
    talk.command({ type: "reset" });
    captured();
    expect(talk.frame().place.branches).toHaveLength(2);
  });
});
