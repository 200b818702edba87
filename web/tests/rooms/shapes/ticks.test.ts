import { expect, test } from "vitest";
import { ticksOf } from "../../../src/rooms/shapes/ticks";

test.each([
  [-3, 3, 5, ["−2", "−1", "0", "1", "2"]],
  [3.4, 8.2, 5, ["4", "5", "6", "7"]],
  [0.001, 0.009, 4, ["0.002", "0.004", "0.006", "0.008"]],
  [-120_000, 480_000, 4, ["0 k", "200 k", "400 k"]],
  [0, 4e7, 4, ["10 M", "20 M", "30 M"]],
])("from %d to %d there are round numbers", (from, to, count, texts) => {
  expect(ticksOf(from, to, count).map(({ text }) => text)).toEqual(texts);
});

test("a tick stands where its number is", () => {
  expect(ticksOf(-3, 3, 3).find(({ text }) => text === "0")?.share).toBe(0.5);
});
