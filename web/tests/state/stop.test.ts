import { afterEach, describe, expect, test } from "vitest";
import { NEVER } from "../../src/engine/stopping";
import { readConditions } from "../../src/state/stop";
import { Surround, closeAll, opened, until } from "./support";

afterEach(closeAll);

describe("conditions that were kept", () => {
  test("are read as they were written", () => {
    const conditions = { part: "train", loss: 0.01, accuracy: 0.9, epochs: 300, patience: 5 };
    expect(readConditions(structuredClone(conditions))).toEqual(conditions);
  });

  test.each([
    [null],
    ["epochs"],
    [{ epochs: 0 }],
    [{ epochs: 2.5 }],
    [{ accuracy: 1.01 }],
    [{ loss: -1 }],
    [{ loss: "0.1", patience: Infinity, part: "all" }],
  ])("leave out what does not suit: %j", (kept) => {
    expect(readConditions(kept)).toEqual(NEVER);
  });
});

describe("a session", () => {
  test("rests at a stop condition, says which, and goes on when asked", async () => {
    const session = await opened();
    session.view.stop = { ...NEVER, epochs: 12 };
    session.player.play();
    await until(() => session.player.stopped !== null);
    expect([session.status, session.frame?.epoch]).toEqual(["ready", 12]);
    expect(session.player.stopped).toMatchObject({ why: "epochs", limit: 12 });
    session.player.play();
    expect(session.player.stopped).toBeNull();
    await until(() => (session.frame?.epoch ?? 0) > 15);
    session.player.pause();
    expect(session.player.stopped).toBeNull();
  });

  test("forgets why it stopped once anything else is shown", async () => {
    const session = await opened();
    session.view.stop = { ...NEVER, epochs: 2 };
    session.player.play();
    await until(() => session.player.stopped !== null);
    session.player.step();
    await until(() => session.frame?.updates === 31);
    expect(session.player.stopped).toBeNull();
  });

  test("keeps its stop conditions in the browser and not in the link", async () => {
    const around = new Surround();
    const session = await opened(around);
    const { link } = session;
    session.view.stop = { ...NEVER, patience: 40 };
    await until(() => around.kept.get("pellucid.view")?.includes('"patience":40') ?? false);
    expect(session.link).toBe(link);
    closeAll();
    expect((await opened(around)).view.stop.patience).toBe(40);
  });
});
