import { afterEach, describe, expect, test } from "vitest";
import { checked } from "../../src/experiment/check";
import { aboutOf } from "../../src/formats/about";
import { layersOf, tensorsOf, type Layer } from "../../src/formats/tensors";
import { writeWeightsJson } from "../../src/formats/weights-json";
import type { Rooms } from "../../src/state/rooms.svelte";
import type { Session } from "../../src/state/session.svelte";
import { misfitOf } from "../../src/state/weights-file";
import { closeAll, page, until } from "./support";

afterEach(closeAll);

async function ready(): Promise<Rooms> {
  const rooms = page();
  await until(() => rooms.session.frame !== null);
  return rooms;
}
async function trained(session: Session, epochs: number): Promise<void> {
  for (let k = 0; k < epochs; k++) session.player.epoch();
  await until(() => session.frame?.epoch === epochs);
}
async function saved(session: Session, name = "w.json"): Promise<File> {
  const { frame, experiment } = await session.ask.capture();
  const about = aboutOf(frame, experiment);
  return new File([writeWeightsJson(tensorsOf(layersOf(frame)), about)], name);
}
function parameters(session: Session): string {
  const { weights = [], biases = [] } = session.frame ?? {};
  return [...weights, ...biases].map((each) => each.join()).join(";");
}
function shaped(...widths: number[]): Pick<Layer, "weights" | "biases" | "inputs">[] {
  return widths.slice(1).map((units, layer) => {
    const inputs = widths[layer] ?? 0;
    return { weights: new Float32Array(units * inputs), biases: new Float32Array(units), inputs };
  });
}

describe("weights of a file", () => {
  test("go into the network that they are from; undo and redo bring both back", async () => {
    const rooms = await ready();
    const { session } = rooms;
    await trained(session, 8);
    const good = parameters(session);
    const file = await saved(session);
    session.weights.reset();
    await until(() => session.frame?.updates === 0);
    await trained(session, 1);
    const own = parameters(session);
    await rooms.openFile(file);
    await until(() => parameters(session) === good);
    expect([session.frame?.epoch, rooms.offer]).toEqual([1, null]);
    expect(session.notice).toBe(
      "The network has the weights of w.json now. Undo brings its own back.",
    );
    expect(session.history.undoLabel).toBe("weights of a file");
    session.history.undo();
    await until(() => parameters(session) === own);
    session.history.redo();
    await until(() => parameters(session) === good);
  });

  test("that only name themselves go in where their shapes fit, and are refused else", async () => {
    const rooms = await ready();
    const { session } = rooms;
    const { frame } = await session.ask.capture();
    const weights = Object.fromEntries(
      tensorsOf(layersOf(frame)).map(({ name, shape: [rows = 0, columns] }) => [
        name,
        columns === undefined
          ? new Array<number>(rows).fill(0.5)
          : Array.from({ length: rows }, () => new Array<number>(columns).fill(0.25)),
      ]),
    );
    await rooms.openFile(new File([JSON.stringify(weights)], "mine.json"));
    await until(() => session.frame?.bias(0, 0) === 0.5);
    session.change(
      "units",
      ({ network }) => (network.hidden[0] = { units: 6, activation: "tanh" }),
    );
    await until(() => session.frame?.widths[1] === 6);
    const before = parameters(session);
    await rooms.openFile(new File([JSON.stringify(weights)], "mine.json"));
    expect(session.notice).toContain("have the shape (4, 2) in mine.json, but (6, 2) here");
    expect([parameters(session), session.history.undoLabel]).toEqual([before, "units"]);
  });

  test("of another network are offered with its experiment, which undo takes back", async () => {
    const rooms = await ready();
    const { session } = rooms;
    const other = checked({ data: { kind: "spiral" }, network: { hidden: [{ units: 7 }] } });
    session.open("file", other);
    await until(() => session.frame?.widths.join() === "2,7,1");
    await trained(session, 3);
    const [good, file] = [parameters(session), await saved(session)];
    session.history.undo();
    await until(() => session.frame?.widths.join() === "2,4,3,1");
    await rooms.openFile(file);
    expect(rooms.offer?.misfit).toContain("w.json has the weights of 2 layers");
    rooms.answer("neither");
    expect([rooms.offer, session.frame?.widths.join()]).toEqual([null, "2,4,3,1"]);
    await rooms.openFile(file);
    rooms.answer("experiment");
    await until(() => parameters(session) === good);
    expect([session.experiment, session.frame?.updates]).toEqual([other, 0]);
    session.history.undo();
    await until(() => session.frame?.widths.join() === "2,4,3,1");
  });

  test("of a network that differs in its activations may go in all the same", async () => {
    const rooms = await ready();
    const { session } = rooms;
    await trained(session, 2);
    const [good, file] = [parameters(session), await saved(session)];
    session.change("activation", ({ network }) => {
      for (const layer of network.hidden) layer.activation = "relu";
    });
    await until(() => session.frame?.activations[0] === "relu");
    await rooms.openFile(file);
    expect([rooms.offer?.misfit, rooms.offer?.file]).toEqual([null, "w.json"]);
    rooms.answer("weights");
    await until(() => parameters(session) === good);
    expect(session.frame?.activations[0]).toBe("relu");
  });

  test("are taken from the tray's own way of opening files too", async () => {
    const rooms = page();
    rooms.go("draw");
    await until(() => rooms.session.frame !== null && rooms.drawings?.reader !== null);
    const file = await saved(rooms.session, "letters.npz");
    rooms.session.newWeights();
    await rooms.drawings?.open(file);
    expect(rooms.session.notice).toContain("has the weights of letters.npz now");
  });
});

describe("a misfit", () => {
  test.each([
    [
      [2, 8, 3, 1],
      "The weights of hidden layer 1 have the shape (8, 2) in w.json, but (4, 2) here: choose 8 units in hidden layer 1.",
    ],
    [
      [2, 4, 5, 1],
      "The weights of hidden layer 2 have the shape (5, 4) in w.json, but (3, 4) here: choose 5 units in hidden layer 2.",
    ],
    [
      [3, 4, 3, 1],
      "The weights of hidden layer 1 have the shape (4, 3) in w.json, but (4, 2) here: choose data and features that make 3 inputs.",
    ],
    [
      [2, 4, 3, 5],
      "The weights of the output layer have the shape (5, 3) in w.json, but (1, 3) here: choose data that ask for 5 outputs.",
    ],
    [
      [2, 4, 1],
      "w.json has the weights of 2 layers, but this network has 3: choose 1 hidden layer.",
    ],
    [[2, 1], "w.json has the weights of 1 layer, but this network has 3: choose no hidden layers."],
  ])("of %j says which layer, both shapes, and what to do", (widths, sentence) => {
    expect(misfitOf({ file: "w.json", layers: shaped(...widths) }, [2, 4, 3, 1])).toBe(sentence);
  });

  test("is none where all shapes are the same", () => {
    expect(misfitOf({ file: "w.json", layers: shaped(2, 4, 3, 1) }, [2, 4, 3, 1])).toBeNull();
  });
});
