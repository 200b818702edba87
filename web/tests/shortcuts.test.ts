import { afterEach, describe, expect, test } from "vitest";
import { classOf, drawShortcuts, shapesShortcuts, type Shortcut } from "../src/shortcuts";
import { draw, tray } from "./state/drawing";
import { closeAll, drawing, opened } from "./state/support";

afterEach(closeAll);

function press(shortcuts: readonly Shortcut[], key: string): void {
  shortcuts.find(({ keys, control }) => !control && keys.includes(key))?.run(key);
}

describe("the keys of Draw", () => {
  test("train, say, switch and clear", async () => {
    const drawings = await drawing();
    const keys = drawShortcuts(drawings);
    draw(drawings, "X");
    const { text } = drawings;
    press(keys, "2");
    press(keys, "t");
    press(keys, "x");
    expect(tray(drawings)).toEqual([[text, 1]]);
    press(keys, "3");
    expect(tray(drawings)).toEqual([[text, 1]]);
    press(keys, "m");
    expect([drawings.mode, drawings.text]).toEqual([1, ""]);
    draw(drawings, "O");
    press(keys, "c");
    expect(drawings.text).toBe("");
  });

  test("say the character that is named like the key, else the one at its place", () => {
    const digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    expect(digits.map((key) => classOf(key, digits))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(["1", "2", "0"].map((key) => classOf(key, ["X", "O"]))).toEqual([0, 1, 9]);
    expect(classOf("1", ["1", "0"])).toBe(0);
  });
});

test("no key stands for two things, and each is told", async () => {
  const session = await opened();
  const drawings = await drawing();
  for (const shortcuts of [shapesShortcuts(session), drawShortcuts(drawings)]) {
    const all = shortcuts.flatMap(({ keys, control, shift }) =>
      keys.map((key) => `${key} ${String(control)} ${String(shift)}`),
    );
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(shortcuts.map(({ shown }) => shown)).size).toBe(shortcuts.length);
  }
});
