import { afterEach, expect, test } from "vitest";
import type { Session } from "../../src/state/session.svelte";
import { closeAll, opened, until } from "./support";

afterEach(closeAll);

function weight(session: Session): number {
  return session.frame?.weight(0, 1, 0) ?? NaN;
}

test("a unit that is switched off is on again with one undo", async () => {
  const session = await opened();
  const before = weight(session);
  session.weights.switchOff(session.frame?.weightsFrom(0, 0) ?? [], true);
  await until(() => session.frame?.unitIsOff(0, 0) === true);
  expect(session.history.undoLabel).toBe("switching off");
  session.history.undo();
  await until(() => session.frame?.unitIsOff(0, 0) === false);
  expect(weight(session)).toBe(before);
  session.history.redo();
  await until(() => session.frame?.unitIsOff(0, 0) === true);
});

test("all that one drag sets is one step", async () => {
  const session = await opened();
  const before = weight(session);
  const gesture = {};
  for (const value of [0.5, 0.75, 1]) {
    session.weights.set({ layer: 0, unit: 1, input: 0 }, value, gesture);
  }
  await until(() => weight(session) === 1);
  session.weights.set({ layer: 0, unit: 1, input: 0 }, 2, {});
  await until(() => weight(session) === 2);
  session.history.undo();
  await until(() => weight(session) === 1);
  session.history.undo();
  await until(() => weight(session) === before);
  expect(session.history.undoLabel !== null).toBe(false);
  session.history.redo();
  await until(() => weight(session) === 1);
});

test("a drag that is cancelled leaves all as it was", async () => {
  const session = await opened();
  const before = weight(session);
  const gesture = {};
  session.weights.set({ layer: 0, unit: 1, input: 0 }, 0.5, gesture);
  await until(() => weight(session) === 0.5);
  session.history.cancel(gesture);
  await until(() => weight(session) === before);
  session.history.cancel(gesture);
  expect(session.history.undoLabel !== null).toBe(false);
});

test("a survey and the maps of the features are asked for beside the run", async () => {
  const session = await opened();
  expect(await session.ask.survey()).toHaveLength(7);
  const maps = await session.ask.featureMaps(4);
  expect(maps.map(({ length }) => length)).toEqual(Array(7).fill(64));
});
