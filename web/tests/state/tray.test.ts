import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { unbalanced } from "../../src/state/tray";
import type { Drawings } from "../../src/state/drawings.svelte";
import { bits, draw, keep, tray } from "./drawing";
import { Surround, closeAll, drawing, until } from "./support";

let around: Surround;
let drawings: Drawings;

beforeEach(async () => {
  around = new Surround();
  drawings = await drawing(around);
  for (const [seed, character] of ["X", "O", "X"].entries())
    keep(drawings, character, character === "X" ? 0 : 1, seed);
});
afterEach(closeAll);

function labels(): number[] {
  return drawings.kept.map(({ label }) => label);
}

function heldOut(): number[] {
  return drawings.kept.filter((kept) => kept.heldOut).map(({ row }) => row);
}

describe("the tray", () => {
  test("keeps what was labelled without training on it", async () => {
    expect(labels()).toEqual([0, 1, 0]);
    expect(drawings.row).toBe(2);
    await bits(drawings, 0);
  });

  test("relabels, which takes effect in the run, and is undone", async () => {
    drawings.relabel(2, 1);
    expect([labels(), drawings.label]).toEqual([[0, 1, 1], 1]);
    await until(() => drawings.session.frame?.values.join() === "0,1,1");
    drawings.session.history.undo();
    expect([labels(), drawings.label]).toEqual([[0, 1, 0], 0]);
    await until(() => drawings.session.frame?.values.join() === "0,1,0");
    drawings.session.history.redo();
    expect(labels()).toEqual([0, 1, 1]);
  });

  test("takes another label for the drawing on the pad by saying it again", () => {
    drawings.say(1);
    expect(labels()).toEqual([0, 1, 1]);
    drawings.clear();
    drawings.say(0);
    expect(drawings.session.notice).toBe("The pad is empty: draw a character first.");
    expect(labels()).toHaveLength(3);
  });

  test("takes each of two quick changes back on its own", () => {
    drawings.relabel(0, 1);
    drawings.relabel(2, 1);
    drawings.session.history.undo();
    expect(labels()).toEqual([1, 1, 0]);
  });

  test("removes a drawing and brings it back, with what lies on the pad", () => {
    const before = tray(drawings);
    drawings.remove(0);
    expect(tray(drawings)).toEqual(before.slice(1));
    expect([drawings.row, drawings.text]).toEqual([1, before[2]?.[0]]);
    drawings.remove(1);
    expect([drawings.row, drawings.text]).toEqual([null, ""]);
    drawings.session.history.undo();
    drawings.session.history.undo();
    expect(tray(drawings)).toEqual(before);
    expect(drawings.row).toBe(2);
    drawings.session.history.redo();
    expect(tray(drawings)).toEqual(before.slice(1));
  });

  test("removes all, but not the drawing that has no label yet", () => {
    drawings.clear();
    draw(drawings, "O");
    const { text } = drawings;
    drawings.removeAll();
    expect([drawings.kept.length, drawings.text]).toEqual([0, text]);
    drawings.session.history.undo();
    expect(labels()).toEqual([0, 1, 0]);
  });

  test("holds drawings out for testing, all of them if need be, and is undone", async () => {
    drawings.holdOut(1, true);
    await until(() => drawings.session.frame?.testSamples === 1);
    expect(drawings.counts).toEqual([
      { trained: 2, heldOut: 0 },
      { trained: 0, heldOut: 1 },
    ]);
    drawings.holdOut(0, true);
    drawings.holdOut(2, true);
    expect(heldOut()).toEqual([0, 1, 2]);
    await until(() => drawings.session.frame?.trainSamples === 0);
    drawings.session.history.undo();
    expect(heldOut()).toEqual([0, 1]);
    drawings.holdOut(0, false);
    expect(heldOut()).toEqual([1]);
    drawings.remove(0);
    expect(heldOut()).toEqual([0]);
  });

  test("knows what the network takes each drawing for, also right after it was reordered", async () => {
    const right = (): boolean =>
      drawings.kept.every(
        ({ text, predicted }) => predicted === drawings.reader?.read(text)?.predicted,
      );
    for (const row of [0, 1, 0, 1]) {
      drawings.show(row);
      drawings.teach(10);
    }
    await bits(drawings, 40);
    expect(drawings.reading?.text).toBe(drawings.kept[1]?.text);
    expect(new Set(drawings.kept.map(({ predicted }) => predicted))).toEqual(new Set([0, 1]));
    expect(right()).toBe(true);
    drawings.holdOut(0, true);
    expect(right()).toBe(true);
    drawings.remove(0);
    expect(right()).toBe(true);
    const label = drawings.kept[0]?.predicted ?? 0;
    drawings.relabel(0, 1 - label);
    expect(drawings.kept[0]?.misread).toBe(true);
    drawings.relabel(0, label);
    expect(drawings.kept[0]?.misread).toBe(false);
  });

  test("hands out the same objects for what has not changed", async () => {
    await until(() => drawings.kept.every(({ predicted }) => predicted !== null));
    const before = drawings.kept;
    draw(drawings, "O");
    expect(drawings.kept).toBe(before);
    drawings.relabel(1, 0);
    expect(drawings.kept[0]).toBe(before[0]);
    expect(drawings.kept[1]).not.toBe(before[1]);
  });

  test("shows a drawing on the pad again; what was there is brought back by undo", () => {
    drawings.clear();
    draw(drawings, "O", 9);
    const { text } = drawings;
    drawings.show(0);
    expect([drawings.row, drawings.text]).toEqual([0, drawings.kept[0]?.text]);
    drawings.session.history.undo();
    expect([drawings.row, drawings.text]).toEqual([null, text]);
    drawings.show(77);
    expect(drawings.text).toBe(text);
  });
});

describe("what is kept", () => {
  test("is all there after a reload", async () => {
    drawings.holdOut(1, true);
    drawings.setGrid(8);
    const before = tray(drawings);
    await until(() => around.kept.get("pellucid.drawings")?.includes('"grid":8') === true);
    closeAll();
    drawings = await drawing(around);
    expect([tray(drawings), heldOut(), drawings.grid]).toEqual([before, [1], 8]);
  });

  test("is told once when the store is full, and all goes on", async () => {
    around.room = 10;
    drawings.relabel(0, 1);
    await until(() => drawings.session.notice?.includes("does not let the page keep") === true);
    drawings.session.dismissNotice();
    drawings.relabel(0, 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(drawings.session.notice).toBeNull();
    expect(labels()).toEqual([0, 1, 0]);
  });

  test("is told once where the store is forbidden, and all goes on", async () => {
    closeAll();
    around = new Surround();
    around.forbidden = true;
    drawings = await drawing(around);
    await until(() => drawings.session.notice?.includes("does not let the page keep") === true);
    keep(drawings, "X", 0);
    drawings.teach(1);
    await bits(drawings, 1);
    expect(drawings.session.notice).toBeNull();
  });
});

describe("a word on the balance", () => {
  const counts = (...trained: number[]) => trained.map((count) => ({ trained: count, heldOut: 0 }));

  test("comes with its evidence and one next step", () => {
    expect(unbalanced(counts(9, 2), ["X", "O"])).toBe(
      "There are 9 drawings of X but 2 of O, so the network leans towards X. Draw more of O.",
    );
    expect(unbalanced(counts(1, 3, 0), ["0", "1", "2"])).toContain("but none of 2");
  });

  test("does not come while there are few, or nearly as many", () => {
    for (const each of [counts(0, 0), counts(2, 0), counts(4, 2), counts(20, 12)])
      expect(unbalanced(each, ["X", "O"])).toBeNull();
  });
});
