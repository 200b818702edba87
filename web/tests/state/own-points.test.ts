import { afterEach, expect, test } from "vitest";
import { checked } from "../../src/experiment/check";
import { encode } from "../../src/experiment/link";
import { isOwn } from "../../src/experiment/own";
import { Surround, closeAll, opened, page, until } from "./support";

afterEach(closeAll);

const POINTS = [
  [0, 0, 0],
  [1, 1, 1],
];
const MINE = JSON.stringify(checked({ data: { kind: "given", points: POINTS } }));

test("points of one's own come back from behind a link", async () => {
  const around = new Surround("#data=circles", { "pellucid.experiment": MINE });
  const rooms = page(around);
  await until(() => rooms.session.experiment.data.kind === "circles");
  expect(rooms.session.notice).toContain("Undo brings your points back");
  rooms.session.history.undo();
  expect(rooms.session.experiment.data.points).toEqual(POINTS);
});

test("another kind of data takes points, names, axes and scaling away, and undo brings them back", async () => {
  const data = { kind: "given", points: POINTS, class_names: ["a", "b"], axes: ["u", "v"] };
  const given = checked({ data: { ...data, scaling: "standard", test_share: 0 } });
  const session = await opened(new Surround(encode(given)));
  session.change("data", (draft) => {
    draft.data.kind = "moons";
  });
  expect(isOwn(session.experiment.data)).toBe(false);
  session.history.undo();
  expect(session.experiment).toEqual(given);
  await until(() => session.frame?.samples === 2);
  expect(session.frame?.scaling.x1).toEqual({ center: 0.5, scale: 0.5 });
});

test("an empty plane has a picture, and nothing to train on", async () => {
  const session = await opened(new Surround("#data=given&points=none"));
  expect([session.frame?.samples, session.frame?.trainLoss]).toEqual([0, null]);
  expect(session.frame?.surface).not.toBeNull();
  session.player.play();
  expect([session.player.playing, session.notice]).toEqual([
    false,
    "There is nothing to train on yet: put points on the plane.",
  ]);
});
