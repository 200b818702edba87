import { beforeEach, expect, test } from "vitest";
import { KeyboardPen } from "../../../src/rooms/draw/keyboard-pen.svelte";

let done: string[];
let pen: KeyboardPen;

beforeEach(() => {
  done = [];
  const pad = {
    begin: ({ x, y }: { x: number; y: number }) => void done.push(`begin ${x} ${y}`),
    extend: (points: readonly { x: number; y: number }[]) =>
      void done.push(...points.map(({ x, y }) => `extend ${x} ${y}`)),
    lift: () => void done.push("lift"),
    clear: () => void done.push("clear"),
  };
  pen = new KeyboardPen(
    () => pad,
    () => void done.push("touch"),
  );
});

function press(...keys: string[]): boolean[] {
  return keys.map((key) => pen.press({ key, shiftKey: false } as KeyboardEvent));
}

test("moves without drawing until it is put down, from the middle on", () => {
  expect(press("ArrowRight", "Home")).toEqual([true, true]);
  expect(done).toEqual([]);
  expect(pen.place).toEqual({ x: 256, y: 240 });
  expect(pen.told).toBe("50 % across, 47 % down");
});

test("Space and Enter put it down and lift it", () => {
  press(" ", "ArrowDown", "Enter", "ArrowDown");
  expect(done).toEqual(["touch", "begin 256 256", "extend 256 272", "lift"]);
  expect(pen.told).toBe("50 % across, 56 % down");
});

test("says what it does while it is down", () => {
  press(" ");
  expect(pen.told).toBe("Pen down: 50 % across, 50 % down");
  press("ArrowUp");
  expect(pen.told).toBe("Drawing: 50 % across, 47 % down");
  press("Escape");
  expect(pen.told).toBe("Pen up");
});

test("Escape belongs to it only while it is down", () => {
  expect(press("Escape")).toEqual([false]);
  expect(press(" ", "Escape")).toEqual([true, true]);
  expect(done).toEqual(["touch", "begin 256 256", "lift"]);
});

test("Delete clears, and ends the stroke before", () => {
  press(" ", "Delete", "Backspace");
  expect(done).toEqual(["touch", "begin 256 256", "touch", "lift", "clear", "touch", "clear"]);
  expect(pen.isDown).toBe(false);
  expect(pen.told).toBe("Cleared");
});

test("put away, it is lifted; other keys are not its own", () => {
  press(" ");
  pen.hide();
  expect(done.at(-1)).toBe("lift");
  expect(pen.place).toBeNull();
  expect(press("s", "Tab")).toEqual([false, false]);
});
