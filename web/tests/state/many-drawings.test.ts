import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Reader } from "../../src/engine/reading";
import { DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";
import type { Drawings } from "../../src/state/drawings.svelte";
import { bits } from "./drawing";
import { Surround, closeAll, drawing, until } from "./support";

const MANY = 1000;

let around: Surround;
let drawings: Drawings;

beforeEach(async () => {
  const reader = await new Surround().loadReader();
  const data = {
    ...DRAWINGS_EXPERIMENT.data,
    drawings: Array.from({ length: MANY }, (_, seed) =>
      reader.write(reader.byHand(seed % 2 ? "O" : "X", seed) ?? [], true),
    ),
    targets: Array.from({ length: MANY }, (_, seed) => seed % 2),
  };
  const experiment = JSON.stringify({ ...DRAWINGS_EXPERIMENT, data });
  around = new Surround("", { "pellucid.drawings": experiment });
  drawings = await drawing(around);
});
afterEach(() => {
  vi.restoreAllMocks();
  closeAll();
});

/** Commands that the worker was given from here on. */
function commands(): string[] {
  const requests = around.workers.at(-1)?.requests ?? [];
  return requests.flatMap((request) => (request.type === "command" ? [request.command.type] : []));
}

test("a thousand drawings are opened with one command, and no bitmap is made on the page's thread", () => {
  const bitmap = vi.spyOn(Reader.prototype, "bitmap");
  expect(drawings.kept).toHaveLength(MANY);
  expect(commands()).toEqual(["open"]);
  expect(bitmap).not.toHaveBeenCalled();
});

test("the pen reads one drawing and touches no other, however many there are", () => {
  const before = drawings.kept;
  const read = vi.spyOn(Reader.prototype, "read");
  const stringify = vi.spyOn(JSON, "stringify");
  const writes = around.writes.length;
  drawings.begin({ x: 10, y: 10 });
  for (let x = 20; x < 500; x += 10) {
    drawings.extend([{ x, y: x }]);
    expect(drawings.reading?.on).toBeGreaterThan(0);
  }
  expect(read.mock.calls.length).toBeLessThanOrEqual(48);
  expect(stringify).not.toHaveBeenCalled();
  drawings.lift();
  expect(drawings.kept).toBe(before);
  expect(around.writes).toHaveLength(writes);
});

test("a stroke is kept without writing the thousand drawings again", async () => {
  await until(() => around.writes.includes("pellucid.drawings"));
  around.writes.length = 0;
  drawings.begin({ x: 10, y: 10 });
  drawings.lift();
  await until(() => around.writes.length > 0);
  expect(around.writes).toEqual(["pellucid.pad"]);
});

test("Train sends one command, and the experiment is written once", async () => {
  drawings.begin({ x: 10, y: 10 });
  drawings.extend([{ x: 500, y: 400 }]);
  drawings.teach(1);
  await bits(drawings, 1);
  expect(commands()).toEqual(["open", "teach"]);
  await until(() => around.writes.filter((name) => name === "pellucid.drawings").length === 2);
  expect(drawings.kept).toHaveLength(MANY + 1);
  const fresh = drawings.kept;
  drawings.relabel(3, 0);
  expect(drawings.kept.filter((kept, row) => kept !== fresh[row]).map(({ row }) => row)).toEqual([
    3,
  ]);
});

test("while a thousand drawings are trained on, only those that are read otherwise are new objects", async () => {
  await until(() => drawings.kept.every(({ predicted }) => predicted !== null));
  const before = drawings.kept;
  drawings.session.player.step();
  await bits(drawings, 1);
  const changed = drawings.kept.filter((kept, row) => kept !== before[row]);
  expect(changed.every(({ row, predicted }) => predicted !== before[row]?.predicted)).toBe(true);
});
