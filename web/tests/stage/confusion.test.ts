import { beforeAll, describe, expect, test } from "vitest";
import type { Frame } from "../../src/engine/frame";
import { cellWords, matrixOf } from "../../src/stage/confusion";
import { Marks, rowsIn } from "../../src/state/marks.svelte";
import { Talk, loadEngine, source } from "../engine/support";

let frame: Frame;

beforeAll(async () => {
  const talk = new Talk(await loadEngine());
  const data = { kind: "blobs", classes: 3, noise: 0.9 };
  talk.command({ type: "open", source: source({ data }), keep: false });
  talk.command({ type: "advance", unit: "epoch", count: 20 });
  frame = talk.frame();
});

describe.each(["train", "test"] as const)("the matrix (%s)", (part) => {
  test("counts in each cell as many samples as are marked for it", () => {
    const cells = matrixOf(frame, part).flat();
    expect(cells).toHaveLength(9);
    for (const cell of cells) expect(rowsIn(cell, frame)).toHaveLength(cell.count);
    const right = cells.filter(({ actual, predicted }) => actual === predicted);
    const sum = right.reduce((total, cell) => total + cell.count, 0);
    expect(sum / 150).toBeCloseTo(frame[part].accuracy ?? 0, 6);
  });

  test("gives the shares of each true class", () => {
    for (const row of matrixOf(frame, part))
      expect(row.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });
});

test("a cell is put into words", () => {
  const cell = { part: "train", actual: 0, predicted: 1 } as const;
  expect(cellWords(cell, 3, ["X", "O"])).toBe("3 training samples of X taken for O");
  expect(cellWords({ ...cell, part: "test", predicted: 0 }, 1, ["X", "O"])).toBe(
    "1 test sample of X put right",
  );
});

test("a cell that is pressed twice is let go, another one takes its place", () => {
  const marks = new Marks();
  marks.toggle({ part: "train", actual: 0, predicted: 1 });
  marks.toggle({ part: "test", actual: 0, predicted: 1 });
  expect(marks.cell?.part).toBe("test");
  marks.toggle({ part: "test", actual: 0, predicted: 1 });
  expect(marks.cell).toBeNull();
});
