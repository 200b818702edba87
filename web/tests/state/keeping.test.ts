import { afterEach, describe, expect, test } from "vitest";
import type { Session } from "../../src/state/session.svelte";
import { Surround, closeAll, opened, until } from "./support";

let session: Session;

afterEach(closeAll);

describe("the link", () => {
  test("holds the experiment and is opened again", async () => {
    const around = new Surround();
    session = await opened(around);
    session.change("noise", ({ data }) => (data.noise = 0.35));
    expect(session.link).toBe("https://example.org/play/#v=1&noise=0.35&end");
    await until(() => around.location.hash === "#v=1&noise=0.35&end");
    closeAll();
    session = await opened(around);
    expect(session.experiment.data.noise).toBe(0.35);
  });

  test("that a person edits is opened, and can be undone", async () => {
    const around = new Surround();
    session = await opened(around);
    around.goTo("#data=circles&hidden=3");
    expect(session.experiment.network.hidden).toEqual([{ units: 3, activation: "tanh" }]);
    await until(() => session.frame?.widths[1] === 3);
    session.history.undo();
    expect(session.experiment.data.kind).toBe("moons");
  });

  test("that is broken leaves the experiment as it was and says why", async () => {
    const around = new Surround();
    session = await opened(around);
    const before = session.experiment;
    around.goTo("#v=1&data=circles&noi");
    expect(session.experiment).toBe(before);
    expect(session.notice).toContain("The link is incomplete");
    await until(() => around.location.hash === "#v=1&end");
  });

  test("that is broken from the start opens what was kept, and says why", async () => {
    const kept = { "pellucid.experiment": '{"data": {"kind": "xor"}}' };
    session = await opened(new Surround("#data=moon", kept));
    expect(session.experiment.data.kind).toBe("xor");
    expect(session.notice).toContain("did you mean 'moons'?");
  });

  test("is left out of the address where it is too long", async () => {
    const around = new Surround();
    session = await opened(around);
    const points = Array.from({ length: 4000 }, (_, k) => [k / 4000, 0.123, k % 2]);
    session.change("data", ({ data }) => Object.assign(data, { kind: "given", points }));
    await until(() => session.frame?.samples === 4000);
    await until(() => around.location.hash === "");
    expect(session.link.length).toBeGreaterThan(16_000);
  });
});

describe("the browser's store", () => {
  test("keeps the experiment and the view", async () => {
    const around = new Surround();
    session = await opened(around);
    session.change("batch size", ({ training }) => (training.batch_size = "all"));
    session.view.theme = "dark";
    session.view.discretize = true;
    await until(() => around.kept.get("pellucid.view")?.includes("dark") === true);
    closeAll();
    around.location.hash = "";
    session = await opened(around);
    expect(session.experiment.training.batch_size).toBe("all");
    expect([session.view.theme, session.view.discretize]).toEqual(["dark", true]);
  });

  test("that is forbidden is told once, and all goes on", async () => {
    const around = new Surround();
    around.forbidden = true;
    session = await opened(around);
    await until(() => session.notice?.includes("does not let the page keep") === true);
    session.change("noise", ({ data }) => (data.noise = 0.5));
    await until(() => session.frame !== null && session.experiment.data.noise === 0.5);
    expect(session.notice).toBeNull();
  });

  test("with nonsense in it is as good as empty", async () => {
    const kept = { "pellucid.experiment": "{", "pellucid.view": '{"theme": 7, "speed": "warp"}' };
    session = await opened(new Surround("", kept));
    expect(session.experiment.data.kind).toBe("moons");
    expect([session.view.theme, session.view.speed]).toEqual(["system", "normal"]);
  });
});
