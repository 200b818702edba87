import { afterEach, describe, expect, test } from "vitest";
import type { Drawings } from "../../src/state/drawings.svelte";
import type { Session } from "../../src/state/session.svelte";
import { draw, keep, tray } from "./drawing";
import { Surround, closeAll, drawing, opened, page, until } from "./support";

let session: Session;

afterEach(closeAll);

function bits(of = session): string {
  const { frame } = of;
  return frame ? [...frame.weights, ...frame.biases].map((each) => each.join()).join(";") : "";
}

/** Make updates; returns the weights. */
async function trained(count: number, of = session): Promise<string> {
  const total = (of.frame?.updates ?? 0) + count;
  of.player.times(count);
  await until(() => of.frame?.updates === total);
  return bits(of);
}
async function travelled(updates: number, of = session): Promise<string> {
  of.travels.to(updates);
  await until(() => of.past.goal === null);
  expect(of.frame?.updates).toBe(updates);
  return bits(of);
}
/** Give it another rate, and wait for the engine. */
async function rate(learning_rate: number): Promise<void> {
  const count = session.past.branch?.marks.length;
  const { branch } = session.past.moment ?? {};
  session.change("learning rate", ({ training }) => (training.learning_rate = learning_rate));
  await until(
    () => session.past.branch?.marks.length !== count || session.past.moment?.branch !== branch,
  );
}

describe("travelling", () => {
  test("shows the weights, the curve and the settings of that moment", async () => {
    session = await opened();
    const early = await trained(20);
    const { curve } = session.past;
    await rate(0.5);
    const late = await trained(30);
    const whole = session.past.curve;

    expect(await travelled(20)).toBe(early);
    expect(session.experiment.training.learning_rate).toBe(0.5);
    expect(await travelled(0)).not.toBe(early);
    expect(session.experiment.training.learning_rate).toBe(0.1);
    expect(session.frameExperiment).toBe(session.experiment);
    expect(session.link).not.toContain("learning_rate");
    await travelled(20);
    expect(session.past.curve).toEqual(curve);
    expect(session.past.whole.map(({ updates }) => updates)).toEqual([0, 20, 50]);
    session.travels.toTip();
    await until(() => !session.past.isPast);
    expect(bits()).toBe(late);
    expect(session.past.curve).toEqual(whole);
    expect(session.history.undoLabel !== null).toBe(true);
    expect(session.history.undoLabel).toBe("learning rate");
  });

  test("sends one wish at a time and ends at the last one", async () => {
    const around = new Surround();
    session = await opened(around);
    await trained(500);
    const requests = around.workers[0]?.requests ?? [];
    for (let updates = 0; updates <= 400; updates++) session.travels.to(updates, { rough: true });
    await until(() => session.past.goal === null);
    expect(session.frame?.updates).toBe(400);
    const sent = requests.filter(
      (request) => request.type === "command" && request.command.type === "travel",
    );
    expect(sent.length).toBeLessThan(5);
  });

  test("to a moment that is not kept is told, and leaves all as it was", async () => {
    session = await opened();
    const there = await trained(20);
    session.travels.to(5, { branch: 99 });
    await until(() => session.notice !== null);
    expect(session.notice).toBe("That moment is no longer kept.");
    expect([session.past.goal, session.frame?.updates]).toEqual([null, 20]);
    expect(await trained(0)).toBe(there);
  });

  test("and more in the same breath show the settings of where that leads", async () => {
    session = await opened();
    await trained(20);
    await rate(0.5);
    await trained(10);
    session.travels.to(5);
    session.player.times(3);
    await until(() => session.frame?.updates === 8);
    expect(session.experiment.training.learning_rate).toBe(0.1);
    expect(session.frameExperiment).toBe(session.experiment);
    session.travels.to(2);
    session.player.times(25);
    await until(() => session.frame?.updates === 27);
    expect(session.experiment.training.learning_rate).toBe(0.5);
    await travelled(7);
    expect(session.experiment.training.learning_rate).toBe(0.1);
  });

  test("rests a run that plays, and playing goes on through what was recorded", async () => {
    session = await opened();
    await trained(20);
    await rate(0.5);
    const end = await trained(10);
    session.player.play();
    session.travels.to(4);
    expect(session.player.playing).toBe(false);
    await until(() => session.past.goal === null);
    session.view.speed = "slow";
    session.player.play();
    await until(() => session.experiment.training.learning_rate === 0.5);
    expect(session.frame?.updates).toBe(20);
    await until(() => session.frame?.updates === 30);
    session.player.pause();
    expect(bits()).toBe(end);
    expect(session.past.branches).toHaveLength(1);
  });

  test("and a change begin a branch with a curve of its own; both can be returned to", async () => {
    session = await opened();
    const early = await trained(20);
    const end = await trained(30);
    await travelled(20);
    await rate(1);
    const other = await trained(7);
    const { past } = session;
    const [first, second] = past.branches;
    expect(past.branches).toHaveLength(2);
    expect(past.whole.map(({ updates }) => updates)).toEqual([0, 20, 27]);
    expect(past.curveOf(first?.branch ?? -1).map(({ updates }) => updates)).toEqual([0, 20, 50]);
    expect(past.kin).toEqual([first]);

    session.travels.toTip(first?.branch);
    await until(() => session.frame?.updates === 50);
    expect(bits()).toBe(end);
    expect(session.experiment.training.learning_rate).toBe(0.1);
    session.travels.toTip(second?.branch);
    await until(() => session.frame?.updates === 27);
    expect(bits()).toBe(other);
    expect(session.experiment.training.learning_rate).toBe(1);
    expect(await travelled(20)).toBe(early);
  });

  test("leads back from another network and from a reset", async () => {
    session = await opened();
    const end = await trained(20);
    session.change("units", ({ network }) => network.hidden.push({ units: 2, activation: "tanh" }));
    await until(() => session.frame?.widths.length === 5);
    await trained(5);
    session.weights.reset();
    await until(() => session.frame?.updates === 0);
    expect(session.past.branches).toHaveLength(3);
    expect(session.past.kin).toEqual([]);
    session.travels.toTip(session.past.branches[0]?.branch);
    await until(() => session.frame?.updates === 20);
    expect(session.experiment.network.hidden).toHaveLength(2);
    expect(bits()).toBe(end);
  });

  test("keeps the newest settings in the browser", async () => {
    const around = new Surround();
    session = await opened(around);
    await trained(20);
    await rate(0.5);
    await trained(5);
    await travelled(3);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(session.experiment.training.learning_rate).toBe(0.1);
    expect(around.kept.get("pellucid.experiment")).toContain('"learning_rate":0.5');
  });

  test("is followed by a run beside it", async () => {
    const rooms = page();
    ({ session } = rooms);
    await until(() => session.frame !== null);
    await trained(30);
    rooms.comparison?.pin();
    await until(() => rooms.comparison?.a?.frame?.updates === 30);
    await travelled(15);
    await until(() => rooms.comparison?.a?.frame?.updates === 15);
  });
});

describe("undo", () => {
  test("after travelling goes to before what it takes back, and training on branches", async () => {
    session = await opened();
    const before = await trained(20);
    session.weights.set({ layer: 0, unit: 0, input: 0 }, 2);
    await until(() => session.frame?.weight(0, 0, 0) === 2);
    const after = await trained(10);
    await travelled(5);
    session.history.undo();
    await until(() => session.frame?.updates === 20);
    expect(bits()).toBe(before);
    expect(session.past.branches).toHaveLength(1);
    await trained(10);
    expect(session.past.branches).toHaveLength(2);
    expect(session.past.branch?.marks).toHaveLength(1);
    session.travels.toTip(session.past.branches[0]?.branch);
    await until(() => bits() === after);
  });

  test("of settings that the moment knows nothing of leads to before they were changed", async () => {
    session = await opened();
    const before = await trained(20);
    await rate(0.5);
    const after = await trained(10);
    await travelled(5);
    session.history.undo();
    await until(() => session.frame?.updates === 20);
    expect(bits()).toBe(before);
    expect(session.experiment.training.learning_rate).toBe(0.1);
    session.history.redo();
    await until(() => session.past.branches.length === 2);
    expect(session.frame?.updates).toBe(20);
    expect(session.experiment.training.learning_rate).toBe(0.5);
    expect(await trained(10)).toBe(after);
  });

  test("of settings in force keeps what was learnt since", async () => {
    session = await opened();
    await trained(20);
    await rate(0.5);
    await trained(10);
    await travelled(25);
    const there = bits();
    session.history.undo();
    await until(() => session.past.branches.length === 2);
    expect(session.frame?.updates).toBe(25);
    expect(bits()).toBe(there);
    expect(session.experiment.training.learning_rate).toBe(0.1);
  });

  test("and redo lead to and fro without a branch", async () => {
    session = await opened();
    await trained(20);
    session.weights.set({ layer: 0, unit: 0, input: 0 }, 2);
    await until(() => session.frame?.weight(0, 0, 0) === 2);
    session.history.undo();
    await until(() => session.frame?.weight(0, 0, 0) !== 2);
    session.history.redo();
    await until(() => session.frame?.weight(0, 0, 0) === 2);
    await trained(3);
    expect(session.past.branches).toHaveLength(1);
  });

  test("of a weight that a hand has dragged is one event", async () => {
    session = await opened();
    const gesture = {};
    for (const value of [1, 2, 3]) {
      session.weights.set({ layer: 0, unit: 0, input: 0 }, value, gesture);
    }
    await until(() => session.frame?.weight(0, 0, 0) === 3);
    expect(session.past.branch?.marks.map(({ kind }) => kind)).toEqual(["open", "set"]);
    expect(session.past.labelOf({ event: -1, kind: "set", at: 0, after: 0 })).toBe("weight");
  });
});

describe("bookmarks", () => {
  test("name a moment once, and are found again from another branch", async () => {
    session = await opened();
    await trained(20);
    const there = bits();
    session.travels.bookmark();
    session.travels.bookmark();
    const { past } = session;
    const [bookmark] = past.bookmarks;
    if (!bookmark) throw new Error("no bookmark");
    expect(past.bookmarks).toHaveLength(1);
    expect(session.notice).toBe("Bookmark 1 is set at update 20.");
    await trained(10);
    await travelled(5);
    await rate(1);
    await trained(4);
    session.travels.toBookmark(bookmark);
    await until(() => session.frame?.updates === 20);
    expect(bits()).toBe(there);
    past.rename(bookmark.id, " the bend ");
    past.rename(bookmark.id, "  ");
    expect(past.bookmarks.map(({ name }) => name)).toEqual(["the bend"]);
    past.unmark(bookmark.id);
    expect(past.bookmarks).toEqual([]);
  });
});

test("a bookmark before a fork is on both branches", async () => {
  session = await opened();
  await trained(30);
  await travelled(20);
  await rate(1);
  await trained(5);
  await travelled(10);
  session.travels.bookmark();
  const { past } = session;
  const [first, second] = past.branches;
  const [bookmark] = past.bookmarks;
  if (!bookmark) throw new Error("no bookmark");
  expect(past.moment?.branch).toBe(second?.branch);
  expect(bookmark.moment.branch).toBe(first?.branch);
  expect(past.isOnWay(bookmark)).toBe(true);
  session.travels.toTip();
  await until(() => session.frame?.updates === 25);
  session.travels.bookmark();
  session.travels.toBookmark(bookmark);
  await until(() => session.frame?.updates === 10);
  expect(past.moment?.branch).toBe(second?.branch);
  session.travels.toTip(first?.branch);
  await until(() => session.frame?.updates === 30);
  expect(past.bookmarks.map((each) => past.isOnWay(each))).toEqual([true, false]);
  const there = past.bookmarks[1];
  if (there) session.travels.toBookmark(there);
  await until(() => session.frame?.updates === 25);
  expect(past.moment?.branch).toBe(second?.branch);
});

test("a crash of the worker ends the history and keeps the curve", async () => {
  const around = new Surround();
  session = await opened(around);
  await trained(20);
  session.travels.bookmark();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await trained(10);
  const { frame } = session;
  around.workers[0]?.crash("out of memory");
  await until(() => session.frame !== frame);
  expect(session.past.bookmarks).toEqual([]);
  expect(session.past.branches).toHaveLength(1);
  expect(session.past.curve[0]?.updates).toBe(0);
  await trained(5);
  await travelled(session.frame?.updates ?? 0);
});

describe("in Draw", () => {
  let drawings: Drawings;

  async function taught(character: string, label: number, seed: number): Promise<void> {
    const updates = drawings.session.frame?.updates ?? 0;
    drawings.clear();
    drawings.setMode(label);
    draw(drawings, character, seed);
    drawings.teach(10);
    await until(() => drawings.session.frame?.updates === updates + 10);
  }

  test("the tray, its labels and the pad are those of the moment", async () => {
    drawings = await drawing();
    ({ session } = drawings);
    await taught("X", 0, 1);
    await taught("O", 1, 2);
    const before = tray(drawings);
    const text = drawings.text;
    drawings.relabel(0, 1);
    await until(() => session.frame?.values[0] === 1);
    const end = await trained(10);
    keep(drawings, "X", 0, 3);
    await until(() => session.frame?.samples === 3);
    drawings.clear();
    draw(drawings, "O", 5);
    const unfinished = drawings.text;

    await travelled(20);
    // All that happened at update 20 is the relabelling.
    expect(tray(drawings).map(([, label]) => label)).toEqual([1, 1]);
    await travelled(10);
    expect(tray(drawings)).toEqual(before.slice(0, 1));
    const events = 3;
    session.travels.to(20, { events });
    await until(() => session.past.goal === null);
    expect(tray(drawings)).toEqual(before);
    expect(drawings.text).toBe(text);
    session.travels.to(30, { events: 4 });
    await until(() => session.past.goal === null);
    expect(bits()).toBe(end);
    session.travels.toTip();
    await until(() => !session.past.isPast);
    expect([drawings.kept.length, drawings.text]).toEqual([3, unfinished]);
  });

  test("what was drawn later is kept in the browser while an earlier moment is shown", async () => {
    const around = new Surround();
    drawings = await drawing(around);
    ({ session } = drawings);
    await taught("X", 0, 1);
    await taught("O", 1, 2);
    await travelled(0);
    expect(drawings.kept).toHaveLength(0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const kept = JSON.parse(around.kept.get("pellucid.drawings") ?? "{}") as {
      data: { drawings: unknown[] };
    };
    expect(kept.data.drawings).toHaveLength(2);
  });
});
