import { expect, test } from "vitest";
import { moved, pointsOf } from "../../../src/rooms/draw/hand";

const BOX = { left: 100, top: 50, width: 256, height: 256 } as DOMRect;

function pointer(clientX: number, clientY: number, between: readonly object[] = []): PointerEvent {
  return { clientX, clientY, getCoalescedEvents: () => between } as unknown as PointerEvent;
}
function key(name: string, shiftKey = false): KeyboardEvent {
  return { key: name, shiftKey } as KeyboardEvent;
}

test("the whole way of a pointer is taken, also what lies between two pictures", () => {
  expect(pointsOf(pointer(228, 178), BOX)).toEqual([{ x: 256, y: 256 }]);
  const between = [
    { clientX: 101, clientY: 50 },
    { clientX: 102, clientY: 51 },
  ];
  expect(pointsOf(pointer(102, 51, between), BOX)).toEqual([
    { x: 2, y: 0 },
    { x: 4, y: 2 },
  ]);
});

test("a browser that does not tell the way between two pictures still draws", () => {
  const event = { clientX: 101, clientY: 51 } as PointerEvent;
  expect(pointsOf(event, BOX)).toEqual([{ x: 2, y: 2 }]);
});

test("a pointer that leaves the pad goes on along its edge", () => {
  expect(pointsOf(pointer(0, 400), BOX)).toEqual([{ x: 0, y: 511 }]);
});

test("arrow keys move straight, the keys at the corners of the number pad aslant, Shift further", () => {
  const middle = { x: 256, y: 256 };
  expect(moved(middle, key("ArrowRight"))).toEqual({ x: 272, y: 256 });
  expect(moved(middle, key("Home"))).toEqual({ x: 240, y: 240 });
  expect(moved(middle, key("PageDown", true))).toEqual({ x: 320, y: 320 });
  expect(moved({ x: 0, y: 510 }, key("End"))).toEqual({ x: 0, y: 511 });
  expect(moved(middle, key("a"))).toBeNull();
});
