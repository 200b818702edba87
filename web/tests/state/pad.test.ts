import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Drawings } from "../../src/state/drawings.svelte";
import { bits, draw, keep, tray } from "./drawing";
import { Surround, closeAll, drawing, until } from "./support";

let drawings: Drawings;

beforeEach(async () => {
  drawings = await drawing();
});
afterEach(closeAll);

describe("the pad", () => {
  test("follows the pen, point by point", () => {
    drawings.begin({ x: 100, y: 100 });
    const dot = drawings.text;
    expect(dot).toHaveLength(3);
    drawings.extend([{ x: 300, y: 120 }]);
    expect(drawings.text.startsWith(dot)).toBe(true);
    expect(drawings.strokes).toEqual([
      [
        { x: 100, y: 100 },
        { x: 300, y: 120 },
      ],
    ]);
    expect(drawings.reading?.text).toBe(drawings.text);
    expect(drawings.reading?.on).toBeGreaterThan(0);
  });

  test("shows what it keeps: the strokes of its text", () => {
    draw(drawings, "X");
    const shown = drawings.strokes;
    expect(shown).toHaveLength(2);
    expect(drawings.reader?.strokes(drawings.text)).toEqual(shown);
    expect(drawings.reader?.write(shown, false)).toBe(drawings.text);
  });

  test("never loses a cell to a later stroke", () => {
    drawings.begin({ x: 0, y: 0 });
    drawings.extend([{ x: 511, y: 511 }]);
    drawings.lift();
    const before = [...(drawings.reading?.bits ?? [])];
    drawings.begin({ x: 511, y: 0 });
    drawings.extend([{ x: 0, y: 511 }]);
    drawings.lift();
    const after = drawings.reading?.bits ?? [];
    expect(before.every((bit, cell) => bit <= (after[cell] ?? 0))).toBe(true);
    expect(drawings.reading?.on).toBeGreaterThan(before.filter(Boolean).length);
  });

  test("takes a dot, and finite numbers come of it", () => {
    drawings.begin({ x: 256, y: 256 });
    drawings.lift();
    expect(drawings.text).toHaveLength(3);
    expect(drawings.reading?.outputs.every(Number.isFinite)).toBe(true);
    expect(drawings.reading?.fitted.flat().every(({ x, y }) => Number.isFinite(x + y))).toBe(true);
  });

  test("has probabilities near one half before anything is learnt", () => {
    draw(drawings, "X");
    const { outputs } = drawings.reading ?? { outputs: [] };
    expect(outputs).toHaveLength(2);
    expect(Math.abs((outputs[0] ?? 0) - 0.5)).toBeLessThan(0.35);
    expect((outputs[0] ?? 0) + (outputs[1] ?? 0)).toBeCloseTo(1, 5);
  });

  test("is undone stroke by stroke, and clearing too", () => {
    draw(drawings, "X");
    const { text } = drawings;
    drawings.clear();
    expect(drawings.text).toBe("");
    drawings.session.history.undo();
    expect(drawings.text).toBe(text);
    drawings.session.history.undo();
    expect(drawings.strokes).toHaveLength(1);
    drawings.session.history.undo();
    expect(drawings.text).toBe("");
    expect(drawings.session.history.undoLabel !== null).toBe(false);
    for (let k = 0; k < 2; k++) drawings.session.history.redo();
    expect(drawings.text).toBe(text);
  });

  test("that is empty is no step when it is cleared", () => {
    drawings.clear();
    expect(drawings.session.history.undoLabel !== null).toBe(false);
  });

  test("refuses a stroke that is more than a drawing can hold, and keeps the others", () => {
    draw(drawings, "X");
    const { text } = drawings;
    drawings.begin({ x: 0, y: 0 });
    const zigzag = Array.from({ length: 6000 }, (_, k) => ({
      x: (k * k) % 509,
      y: (k * k * 7) % 503,
    }));
    drawings.extend(zigzag);
    drawings.lift();
    expect(drawings.text === text).toBe(true);
    expect(drawings.session.notice).toBe("This drawing is full: it cannot hold another stroke.");
  });

  test("asks the network about another class, and forgets one that is gone", () => {
    draw(drawings, "X");
    drawings.asked = 1;
    expect(drawings.reading?.why.output).toBe(1);
    drawings.asked = 9;
    expect(drawings.reading?.why.output).toBe(drawings.reading?.predicted);
  });
});

describe("cells", () => {
  test("are toggled, which makes the drawing one of cells", () => {
    draw(drawings, "X");
    const before = [...(drawings.reading?.bits ?? [])];
    drawings.toggleCell(2);
    expect(drawings.text.startsWith(".")).toBe(true);
    expect(drawings.strokes).toEqual([]);
    const after = [...(drawings.reading?.bits ?? [])];
    expect(after.map((bit, cell) => (cell === 2 ? 1 - bit : bit))).toEqual(before);
    drawings.session.history.undo();
    expect(drawings.strokes).toHaveLength(2);
  });

  test("that are all off leave an empty pad", () => {
    drawings.toggleCell(7);
    expect(drawings.reading?.on).toBe(1);
    drawings.toggleCell(7);
    expect(drawings.text).toBe("");
  });

  test("and strokes do not mix: the pen begins a new drawing, and undo brings the cells back", () => {
    drawings.toggleCell(7);
    const { text } = drawings;
    drawings.begin({ x: 9, y: 9 });
    drawings.lift();
    expect(drawings.text).toHaveLength(3);
    drawings.session.history.undo();
    expect(drawings.text).toBe(text);
  });

  test("of a drawing that has its label make a new one, and the other stays as it is", () => {
    keep(drawings, "O", 1);
    const [before] = tray(drawings);
    drawings.toggleCell(0);
    expect(drawings.row).toBeNull();
    expect(tray(drawings)).toEqual([before]);
  });
});

describe("the mode is only a label:", () => {
  test("it changes no prediction", () => {
    draw(drawings, "X");
    const { outputs } = drawings.reading ?? {};
    drawings.switchMode();
    expect([drawings.mode, drawings.label]).toEqual([1, 0]);
    expect(drawings.reading?.outputs).toEqual(outputs);
  });

  test("switching it leaves a drawing that has no label yet where it is", () => {
    draw(drawings, "X");
    const { text } = drawings;
    drawings.switchMode();
    expect(drawings.text).toBe(text);
  });

  test("switching it clears the pad when the drawing is safe in the tray", () => {
    draw(drawings, "X");
    drawings.teach(1);
    drawings.switchMode();
    expect([drawings.text, drawings.row]).toEqual(["", null]);
    expect(drawings.kept).toHaveLength(1);
    drawings.session.history.undo();
    expect([drawings.row, drawings.mode]).toEqual([0, 0]);
  });

  test("a drawing keeps its own label whatever the mode", () => {
    draw(drawings, "X");
    drawings.teach(1);
    drawings.switchMode();
    drawings.show(0);
    expect([drawings.mode, drawings.label]).toEqual([1, 0]);
    drawings.teach(10);
    expect(tray(drawings)).toEqual([[drawings.text, 0]]);
  });

  test("it goes round, and what is no class is left alone", () => {
    drawings.switchMode();
    drawings.switchMode();
    expect(drawings.mode).toBe(0);
    drawings.setMode(5);
    expect(drawings.mode).toBe(0);
  });
});

describe("nothing is trained that is not in view:", () => {
  test("an empty pad is refused with a sentence", async () => {
    drawings.teach(1);
    expect(drawings.session.notice).toBe("The pad is empty: draw a character first.");
    expect(drawings.canTrain).toBe(drawings.session.notice);
    expect([drawings.kept.length, drawings.session.history.undoLabel !== null]).toEqual([0, false]);
    await bits(drawings, 0);
  });

  test("nor is a drawing that was cleared away, with or without a label", () => {
    draw(drawings, "X");
    drawings.clear();
    drawings.teach(1);
    expect(drawings.kept).toHaveLength(0);
    keep(drawings, "O", 1);
    drawings.clear();
    drawings.teach(10);
    expect(drawings.session.notice).toBe("The pad is empty: draw a character first.");
    expect(drawings.kept).toHaveLength(1);
  });

  test("a stroke on a drawing that has its label begins a new one, with the mode for its label", () => {
    keep(drawings, "X", 1);
    const before = tray(drawings);
    drawings.begin({ x: 10, y: 10 });
    expect([drawings.row, drawings.label, drawings.strokes.length]).toEqual([null, 0, 1]);
    drawings.extend([{ x: 400, y: 10 }]);
    drawings.teach(1);
    expect(tray(drawings)).toEqual([...before, [drawings.text, 0]]);
    expect(drawings.strokes).toHaveLength(1);
  });

  test("a drawing that is held out is not trained", async () => {
    keep(drawings, "X", 0);
    drawings.holdOut(0, true);
    drawings.teach(1);
    expect(drawings.session.notice).toContain("This drawing is held out for testing");
    await bits(drawings, 0);
    drawings.holdOut(0, false);
    expect(drawings.canTrain).toBe(true);
    drawings.teach(1);
    await bits(drawings, 1);
  });
});

describe("reload", () => {
  test("keeps the drawing that is not finished, and the mode", async () => {
    closeAll();
    const around = new Surround();
    drawings = await drawing(around);
    keep(drawings, "O", 1);
    drawings.setMode(1);
    draw(drawings, "X");
    const { text } = drawings;
    await until(() => around.kept.get("pellucid.pad")?.includes(text) === true);
    closeAll();
    drawings = await drawing(around);
    expect([drawings.text, drawings.mode, drawings.row]).toEqual([text, 1, null]);
    expect(drawings.kept).toHaveLength(1);
  });

  test.each([
    "{",
    "null",
    '{"text": "A", "row": -1, "mode": "x"}',
    '{"text": 7, "row": 3, "mode": 99}',
  ])("with %s for a pad begins with an empty one", async (pad) => {
    closeAll();
    drawings = await drawing(new Surround("", { "pellucid.pad": pad }));
    expect([drawings.text, drawings.row]).toEqual(["", null]);
    expect(drawings.mode).toBeLessThan(2);
  });
});
