import { expect, test } from "vitest";
import { movedAlong } from "../../src/stage/cursor";

test.each([
  ["ArrowLeft", 4],
  ["ArrowRight", 6],
  ["PageUp", 15],
  ["PageDown", 0],
  ["Home", 0],
  ["End", 99],
])("%s moves along the curve", (key, place) => {
  expect(movedAlong(100, 5, key)).toBe(place);
});

test("the ends are not passed, and other keys do nothing", () => {
  expect(movedAlong(3, 2, "ArrowRight")).toBe(2);
  expect(movedAlong(3, 0, "PageDown")).toBe(0);
  expect(movedAlong(3, 1, "Tab")).toBeNull();
});
