import { afterEach, describe, expect, test } from "vitest";
import { DEFAULT_EXPERIMENT } from "../../src/experiment/settings";
import type { Session } from "../../src/state/session.svelte";
import { Surround, closeAll, opened, page, until } from "./support";

let session: Session;

afterEach(closeAll);

function bits(): string {
  const { frame } = session;
  return frame ? [...frame.weights, ...frame.biases].map((each) => each.join()).join(";") : "";
}

/** Make updates; returns the weights. */
async function trained(count: number): Promise<string> {
  const total = (session.frame?.updates ?? 0) + count;
  session.player.times(count);
  await until(() => session.frame?.updates === total);
  return bits();
}

describe("the run", () => {
  test("is loading, then ready, runs, and rests", async () => {
    const around = new Surround();
    session = await opened(around);
    expect(session.status).toBe("ready");
    session.player.play();
    expect(session.status).toBe("running");
    await until(() => (session.frame?.epoch ?? 0) > 5);
    expect(session.frame?.stepsPerSecond).toBeGreaterThan(0);
    session.player.toggle();
    expect(session.status).toBe("ready");
    await until(() => session.frame?.stepsPerSecond === null);
    const { updates } = session.frame ?? {};
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(session.frame?.updates).toBe(updates);
  });

  test("asks for one frame at a time", async () => {
    const around = new Surround();
    session = await opened(around);
    session.player.play();
    await until(() => (session.frame?.epoch ?? 0) > 20);
    const asked = around.workers[0]?.requests.filter(({ type }) => type === "frame").length ?? 0;
    expect(asked).toBeLessThanOrEqual((session.frame?.epoch ?? 0) + 6);
  });

  test("makes updates, epochs and starts again with the same weights", async () => {
    session = await opened();
    const start = bits();
    session.player.step();
    await until(() => session.frame?.updates === 1);
    session.player.epoch();
    await until(() => session.frame?.epoch === 1);
    expect(session.frame?.updates).toBe(15);
    session.weights.reset();
    await until(() => session.frame?.updates === 0);
    expect(bits()).toBe(start);
  });

  test("has a curve from the start on that ends at the newest moment", async () => {
    session = await opened();
    session.player.play();
    await until(() => (session.frame?.epoch ?? 0) > 10);
    session.player.pause();
    const { curve } = session.past;
    expect(curve[0]?.updates).toBe(0);
    expect(curve.at(-1)?.updates).toBe(session.frame?.updates);
    expect(curve.every((point) => Number.isFinite(point.trainLoss))).toBe(true);
    session.weights.reset();
    await until(() => session.frame?.updates === 0);
    await until(() => session.past.curve.length === 1);
  });

  test("gets points for the small pictures of the data", async () => {
    session = await opened();
    await until(() => session.thumbnails.spiral !== undefined);
    expect(Object.keys(session.thumbnails)).toHaveLength(7);
  });
});

describe("undo", () => {
  test("brings the trained weights back after a change of the network, and redo the others", async () => {
    session = await opened();
    const before = await trained(50);
    const curve = session.past.curve;
    session.change("units", ({ network }) => network.hidden.push({ units: 2, activation: "tanh" }));
    await until(() => session.frame?.widths.length === 5);
    expect(session.frame?.updates).toBe(0);
    expect(session.notice).toContain("training starts again");
    const after = await trained(7);

    expect(session.history.undoLabel).toBe("units");
    session.history.undo();
    expect(session.experiment).toEqual(DEFAULT_EXPERIMENT);
    await until(() => session.frame?.widths.length === 4);
    expect(bits()).toBe(before);
    expect(session.frame?.updates).toBe(50);
    expect(session.past.curve).toEqual(curve);

    expect(session.history.redoLabel).toBe("units");
    session.history.redo();
    await until(() => session.frame?.widths.length === 5);
    expect(bits()).toBe(after);
    expect(session.frame?.updates).toBe(7);
  });

  test("takes rates back and keeps what was learnt meanwhile", async () => {
    session = await opened();
    await trained(10);
    session.change("learning rate", ({ training }) => (training.learning_rate = 1));
    const later = await trained(10);
    expect(session.notice).toBeNull();
    session.history.undo();
    expect(session.experiment.training.learning_rate).toBe(0.1);
    expect(await trained(0)).toBe(later);
    expect(session.history.undoLabel !== null).toBe(false);
    expect(session.history.redoLabel !== null).toBe(true);
  });

  test("takes a drag of a slider back as one", async () => {
    session = await opened();
    for (const noise of [0.25, 0.3, 0.35, 0.4]) {
      session.change("noise", ({ data }) => (data.noise = noise));
    }
    session.history.undo();
    expect(session.experiment.data.noise).toBe(0.2);
    expect(session.history.undoLabel !== null).toBe(false);
    session.history.redo();
    expect(session.experiment.data.noise).toBe(0.4);
  });

  test("brings back what a reset, new weights or a weight set by hand replaced", async () => {
    session = await opened();
    const before = await trained(12);
    session.weights.set({ layer: 0, unit: 1, input: 0 }, 2.5);
    await until(() => session.frame?.weight(0, 1, 0) === 2.5);
    session.newWeights();
    await until(() => session.frame?.updates === 0);
    expect(session.experiment.network.seed).toBe(1);
    session.weights.reset();
    session.history.undo();
    session.history.undo();
    await until(() => session.frame?.updates === 12);
    expect(session.frame?.weight(0, 1, 0)).toBe(2.5);
    session.history.undo();
    await until(() => session.frame?.weight(0, 1, 0) !== 2.5);
    expect(bits()).toBe(before);
    session.history.redo();
    await until(() => session.frame?.weight(0, 1, 0) === 2.5);
  });

  test("goes through many changes in quick succession to the very same start", async () => {
    session = await opened();
    const before = await trained(30);
    for (let units = 1; units <= 8; units++) {
      session.change(
        `layer of ${units}`,
        ({ network }) => (network.hidden = [{ units, activation: "relu" }]),
      );
    }
    for (let k = 0; k < 8; k++) session.history.undo();
    await until(() => session.frame?.updates === 30);
    expect(bits()).toBe(before);
  });
});

describe("a change", () => {
  test("that is refused leaves all as it was and says why", async () => {
    session = await opened();
    const accepted = session.change("units", ({ network }) => {
      network.hidden = [{ units: 600, activation: "tanh" }];
    });
    expect(accepted).toBe(false);
    expect(session.notice).toBe(
      "`network.hidden[0].units` is 600, but must be a whole number from 1 to 512.",
    );
    expect(session.experiment).toEqual(DEFAULT_EXPERIMENT);
    expect(session.history.undoLabel !== null).toBe(false);
    session.dismissNotice();
    expect(session.notice).toBeNull();
  });

  test("that changes nothing is no step", async () => {
    session = await opened();
    session.change("noise", ({ data }) => (data.noise = 0.2));
    expect(session.history.undoLabel !== null).toBe(false);
  });

  test("to a kind of data takes along what must fit", async () => {
    session = await opened();
    session.change("data", ({ data }) => Object.assign(data, { kind: "spiral", classes: 4 }));
    await until(() => session.frame?.classes === 4);
    expect(session.change("data", ({ data }) => (data.kind = "moons"))).toBe(true);
    expect(session.experiment.data.classes).toBe(2);
    await until(() => session.frame?.classes === 2);
  });

  test("to new data keeps the weights", async () => {
    session = await opened();
    const before = await trained(20);
    const points = session.frame?.points.join();
    session.newData();
    await until(() => session.frame?.points.join() !== points);
    expect(bits()).toBe(before);
    expect(session.frame?.updates).toBe(20);
  });
});

describe("a run that diverges", () => {
  const wild = "#data=plane&hidden=none&learning_rate=100";

  test("stops, says why, and goes back to the last good moment", async () => {
    session = await opened(new Surround(wild));
    session.player.play();
    await until(() => session.status === "diverged");
    expect(session.player.playing).toBe(false);
    expect(session.failure?.reason).toContain("The run diverged at update");
    session.player.recover();
    await until(() => session.status === "ready");
    expect(session.frame?.weights.every((each) => each.every(Number.isFinite))).toBe(true);
  });

  test("goes on from there when the rate is changed", async () => {
    session = await opened(new Surround(wild));
    session.player.play();
    await until(() => session.status === "diverged");
    session.change("learning rate", ({ training }) => (training.learning_rate = 0.01));
    await until(() => session.status === "ready");
    session.player.play();
    const { updates } = session.frame ?? { updates: 0 };
    await until(() => (session.frame?.updates ?? 0) > updates);
    expect(session.status).toBe("running");
  });
});

describe("a worker that crashes", () => {
  test("is told in one sentence and goes on from the last good state", async () => {
    const around = new Surround();
    session = await opened(around);
    session.player.play();
    await until(() => (session.frame?.epoch ?? 0) > 3);
    around.workers[0]?.crash("out of memory");
    expect(session.notice).toBe(
      "The engine stopped (out of memory) and was started again from the last good moment.",
    );
    expect(session.player.playing).toBe(false);
    await until(() => session.status === "ready");
    session.player.step();
    const { frame } = session;
    await until(() => session.frame !== frame && (session.frame?.updates ?? 0) > 0);
    expect(around.workers).toHaveLength(2);
  });

  test("before the first frame is started again and goes on", async () => {
    const around = new Surround("#hidden=3");
    ({ session } = page(around));
    around.workers[0]?.crash("it could not be loaded");
    expect(session.notice).toBe(
      "The engine stopped (it could not be loaded) and was started again.",
    );
    await until(() => session.status === "ready");
    expect(session.frame?.widths).toEqual([2, 3, 1]);
  });

  test("again and again is not started any more", async () => {
    const around = new Surround();
    session = await opened(around);
    for (let k = 0; k < 3; k++) around.workers.at(-1)?.crash("it could not be loaded");
    expect(session.status).toBe("failed");
    expect(session.failure?.reason).toContain("Reload the page");
  });
});
