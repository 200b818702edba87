import { describe, expect, test } from "vitest";
import { UndoStack, type Step } from "../../src/experiment/undo";

class Note implements Step {
  constructor(
    readonly label: string,
    public bytes = 0,
  ) {}
  forget(): void {
    this.bytes = 0;
  }
}

describe("the undo stack", () => {
  test("goes back and forth in order", () => {
    const stack = new UndoStack<Note>();
    const [a, b] = [new Note("a"), new Note("b")];
    stack.push(a);
    stack.push(b);
    expect([stack.undo(), stack.undo(), stack.undo()]).toEqual([b, a, undefined]);
    expect(stack.redo()).toBe(a);
    expect([stack.last, stack.next]).toEqual([a, b]);
  });

  test("cannot redo what something else has replaced", () => {
    const stack = new UndoStack<Note>();
    stack.push(new Note("a"));
    stack.undo();
    stack.push(new Note("b"));
    expect(stack.redo()).toBeUndefined();
  });

  test("remembers two hundred steps", () => {
    const stack = new UndoStack<Note>();
    for (let k = 0; k < 250; k++) stack.push(new Note(String(k)));
    let steps = 0;
    while (stack.undo()) steps++;
    expect(steps).toBe(200);
  });

  test("lets the furthest steps forget when memory runs out", () => {
    const stack = new UndoStack<Note>();
    const steps = [new Note("old", 60), new Note("large", 200), new Note("new", 30)];
    steps.forEach((step) => stack.push(step));
    stack.trim(100);
    expect(steps.map(({ bytes }) => bytes)).toEqual([60, 0, 30]);
    stack.trim(80);
    expect(steps.map(({ bytes }) => bytes)).toEqual([0, 0, 30]);
  });
});
