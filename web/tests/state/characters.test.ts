import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Drawings } from "../../src/state/drawings.svelte";
import { bits, draw, keep, tray } from "./drawing";
import { closeAll, drawing, until } from "./support";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

let drawings: Drawings;

beforeEach(async () => {
  drawings = await drawing();
});
afterEach(closeAll);

describe("renaming", () => {
  test.each(["×", "✓", ",", "none", "7", "👩‍🔬", '~& "', "a b"])(
    "to %s keeps the weights",
    async (name) => {
      draw(drawings, "X");
      drawings.teach(1);
      const learnt = await bits(drawings, 1);
      expect(drawings.rename(0, `  ${name} `)).toBe(true);
      expect(drawings.names).toEqual([name, "O"]);
      expect(await bits(drawings, 1)).toBe(learnt);
      drawings.session.history.undo();
      expect(drawings.names).toEqual(["X", "O"]);
      drawings.session.history.redo();
      expect(drawings.names).toEqual([name, "O"]);
    },
  );

  test.each([
    ["", "A character needs a name of 1 to 16 letters or signs."],
    [" \t ", "A character needs a name of 1 to 16 letters or signs."],
    ["O", "There is a character named O already."],
    ["seventeen letters", "The name 'seventeen letters…' has 17 letters, but must have 1 to 16."],
    ["a\u0007b", "The name of a character must consist of letters and signs that can be seen."],
    ["\ud83d", "The name of a character must consist of letters and signs that can be seen."],
  ])("to %j is refused with a sentence", (name, sentence) => {
    expect(drawings.rename(0, name)).toBe(false);
    expect(drawings.session.notice).toBe(sentence);
    expect(drawings.names).toEqual(["X", "O"]);
    expect(drawings.session.history.undoLabel !== null).toBe(false);
  });

  test("to the same name is no step", () => {
    expect(drawings.rename(0, "X ")).toBe(true);
    expect(drawings.session.history.undoLabel !== null).toBe(false);
  });
});

describe("another number of characters", () => {
  test("is another network, and undo brings the trained weights back", async () => {
    draw(drawings, "X");
    drawings.teach(10);
    const learnt = await bits(drawings, 10);
    drawings.addClass();
    expect(drawings.names).toEqual(["X", "O", "+"]);
    await until(() => drawings.session.frame?.widths.at(-1) === 3);
    expect(drawings.session.notice).toContain("training starts again");
    expect(drawings.kept).toHaveLength(1);
    drawings.session.history.undo();
    expect(await bits(drawings, 10)).toBe(learnt);
    drawings.session.history.redo();
    await until(() => drawings.session.frame?.widths.at(-1) === 3);
  });

  test("is 2 to 10", () => {
    drawings.removeClass(0);
    expect(drawings.session.notice).toBe("There must be at least 2 characters to tell apart.");
    for (let k = 0; k < 8; k++) drawings.addClass();
    expect(new Set(drawings.names).size).toBe(10);
    drawings.addClass();
    expect(drawings.session.notice).toBe("There can be 10 characters at most.");
    drawings.setCharacters([...DIGITS, "10"]);
    expect(drawings.session.notice).toBe("There can be 10 characters at most.");
    expect(drawings.names).toHaveLength(10);
  });

  test("that is smaller takes the drawings of the character along, until undo brings them back", () => {
    drawings.addClass();
    keep(drawings, "X", 0);
    keep(drawings, "O", 1);
    keep(drawings, "+", 2);
    drawings.holdOut(2, true);
    drawings.setMode(2);
    const before = tray(drawings);
    drawings.removeClass(1);
    expect(drawings.names).toEqual(["X", "+"]);
    expect(drawings.kept.map(({ label, heldOut }) => [label, heldOut])).toEqual([
      [0, false],
      [1, true],
    ]);
    expect(drawings.mode).toBe(1);
    expect(drawings.session.notice).toMatch(/^1 drawing .*Undo brings them back/);
    drawings.session.history.undo();
    expect(tray(drawings)).toEqual(before);
    expect(drawings.mode).toBe(2);
  });
});

describe("other characters", () => {
  test("keep the drawings of those that are among them, under their names", () => {
    keep(drawings, "X", 0);
    keep(drawings, "O", 1);
    drawings.setCharacters(["O", "—", "|"]);
    expect(drawings.names).toEqual(["O", "—", "|"]);
    expect(drawings.kept.map(({ label }) => label)).toEqual([0]);
    expect(drawings.mode).toBe(0);
    drawings.session.history.undo();
    expect(drawings.kept.map(({ label }) => label)).toEqual([0, 1]);
  });

  test("go on from digits with digits", () => {
    drawings.setCharacters(["0", "1", "3"]);
    drawings.addClass();
    expect(drawings.names).toEqual(["0", "1", "3", "2"]);
  });
});

describe("another grid", () => {
  test("is another network on the same strokes, and undo brings the weights back", async () => {
    draw(drawings, "X");
    drawings.teach(10);
    const learnt = await bits(drawings, 10);
    const before = tray(drawings);
    drawings.setGrid(28);
    await until(() => drawings.session.frame?.widths[0] === 784);
    expect(drawings.session.frame?.updates).toBe(0);
    expect(tray(drawings)).toEqual(before);
    expect(drawings.reading?.bits).toHaveLength(784);
    drawings.session.history.undo();
    expect(await bits(drawings, 10)).toBe(learnt);
    drawings.session.history.redo();
    await until(() => drawings.session.frame?.widths[0] === 784);
  });

  test("shows a drawing of cells too", async () => {
    for (const cell of [0, 7, 14, 21, 28, 35]) drawings.toggleCell(cell);
    drawings.setGrid(12);
    await until(() => drawings.reading?.bits.length === 144);
    expect(drawings.reading?.on).toBe(24);
  });
});

test("the seed's own outputs, independent sigmoids with squared error, keep the weights", async () => {
  draw(drawings, "X");
  drawings.teach(1);
  const learnt = await bits(drawings, 1);
  drawings.session.change("outputs", ({ network, training }) => {
    network.output_activation = "sigmoid";
    training.loss = "squared_error";
  });
  expect(await bits(drawings, 1)).toBe(learnt);
  await until(() => drawings.session.frame?.activations.at(-1) === "sigmoid");
});
