import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Inside } from "../../src/state/inside.svelte";
import { exists, recordsOf, sameStop, stagesOf, type Subject } from "../../src/state/subject";
import { Surround, closeAll, drawing, opened, until } from "./support";

let widths: readonly number[];
let samples: number;
let inside: Inside;

beforeEach(() => {
  widths = [2, 3, 1];
  samples = 200;
  inside = new Inside(
    () => widths,
    () => samples,
  );
});
afterEach(closeAll);

const UNIT: Subject = { kind: "unit", layer: 0, unit: 2 };
const WEIGHT: Subject = { kind: "parameter", layer: 0, unit: 2, source: 1 };

/** Everything that a walk stops at, by the words of the design: what it is, and of what. */
function told(subject: Subject): string {
  return "layer" in subject ? `${subject.kind} ${subject.layer},${subject.unit}` : subject.kind;
}

describe("the stages of an update", () => {
  test("go forwards to the loss and back to the weights, in the engine's order", () => {
    expect(stagesOf([2, 4, 3, 1]).map(({ name, direction }) => `${name}: ${direction}`)).toEqual([
      "Input: forward",
      "Hidden layer 1: forward",
      "Hidden layer 2: forward",
      "Output: forward",
      "Loss: forward",
      "δ of the output: backward",
      "δ of hidden layer 2: backward",
      "δ of hidden layer 1: backward",
      "Gradients of the output: backward",
      "Gradients of hidden layer 2: backward",
      "Gradients of hidden layer 1: backward",
      "Step of the output: none",
      "Step of hidden layer 2: none",
      "Step of hidden layer 1: none",
      "After the update: none",
    ]);
  });

  test("have a stop for each unit", () => {
    const stops = stagesOf([2, 3, 2]).map(({ subjects }) => subjects.length);
    expect(stops).toEqual([1, 3, 2, 1, 2, 3, 2, 3, 2, 3, 1]);
    expect(stagesOf([2, 1]).map(({ name }) => name)).toContain("Gradients of the output");
  });

  test("say which records of the engine they take", () => {
    const kinds = (subject: Subject) => recordsOf(subject, 2).map(({ kind }) => kind);
    expect(kinds(UNIT)).toEqual(["pre_activation", "activation"]);
    expect(kinds({ ...UNIT, kind: "delta" })).toEqual(["incoming", "slope", "delta"]);
    expect(kinds({ kind: "delta", layer: 1, unit: 0 })).toEqual(["slope", "delta"]);
    expect(kinds(WEIGHT)).toEqual(["last_step", "gradient", "step"]);
    expect(kinds({ kind: "after" })).toEqual([]);
    expect(recordsOf(WEIGHT, 2).map(({ source }) => source)).toEqual([1, 1, 1]);
  });
});

describe("a walk", () => {
  test("goes on through every stop of every stage, and the same way back", () => {
    const way = [told(inside.subject)];
    while (inside.step(1)) way.push(told(inside.subject));
    expect(way).toEqual([
      "input",
      ...["unit 0,0", "unit 0,1", "unit 0,2", "unit 1,0"],
      "loss",
      ...["delta 1,0", "delta 0,0", "delta 0,1", "delta 0,2"],
      ...["gradient 1,0", "gradient 0,0", "gradient 0,1", "gradient 0,2"],
      ...["step 1,0", "step 0,0", "step 0,1", "step 0,2"],
      "after",
    ]);
    const back = [told(inside.subject)];
    while (inside.step(-1)) back.unshift(told(inside.subject));
    expect(back).toEqual(way);
  });

  test("goes by stages: to the next one, or to the beginning of the one before", () => {
    inside.stepStage(1);
    inside.step(1);
    expect([told(inside.subject), inside.stop]).toEqual(["unit 0,1", { stage: 1, place: 1 }]);
    inside.stepStage(1);
    expect(told(inside.subject)).toBe("unit 1,0");
    inside.stepStage(-1);
    expect(told(inside.subject)).toBe("unit 0,0");
    inside.goTo(99);
    expect(told(inside.subject)).toBe("unit 0,0");
    inside.goTo(3);
    expect([told(inside.subject), inside.direction]).toEqual(["loss", "forward"]);
  });

  test("begins anew from what is no part of it", () => {
    inside.look(WEIGHT);
    expect([inside.stop, inside.direction]).toEqual([null, "none"]);
    inside.step(1);
    expect(told(inside.subject)).toBe("input");
    inside.look({ kind: "result", figure: "loss", part: "train" });
    inside.stepStage(-1);
    expect(told(inside.subject)).toBe("input");
  });

  test("stays at a unit's stop while its parameters are looked through", () => {
    inside.goTo(7);
    const { stop } = inside;
    inside.turn({ kind: "gradient", layer: 0, unit: 0, source: -1 });
    expect([inside.stop, inside.subject]).toEqual([
      stop,
      { kind: "gradient", layer: 0, unit: 0, source: -1 },
    ]);
    inside.step(1);
    expect(told(inside.subject)).toBe("gradient 0,1");
  });

  test("knows a parameter of a unit by its unit alone", () => {
    expect(sameStop({ ...WEIGHT, kind: "step" }, { ...WEIGHT, kind: "step", source: -1 })).toBe(
      true,
    );
    expect(sameStop(UNIT, { ...UNIT, unit: 1 })).toBe(false);
    expect(sameStop(UNIT, { ...UNIT, kind: "delta" })).toBe(false);
  });

  describe("by itself", () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      inside.rest();
      vi.useRealTimers();
    });

    test("takes a step at each beat of its pace, until the end", () => {
      inside.walk();
      vi.advanceTimersByTime(1999);
      expect(told(inside.subject)).toBe("input");
      vi.advanceTimersByTime(1);
      expect(told(inside.subject)).toBe("unit 0,0");
      inside.pace = "fast";
      vi.advanceTimersByTime(2000);
      expect(told(inside.subject)).toBe("unit 0,1");
      vi.advanceTimersByTime(900);
      expect(told(inside.subject)).toBe("unit 0,2");
      vi.advanceTimersByTime(100_000);
      expect([told(inside.subject), inside.walking]).toEqual(["after", false]);
      inside.walk();
      expect([told(inside.subject), inside.walking]).toEqual(["input", true]);
    });

    test.each([
      ["Stop", () => inside.walk()],
      ["closing", () => inside.close()],
      ["looking elsewhere", () => inside.look({ kind: "loss" })],
      ["following", () => inside.follow({ kind: "loss" })],
      ["turning to another parameter", () => inside.turn({ kind: "loss" })],
    ])("rests on %s", (_, act) => {
      inside.look(UNIT);
      inside.walk();
      act();
      const subject = told(inside.subject);
      expect(inside.walking).toBe(false);
      vi.advanceTimersByTime(10_000);
      expect(told(inside.subject)).toBe(subject);
    });
  });
});

describe("a trail", () => {
  test("leads back to what was looked at before, step by step or at once", () => {
    inside.look(UNIT);
    inside.follow({ kind: "delta", layer: 0, unit: 2 });
    inside.follow({ kind: "delta", layer: 1, unit: 0 });
    inside.follow({ kind: "delta", layer: 1, unit: 0 });
    inside.follow({ kind: "loss" });
    expect(inside.trail.map(told)).toEqual(["unit 0,2", "delta 0,2", "delta 1,0"]);
    inside.back();
    expect([told(inside.subject), inside.trail.length]).toEqual(["delta 1,0", 2]);
    inside.back(0);
    expect([inside.subject, inside.trail.length]).toEqual([UNIT, 0]);
    inside.back();
    expect(inside.subject).toEqual(UNIT);
  });

  test("begins anew where something else is pressed, or the walk goes on, or all is closed", () => {
    const begin = (): void => {
      inside.look(UNIT);
      inside.follow(WEIGHT);
      expect(inside.trail).toHaveLength(1);
    };
    begin();
    inside.look({ kind: "loss" });
    expect(inside.trail).toEqual([]);
    begin();
    inside.step(1);
    expect(inside.trail).toEqual([]);
    begin();
    inside.close();
    expect(inside.trail).toEqual([]);
  });

  test("leaves out what a smaller network does not have", () => {
    inside.look({ kind: "unit", layer: 0, unit: 1 });
    inside.follow(UNIT);
    inside.follow(WEIGHT);
    widths = [2, 2, 1];
    expect(inside.trail).toEqual([{ kind: "unit", layer: 0, unit: 1 }]);
  });
});

describe("what is looked at", () => {
  test("is the input where the network no longer has it", () => {
    inside.look(UNIT);
    widths = [2, 2, 1];
    expect(inside.subject).toEqual({ kind: "input" });
    widths = [2, 3, 1];
    expect(inside.subject).toEqual(UNIT);
  });

  test("is there or not by its layer, its unit and its input", () => {
    const has = (subject: Subject) => exists(subject, [2, 3, 1]);
    expect(has(WEIGHT)).toBe(true);
    expect(has({ ...WEIGHT, source: -1 })).toBe(true);
    expect(has({ ...WEIGHT, source: 2 })).toBe(false);
    expect(has({ ...WEIGHT, unit: 3 })).toBe(false);
    expect(has({ kind: "unit", layer: 2, unit: 0 })).toBe(false);
    expect(has({ kind: "result", figure: "accuracy", part: "test" })).toBe(true);
  });

  test("is of the next batch where there is no such sample any more", () => {
    inside.choose({ kind: "alone", sample: 150 });
    expect(inside.chosen).toEqual({ kind: "alone", sample: 150 });
    samples = 100;
    expect(inside.chosen).toEqual({ kind: "next", place: 0 });
    inside.toggle();
    expect(inside.request?.sample).toBeNull();
    inside.choose({ kind: "next", place: 99 });
    expect(inside.request?.place).toBe(99);
    samples = 99;
    expect(inside.request?.place).toBe(0);
  });
});

describe("the focus", () => {
  test("is taken once whenever it is opened, and not by what is pressed meanwhile", () => {
    expect(inside.takesFocus()).toBe(false);
    inside.toggle();
    expect([inside.takesFocus(), inside.takesFocus()]).toEqual([true, false]);
    inside.look(UNIT);
    expect(inside.takesFocus()).toBe(false);
    inside.close();
    inside.look(UNIT);
    expect(inside.takesFocus()).toBe(true);
  });
});

describe("what the engine is asked for", () => {
  test("is nothing while nothing is looked into", () => {
    expect(inside.request).toBeNull();
    inside.toggle();
    expect(inside.request).toEqual({
      sample: null,
      place: 0,
      records: [],
      nudge: null,
      trace: null,
    });
    inside.toggle();
    expect(inside.request).toBeNull();
  });

  test("follows the subject and the sample", () => {
    inside.look(UNIT);
    inside.choose({ kind: "alone", sample: 7 });
    expect(inside.request).toMatchObject({ sample: 7, place: 0, nudge: null });
    expect(inside.request?.records).toEqual(recordsOf(UNIT, 2));
    inside.choose({ kind: "next", place: 4 });
    expect(inside.request).toMatchObject({ sample: null, place: 4 });
  });

  test("nudges a parameter, and draws its loss where a range is said", () => {
    inside.look(WEIGHT);
    const place = { layer: 0, unit: 2, source: 1 };
    expect(inside.request).toMatchObject({ nudge: { place, epsilon: 0.01 }, trace: null });
    inside.epsilon = 0.5;
    inside.traced = { low: -1, high: 2 };
    expect(inside.request?.nudge?.epsilon).toBe(0.5);
    expect(inside.request?.trace).toEqual({ place, low: -1, high: 2, count: 61 });
    inside.follow(UNIT);
    expect([inside.request?.nudge, inside.traced]).toEqual([null, null]);
  });
});

describe("in a session", () => {
  test("every frame has the account as long as the panel is open", async () => {
    const session = await opened();
    expect(session.frame?.account).toBeNull();
    session.inside.look({ kind: "unit", layer: 1, unit: 0 });
    await until(() => session.frame?.account?.records.length === 2);
    session.player.play();
    await until(() => (session.frame?.epoch ?? 0) > 3);
    session.player.pause();
    await until(() => session.frame?.account?.parameters[0] === session.frame?.weight(0, 0, 0));
    session.inside.close();
    await until(() => session.frame?.account === null);
  });

  test("fewer samples or units never leave it without an account", async () => {
    const session = await opened();
    session.inside.look({ kind: "unit", layer: 0, unit: 3 });
    session.inside.choose({ kind: "alone", sample: 290 });
    await until(() => session.frame?.account?.sample === 290);
    session.change("samples", ({ data }) => (data.samples = 100));
    session.change("units", ({ network }) => (network.hidden = [{ units: 2, activation: "tanh" }]));
    await until(() => session.frame?.widths.join() === "2,2,1");
    expect(session.inside.subject).toEqual({ kind: "input" });
    await until(() => (session.frame?.account?.sample ?? Infinity) < 100);
  });

  test("leaving the room rests the walk", async () => {
    const session = await opened();
    session.inside.toggle();
    session.inside.walk();
    session.leave();
    expect(session.inside.walking).toBe(false);
  });

  test("a drawing of the tray is found among the trained ones, or behind them", async () => {
    const around = new Surround();
    const drawings = await drawing(around);
    const { session } = drawings;
    for (const [x, y] of [
      [100, 400],
      [400, 100],
      [250, 250],
    ] as const) {
      drawings.begin({ x, y });
      drawings.extend([{ x: y, y: x + 20 }]);
      drawings.lift();
      drawings.teach(1);
      drawings.clear();
    }
    await until(() => session.frame?.samples === 3);
    drawings.lookInto(1);
    expect(session.inside.chosen.kind).toBe("next");
    session.inside.toggle();
    drawings.lookInto(1);
    expect(session.inside.chosen).toEqual({ kind: "alone", sample: 1 });
    session.change("held out", ({ data }) => (data.held_out = [0]));
    await until(() => session.frame?.trainSamples === 2);
    drawings.lookInto(1);
    expect(session.inside.chosen).toEqual({ kind: "alone", sample: 0 });
    drawings.lookInto(0);
    expect(session.inside.chosen).toEqual({ kind: "alone", sample: 2 });
  });
});
