import { afterEach, describe, expect, test } from "vitest";
import { checked } from "../../src/experiment/check";
import { encode } from "../../src/experiment/link";
import { DEFAULT_EXPERIMENT, DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";
import { keep, tray } from "./drawing";
import { Surround, closeAll, drawing, page, until } from "./support";

afterEach(closeAll);

const DATA = { ...DRAWINGS_EXPERIMENT.data, drawings: ["AAA___", ".AAAAAA"], targets: [0, 1] };
const DRAWN = checked({ ...DRAWINGS_EXPERIMENT, data: DATA });

describe("the rooms", () => {
  test("are made when they are first opened, each with its own worker, experiment and undo", async () => {
    const around = new Surround();
    const rooms = page(around);
    expect([rooms.room, rooms.drawings, around.workers.length]).toEqual(["shapes", null, 1]);
    rooms.session.change("noise", ({ data }) => (data.noise = 0.4));
    rooms.go("draw");
    expect(around.workers).toHaveLength(2);
    expect(rooms.drawings?.session).toBe(rooms.session);
    expect(rooms.session.experiment).toEqual(DRAWINGS_EXPERIMENT);
    expect(rooms.session.history.undoLabel !== null).toBe(false);
    await until(() => rooms.session.frame !== null);
    expect(rooms.session.frame?.widths).toEqual([36, 12, 2]);
    rooms.go("shapes");
    expect(rooms.session.history.undoLabel).toBe("noise");
    expect(around.workers).toHaveLength(2);
    expect(rooms.view).toBe(rooms.session.view);
  });

  test("rest when they are left, and Shapes goes on when it is opened again", async () => {
    const around = new Surround();
    around.still = false;
    const rooms = page(around);
    await until(() => (rooms.session.frame?.epoch ?? 0) > 2);
    const { shapes } = rooms;
    rooms.go("draw");
    expect([shapes?.player.playing, rooms.session.player.playing]).toEqual([false, false]);
    await until(() => rooms.session.frame !== null);
    const updates = shapes?.frame?.updates ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 30));
    const later = shapes?.frame?.updates ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(shapes?.frame?.updates).toBe(later);
    rooms.go("shapes");
    await until(() => (shapes?.frame?.updates ?? 0) > updates);
    shapes?.player.pause();
    rooms.go("draw");
    rooms.go("shapes");
    expect(shapes?.player.playing).toBe(false);
  });

  test("that are left before the engine is there do not train behind the visitor's back", async () => {
    const around = new Surround();
    around.still = false;
    const rooms = page(around);
    const { shapes } = rooms;
    rooms.go("draw");
    await until(() => shapes?.frame !== null);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([shapes?.player.playing, shapes?.frame?.updates]).toEqual([false, 0]);
  });

  test("pausing in Draw does not keep Shapes from starting by itself", async () => {
    const around = new Surround();
    const drawings = await drawing(around);
    drawings.session.player.times(1);
    drawings.session.player.pause();
    expect(drawings.session.view.playing).toBe(true);
  });

  test("are kept over a reload: which one, and both experiments", async () => {
    const around = new Surround();
    const rooms = page(around);
    rooms.session.change("noise", ({ data }) => (data.noise = 0.4));
    rooms.go("draw");
    rooms.session.change("grid", ({ data }) => (data.grid = 10));
    await until(() => around.location.hash.includes("grid=10"));
    closeAll();
    const again = page(around);
    expect([again.room, again.session.experiment.data.grid]).toEqual(["draw", 10]);
    again.go("shapes");
    expect(again.session.experiment.data.noise).toBe(0.4);
  });
});

describe("the address", () => {
  test("always holds the experiment of the open room", async () => {
    const around = new Surround();
    const rooms = page(around);
    await until(() => around.location.hash === encode(DEFAULT_EXPERIMENT));
    rooms.go("draw");
    await until(() => around.location.hash === encode(DRAWINGS_EXPERIMENT));
    rooms.go("shapes");
    await until(() => around.location.hash === encode(DEFAULT_EXPERIMENT));
  });

  test("with drawings opens in Draw, any other in Shapes", async () => {
    const around = new Surround(encode(DRAWN));
    const rooms = page(around);
    expect(rooms.room).toBe("draw");
    expect(rooms.session.experiment).toEqual(DRAWN);
    await until(() => rooms.session.frame?.samples === 2);
    around.goTo("#data=circles");
    expect(rooms.room).toBe("shapes");
    expect(rooms.session.experiment.data.kind).toBe("circles");
    around.goTo(encode(DRAWINGS_EXPERIMENT));
    expect(rooms.room).toBe("draw");
    expect(rooms.session.history.undoLabel).toBe("link");
    rooms.session.history.undo();
    expect(rooms.session.experiment).toEqual(DRAWN);
  });

  test("that is cut or broken leaves room and drawings as they are, and says why", async () => {
    const around = new Surround();
    const drawings = await drawing(around);
    keep(drawings, "X", 0);
    const before = tray(drawings);
    around.goTo(encode(DRAWN).slice(0, 60));
    expect(drawings.session.notice).toContain("The link is incomplete");
    around.goTo("#data=given&drawings=AA&targets=0");
    expect(drawings.session.notice).toBe(
      "`data.drawings[0]` is 'AA', but must be a drawing as text.",
    );
    expect(tray(drawings)).toEqual(before);
    await until(() => around.location.hash === encode(drawings.session.experiment));
  });

  test("with somebody else's drawings does not cost one's own: undo brings them back", async () => {
    const around = new Surround();
    const mine = await drawing(around);
    keep(mine, "X", 0);
    const before = tray(mine);
    await until(
      () => around.kept.get("pellucid.drawings")?.includes(before[0]?.[0] ?? "?") === true,
    );
    closeAll();
    around.location.hash = encode(DRAWN);
    const { session, drawings } = page(around);
    expect(session.experiment).toEqual(DRAWN);
    expect(session.notice).toBe("These are the link's drawings. Undo brings yours back.");
    session.history.undo();
    expect(drawings && tray(drawings)).toEqual(before);
  });

  test("that is older than a change made right before a reload does not cost the change", async () => {
    const around = new Surround();
    const drawings = await drawing(around);
    const older = encode(DRAWINGS_EXPERIMENT);
    await until(() => around.kept.get("pellucid.link")?.startsWith(older) === true);
    keep(drawings, "X", 0);
    const before = tray(drawings);
    await until(
      () => around.kept.get("pellucid.drawings")?.includes(before[0]?.[0] ?? "?") === true,
    );
    closeAll();
    around.location.hash = older;
    const { session, drawings: again } = page(around);
    expect(again && tray(again)).toEqual(before);
    expect([session.notice, session.history.undoLabel !== null]).toEqual([null, false]);
  });

  test("that the browser had not taken over when it was loaded anew does not cost the change either", async () => {
    const around = new Surround();
    const drawings = await drawing(around);
    const older = encode(DRAWINGS_EXPERIMENT);
    await until(() => around.kept.get("pellucid.link")?.startsWith(older) === true);
    keep(drawings, "X", 0);
    const before = tray(drawings);
    const newer = encode(drawings.session.experiment);
    await until(() => around.kept.get("pellucid.link")?.startsWith(newer) === true);
    closeAll();
    around.location.hash = older;
    around.reloaded = true;
    const { session, drawings: again } = page(around);
    expect(again && tray(again)).toEqual(before);
    expect(session.notice).toBeNull();
    // Opened as somebody opens a link, it is what the link says.
    closeAll();
    around.location.hash = older;
    around.reloaded = false;
    const opened = page(around);
    expect(opened.drawings && tray(opened.drawings)).toEqual([]);
  });

  test("is what counts where the browser could not keep everything", async () => {
    const around = new Surround();
    const rooms = page(around);
    await until(() => around.kept.has("pellucid.link"));
    around.room = 120;
    rooms.session.change("noise", ({ data }) => (data.noise = 0.4));
    await until(() => around.location.hash.includes("noise=0.4"));
    closeAll();
    expect(page(around).session.experiment.data.noise).toBe(0.4);
  });

  test("that leaves out names and who is held out gets lists of both, by chance no longer", () => {
    const { session, drawings } = page(
      new Surround("#data=given&drawings=AAA,BBB,CCC,DDD&targets=0,1,0,1&test_share=0.25"),
    );
    expect(drawings?.names).toEqual(["0", "1"]);
    expect(session.experiment.data.held_out).toHaveLength(1);
  });

  test("is left empty where the drawings are too many for a link, and a reload still has them all", async () => {
    const around = new Surround();
    const drawings = await drawing(around);
    const text = "AAA___".repeat(1000);
    drawings.session.change("file", ({ data }) =>
      Object.assign(data, { drawings: [text, text, text], targets: [0, 1, 0] }),
    );
    await until(() => around.location.hash === "");
    await until(() => (around.kept.get("pellucid.drawings")?.length ?? 0) > 18_000);
    closeAll();
    expect(page(around).drawings?.kept).toHaveLength(3);
  });

  test("with an experiment of Shapes under the key of Draw begins anew", () => {
    const kept = {
      "pellucid.drawings": JSON.stringify(DEFAULT_EXPERIMENT),
      "pellucid.experiment": "7",
    };
    const rooms = page(new Surround("", kept));
    expect(rooms.session.experiment).toEqual(DEFAULT_EXPERIMENT);
    rooms.go("draw");
    expect(rooms.session.experiment).toEqual(DRAWINGS_EXPERIMENT);
  });
});

test("an engine that cannot be loaded for the pad is told in a sentence", async () => {
  const around = Object.assign(new Surround(), {
    loadReader: () => Promise.reject(new Error("engine.wasm cannot be fetched (status 404)")),
  });
  const rooms = page(around);
  rooms.go("draw");
  await until(() => rooms.session.notice !== null);
  expect(rooms.session.notice).toContain("The pad cannot be used: engine.wasm cannot be fetched");
  rooms.drawings?.begin({ x: 1, y: 1 });
  expect(rooms.drawings?.text).toBe("");
});
