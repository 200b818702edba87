import { expect, test } from "vitest";
import { following, instruction, named } from "../../../src/rooms/draw/sentences";
import type { Drawings } from "../../../src/state/drawings.svelte";

function at(pad: Partial<Drawings>): Drawings {
  const start = { names: ["X", "O"], mode: 0, text: "", row: null, label: 0, kept: [], reader: {} };
  return { ...start, ...pad } as unknown as Drawings;
}

test("characters have the article that they are read out with, and other names stand in quotation marks", () => {
  expect(["X", "O", "U", "a", "b", "8", "1"].map(named)).toEqual([
    "an X",
    "an O",
    "a U",
    "an a",
    "a b",
    "an 8",
    "a 1",
  ]);
  expect(["—", "cat", "10"].map(named)).toEqual(["“—”", "“cat”", "“10”"]);
});

test("the class after the last one is the first", () => {
  expect([0, 1, 2].map((label) => following(label, { names: ["a", "b", "c"] }))).toEqual([
    "b",
    "c",
    "a",
  ]);
});

test("the next thing to do follows the pad and the mode", () => {
  const kept = [{ row: 0, text: "AAA", label: 0, heldOut: false, predicted: 0, misread: false }];
  expect(instruction(at({ reader: null }))).toBe("Loading the engine…");
  expect(instruction(at({}))).toBe("Draw an X, then press Train.");
  expect(instruction(at({ mode: 1 }))).toBe("Draw an O, then press Train.");
  expect(instruction(at({ text: "AAA" }))).toBe("Press Train to teach it as an X.");
  expect(instruction(at({ text: "AAA", row: 0, kept }))).toBe("Kept as an X. Switch to O.");
  expect(instruction(at({ text: "AAA", row: 0, kept, mode: 1 }))).toBe(
    "Kept as an X. Draw an O next.",
  );
  const heldOut = kept.map((each) => ({ ...each, heldOut: true }));
  expect(instruction(at({ text: "AAA", row: 0, kept: heldOut }))).toBe(
    "Held out for testing as an X.",
  );
});
