import { afterEach, expect, test } from "vitest";
import { DEFAULT_EXPERIMENT } from "../../src/experiment/settings";
import { openExperiment, saveExperiment } from "../../src/state/experiment-file";
import { PRESETS, choose, presetOf } from "../../src/state/presets";
import { closeAll, opened, page, until } from "./support";

afterEach(closeAll);

function file(content: BlobPart, name = "mine.json"): File {
  return new File([content], name);
}

test("an experiment comes back from its file as it was", async () => {
  const experiment = structuredClone(DEFAULT_EXPERIMENT);
  experiment.training.learning_rate = 0.25;
  const { name, blob } = saveExperiment(experiment);
  expect(name).toBe("pellucid-moons.json");
  expect(await openExperiment(new File([blob], name))).toEqual(experiment);
});

test("a refusal is one sentence with the name of the file, however many faults there are", async () => {
  const bad = file('{"data": {"noise": 7, "samples": 1}, "training": {"learning_rate": -1}}');
  await expect(openExperiment(bad)).rejects.toThrow(
    /^mine\.json cannot be opened\. [^\n]*2 more faults\.\)$/,
  );
  await expect(openExperiment(file("x1,x2\n1,2", "table.csv"))).rejects.toThrow(
    /^table\.csv is no experiment/,
  );
  await expect(openExperiment(file(Uint8Array.of(255, 254, 0)))).rejects.toThrow(/not even text/);
});

test("a bad file leaves the experiment and the steps alone", async () => {
  const rooms = page();
  await until(() => rooms.session.frame !== null);
  await rooms.openFile(file("{"));
  expect(rooms.session.experiment).toEqual(DEFAULT_EXPERIMENT);
  expect(rooms.session.history.undoLabel !== null).toBe(false);
  expect(rooms.session.notice).toContain("mine.json");
});

test("a good file begins anew and is one step", async () => {
  const rooms = page();
  const { session } = rooms;
  await until(() => session.frame !== null);
  session.player.times(20);
  await until(() => session.frame?.updates === 20);
  await rooms.openFile(file('{"training": {"learning_rate": 0.5}}'));
  await until(() => session.frame?.updates === 0);
  expect(session.experiment.training.learning_rate).toBe(0.5);
  session.history.undo();
  await until(() => session.frame?.updates === 20);
  expect(session.experiment).toEqual(DEFAULT_EXPERIMENT);
});

test("a file of drawings opens the room Draw", async () => {
  const rooms = page();
  await until(() => rooms.session.frame !== null);
  await rooms.openFile(file('{"data": {"kind": "given", "drawings": ["AAA___"], "targets": [1]}}'));
  expect(rooms.room).toBe("draw");
  expect(rooms.session.experiment.data.drawings).toEqual(["AAA___"]);
  expect(rooms.session.experiment.data.held_out).toEqual([]);
});

test("every preset can be run, and is known again", async () => {
  const session = await opened();
  for (const preset of PRESETS.flatMap(({ presets }) => presets)) {
    choose(session, preset);
    expect(presetOf(session.experiment)).toBe(preset);
    await until(() => session.frameExperiment === preset.experiment);
    expect(session.frame?.updates).toBe(0);
    expect(session.history.undoLabel).toContain(preset.name);
  }
  expect(presetOf(DEFAULT_EXPERIMENT)).toBeUndefined();
});
