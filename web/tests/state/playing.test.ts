import { afterEach, describe, expect, test } from "vitest";
import type { Session } from "../../src/state/session.svelte";
import { Surround, closeAll, opened, until } from "./support";

let session: Session;

afterEach(closeAll);

/** Whether the browser keeps that training rests. */
function keptResting(around: Surround): boolean {
  return [...around.kept.values()].some((text) => text.includes('"playing":false'));
}

/** Surroundings of a visitor who likes movement. */
function lively(): Surround {
  const around = new Surround();
  around.still = false;
  return around;
}

describe("training starts by itself", () => {
  test("when the page is opened, and its curve begins at the beginning", async () => {
    session = await opened(lively());
    await until(() => (session.frame?.epoch ?? 0) > 3);
    expect(session.player.playing).toBe(true);
    expect(session.past.curve[0]?.updates).toBe(0);
  });

  test("but not for those who prefer stillness, until they press play", async () => {
    session = await opened(new Surround());
    await until(() => Object.keys(session.thumbnails).length > 0);
    expect(session.player.playing).toBe(false);
    expect(session.frame?.updates).toBe(0);
    session.player.play();
    await until(() => (session.frame?.updates ?? 0) > 0);
  });

  test("but not after it was paused, or taken step by step, when the page was left", async () => {
    for (const rest of [(): void => session.player.pause(), (): void => session.player.step()]) {
      const around = lively();
      session = await opened(around);
      await until(() => (session.frame?.updates ?? 0) > 0);
      rest();
      await until(() => keptResting(around));
      closeAll();
      session = await opened(around);
      await until(() => Object.keys(session.thumbnails).length > 0);
      expect(session.player.playing).toBe(false);
      closeAll();
    }
  });

  test("again after a run that diverged", async () => {
    const around = lively();
    session = await opened(around);
    session.change("data", (draft) => {
      draft.data.kind = "plane";
      draft.network.hidden = [];
      draft.training.learning_rate = 100;
    });
    await until(() => session.status === "diverged");
    closeAll();
    expect(keptResting(around)).toBe(false);
  });
});

test("a change of the network goes on playing, from a curve that begins at the beginning", async () => {
  session = await opened(lively());
  await until(() => (session.frame?.epoch ?? 0) > 3);
  session.change("units", ({ network }) => {
    network.hidden = [{ units: 2, activation: "tanh" }];
  });
  await until(() => session.frame?.widths[1] === 2 && session.frame.epoch > 3);
  expect(session.player.playing).toBe(true);
  expect(session.past.curve[0]?.updates).toBe(0);
});
