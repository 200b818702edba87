import { beforeEach, describe, expect, test } from "vitest";
import type { Engine } from "../../src/engine/engine";
import type { Moment, Place } from "../../src/engine/moment";
import type { Command, RunChange, RunSource } from "../../src/engine/protocol";
import { CROSS, RING, drawn } from "./drawn";
import { state } from "./straight";
import { Talk, VIEW, loadEngine, source } from "./support";

let engine: Engine;
let talk: Talk;

beforeEach(async () => {
  engine = await loadEngine();
  talk = new Talk(engine);
});

function changed(command: Command): RunChange {
  const response = talk.command(command);
  if (response.type !== "answer") throw new Error(JSON.stringify(response));
  return response.change;
}
function open(document: object | RunSource, keep = false): RunChange {
  return changed({
    type: "open",
    source: "header" in document ? document : source(document),
    keep,
  });
}
function advance(count: number): RunChange {
  return changed({ type: "advance", unit: "update", count });
}
function set(value: number): RunChange {
  return changed({ type: "set", layer: 0, unit: 0, input: 0, value });
}
function travel(
  { branch, updates }: Pick<Moment, "branch" | "updates">,
  events: number | null = null,
): Moment {
  return changed({ type: "travel", branch, updates, events, rough: false }).moment;
}
function place(): Place {
  return talk.frame().place;
}
function words(): Uint32Array {
  return state(talk.host.machine);
}

describe("travelling", () => {
  test("finds every moment again as it was, whatever was done in between", () => {
    const seen: { moment: Moment; state: Uint32Array }[] = [];
    const look = (change: RunChange): unknown =>
      seen.push({ moment: change.moment, state: words() });
    look(open({ training: { batch_size: 7 } }));
    look(advance(33));
    look(set(0.75));
    look(advance(10));
    look(open({ training: { batch_size: 7, learning_rate: 0.2 } }, true));
    look(changed({ type: "switch", weights: [{ layer: 1, unit: 0, input: 1 }], off: true }));
    look(advance(25));
    look(open({ data: { seed: 5 }, training: { optimizer: "adam", learning_rate: 0.01 } }, true));
    look(advance(50));
    look(changed({ type: "switch", weights: [{ layer: 1, unit: 0, input: 1 }], off: false }));
    look(advance(200));
    for (const { moment, state } of [...seen.toReversed(), ...seen]) {
      expect(travel(moment, moment.events)).toEqual(moment);
      expect(words()).toEqual(state);
    }
  });

  test("finds drawings again that were taught, relabelled, and held out", () => {
    const seen: { moment: Moment; state: Uint32Array }[] = [];
    const look = (change: RunChange): unknown =>
      seen.push({ moment: change.moment, state: words() });
    const rows = [CROSS, RING];
    look(open(drawn({ drawings: [] })));
    look(
      changed({ type: "teach", source: drawn({ drawings: rows.slice(0, 1) }), row: 0, count: 1 }),
    );
    look(changed({ type: "teach", source: drawn({ drawings: rows }), row: 1, count: 10 }));
    look(advance(9));
    look(open(drawn({ drawings: rows, targets: [1, 0] }), true));
    look(advance(9));
    look(
      changed({ type: "teach", source: drawn({ drawings: [...rows, CROSS] }), row: 2, count: 10 }),
    );
    look(advance(5));
    expect(place().tip.updates).toBe(44);
    for (const { moment, state } of [...seen.toReversed(), ...seen]) {
      travel(moment, moment.events);
      expect(words()).toEqual(state);
    }
  });

  test("to a number of updates arrives after all that happened there", () => {
    const { branch } = open({}).moment;
    advance(20);
    set(1);
    const last = set(2).moment;
    advance(5);
    expect(travel({ branch, updates: 20 })).toEqual(last);
    expect(talk.frame().weight(0, 0, 0)).toBe(2);
    expect(travel({ branch, updates: -5 }).updates).toBe(0);
    expect(travel({ branch, updates: 900 }).updates).toBe(25);
  });

  test("arrives before or after updates that an event made itself, whichever is nearer", () => {
    const { branch } = open(drawn({ drawings: [CROSS] })).moment;
    changed({ type: "teach", source: drawn({ drawings: [CROSS] }), row: 0, count: 10 });
    changed({ type: "teach", source: drawn({ drawings: [CROSS] }), row: 0, count: 10 });
    expect([3, 6, 13, 14, 16, 20].map((updates) => travel({ branch, updates }).updates)).toEqual([
      0, 10, 10, 10, 20, 20,
    ]);
  });

  test("takes no longer than a frame at once, and arrives later", () => {
    let clock = 0;
    talk = new Talk(engine, () => (clock += 3));
    const { branch } = open({}).moment;
    advance(4900);
    const end = words();
    open({});
    const again = advance(5000).moment;
    travel({ branch, updates: 10 });
    const goal = travel({ ...again, updates: 4900 });
    expect(goal.updates).toBe(4900);
    const first = talk.frame();
    expect(first.place.travelling).toBe(true);
    expect(first.updates).toBeLessThan(4900);
    for (let frames = 0; place().travelling; frames++) expect(frames).toBeLessThan(500);
    expect(words()).toEqual(end);
  });

  test("is finished before anything else is done", () => {
    let clock = 0;
    talk = new Talk(engine, () => (clock += 3));
    const { branch } = open({}).moment;
    advance(5000);
    travel({ branch, updates: 10 });
    travel({ branch, updates: 4000 });
    expect(place().travelling).toBe(true);
    expect(set(0.5).before?.updates).toBe(4000);
  });

  test("to a moment that is not there is refused", () => {
    const { branch } = open({}).moment;
    const command = { type: "travel", branch, updates: 5, events: 3, rough: false } as const;
    expect(talk.command(command).type).toBe("refused");
    expect(talk.command({ ...command, branch: 99 }).type).toBe("refused");
  });

  test("leads back from a run that diverged", () => {
    const { branch } = open({ training: { learning_rate: 0.1 } }).moment;
    advance(40);
    const good = words();
    open({
      training: { learning_rate: 100, loss: "squared_error" },
      data: { kind: "plane" },
      network: { hidden: [] },
    });
    const wild = place().moment.branch;
    advance(400);
    expect(talk.frame().status).toBe("diverged");
    const { tip } = place();
    travel({ branch: wild, updates: 0 });
    expect(talk.frame().status).toBe("running");
    travel(tip);
    expect(talk.frame().status).toBe("diverged");
    travel({ branch, updates: 40 });
    expect(words()).toEqual(good);
  });
});

test("a run that has diverged by its loss alone has done so when an event is done again", () => {
  open({
    data: { kind: "given", inputs: [[1], [-1]], targets: [2, -2], classes: 0, test_share: 0 },
    network: { hidden: [] },
    training: { learning_rate: 100, batch_size: "all" },
  });
  let frame = talk.frame();
  while (!frame.failure) {
    advance(1);
    frame = talk.frame();
  }
  expect(frame.failure.layer).toBeNull();
  set(0);
  expect(talk.frame().status).toBe("diverged");
  const end = words();
  const { tip } = place();
  travel({ ...tip, updates: 2 });
  travel(tip);
  expect(words()).toEqual(end);
});

describe("playing from an earlier moment", () => {
  test("goes the recorded way, through its events, and beyond its tip", () => {
    const { branch } = open({}).moment;
    advance(20);
    set(1);
    advance(20);
    open({ training: { learning_rate: 0.3 } }, true);
    const tip = advance(20).moment;
    const end = words();
    travel({ branch, updates: 5 });
    while (place().moment.updates < 60) talk.frame(true);
    expect(place().moment).toEqual(tip);
    expect(words()).toEqual(end);
    travel({ branch, updates: 5 });
    expect(advance(55).moment).toEqual(tip);
    expect(words()).toEqual(end);
    expect(advance(3).moment.branch).toBe(branch);
    expect(place().tip.updates).toBe(63);
  });

  test("with a change begins a branch, and the other can be returned to", () => {
    const { branch } = open({}).moment;
    const tip = advance(100).moment;
    const end = words();
    travel({ branch, updates: 40 });
    const { moment } = open({ training: { learning_rate: 0.3 } }, true);
    expect(moment.branch).not.toBe(branch);
    advance(10);
    const { branches } = place();
    expect(branches?.map(({ parent, from, tip }) => [parent, from.updates, tip])).toEqual([
      [null, 0, 100],
      [branch, 40, 50],
    ]);
    expect(place().branches).toBeNull();
    travel(tip);
    expect(words()).toEqual(end);
  });

  test("belongs to the branch that the moment was made on", () => {
    const { branch } = open({}).moment;
    advance(100);
    travel({ branch, updates: 40 });
    const side = set(1).moment;
    advance(10);
    travel({ branch: side.branch, updates: 20 });
    set(2);
    expect(place().branches?.map(({ parent }) => parent)).toEqual([null, branch, branch]);
  });

  test("with the settings that were there is no change", () => {
    const { branch } = open({}).moment;
    advance(100);
    travel({ branch, updates: 40 });
    open({}, true);
    expect(advance(1).moment.branch).toBe(branch);
  });

  test("counts passes as ever", () => {
    const { branch } = open({}).moment;
    changed({ type: "advance", unit: "epoch", count: 3 });
    travel({ branch, updates: 7 });
    changed({ type: "advance", unit: "epoch", count: 2 });
    const { epoch, position, updates } = talk.frame();
    expect([epoch, position, updates]).toEqual([2, 0, 30]);
  });
});

describe("what is taken back", () => {
  test("does not happen again: the next update begins a branch", () => {
    const { branch } = open({}).moment;
    advance(10);
    const { previous, before } = set(1);
    advance(10);
    const undone = changed({
      type: "restore",
      source: source({}),
      state: previous,
      moment: before,
    });
    expect(undone.moment).toEqual(before);
    expect(place().branches).toHaveLength(1);
    const { moment } = advance(10);
    expect(moment.branch).not.toBe(branch);
    expect(talk.frame().weight(0, 0, 0)).not.toBe(1);
    expect(place().moment).toMatchObject({ events: 1, updates: 20 });
  });

  test("is computed again where its state is not given", () => {
    open({});
    advance(10);
    const there = words();
    const { before } = set(1);
    advance(10);
    changed({ type: "restore", source: source({}), state: null, moment: before });
    expect(words()).toEqual(there);
  });

  test("and had another history has a new start", () => {
    open({});
    advance(10);
    const { previous, before } = set(1);
    const stranger = before && { ...before, timeline: before.timeline + 1 };
    changed({ type: "restore", source: source({}), state: previous, moment: stranger });
    expect(place().branches).toHaveLength(2);
    expect(place().moment).toMatchObject({ events: 1, updates: 10 });
  });
});

describe("the history", () => {
  test("has a branch for every start, and forgets the oldest that nobody is on", () => {
    const first = open({}).moment;
    advance(5);
    for (let k = 0; k < 15; k++) {
      changed({ type: "reset" });
      advance(k);
    }
    expect(talk.frame().place.branches).toHaveLength(12);
    expect(talk.command({ ...first, type: "travel", events: null, rough: false }).type).toBe(
      "refused",
    );
  });

  test("does not forget a branch that is held, nor one that another has left", () => {
    const first = open({}).moment;
    advance(20);
    const side = (travel({ ...first, updates: 10 }), set(1).moment);
    changed({ type: "reset" });
    const second = place().moment;
    talk.host.receive({ type: "hold", branches: [side.branch] });
    for (let k = 0; k < 15; k++) changed({ type: "reset" });
    const kept = talk.frame().place.branches?.map(({ branch }) => branch) ?? [];
    expect(kept).toHaveLength(12);
    expect(kept).toContain(side.branch);
    expect(kept).toContain(first.branch);
    expect(kept).not.toContain(second.branch);
  });

  test("takes the values of one movement as one event", () => {
    open({});
    advance(5);
    set(1);
    for (const value of [2, 3, 4]) {
      changed({ type: "more", event: { type: "set", layer: 0, unit: 0, input: 0, value } });
    }
    set(5);
    const { marks = [] } = place().branches?.[0] ?? {};
    expect(marks.map(({ kind }) => kind)).toEqual(["open", "set", "set"]);
    travel(place().tip, 2);
    expect(talk.frame().weight(0, 0, 0)).toBe(4);
  });

  test("stays within its memory in a long run of a large network", { timeout: 60_000 }, () => {
    const inputs = Array.from({ length: 40 }, (_, row) =>
      Array.from({ length: 784 }, (_, pixel) => ((pixel * (row + 3)) % 7 === 0 ? 1 : 0)),
    );
    const targets = inputs.map((_, row) => row % 10);
    open({
      data: { kind: "given", inputs, targets, classes: 10, test_share: 0 },
      network: { hidden: [{ units: 128 }] },
      training: { batch_size: 1 },
    });
    talk.host.receive({ type: "view", options: { ...VIEW, speed: "slow" } });
    let most = 0;
    for (let frame = 0; frame < 300; frame++) {
      talk.frame(true);
      most = Math.max(most, talk.host.timeline.bytes);
    }
    expect(talk.host.machine.run.int("PARAMETER_COUNT")).toBe(101_770);
    // Of 64 MB, undo may have 12.
    expect(most).toBeGreaterThan(40 * 2 ** 20);
    expect(most).toBeLessThan(46 * 2 ** 20);
    const { branch } = talk.host.timeline.moment;
    travel({ branch, updates: 150 });
    for (let frames = 0; place().travelling; frames++) expect(frames).toBeLessThan(100);
    const there = words();
    travel({ branch, updates: 0 });
    expect(place().travelling).toBe(false);
    advance(150);
    expect(words()).toEqual(there);
  });
});
