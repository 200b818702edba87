import { describe, expect, test } from "vitest";
import { keepsWeights, revised } from "../../src/experiment/changes";
import { checked } from "../../src/experiment/check";
import { ExperimentError } from "../../src/experiment/errors";
import type { Experiment } from "../../src/experiment/experiment";
import { DEFAULT_EXPERIMENT, DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";

function followed(before: object, mutate: (draft: Experiment) => void): Experiment {
  return revised(checked(before), mutate);
}

test("a change leaves what was there before, and shares with it what is the same", () => {
  const after = revised(DEFAULT_EXPERIMENT, ({ training }) => (training.learning_rate = 1));
  expect(DEFAULT_EXPERIMENT.training.learning_rate).toBe(0.1);
  expect(after.training.learning_rate).toBe(1);
  expect(after.network).toBe(DEFAULT_EXPERIMENT.network);
});

test("a change that does not hold is refused, and one to what is there already is none", () => {
  const change = (samples: number) => () =>
    revised(DEFAULT_EXPERIMENT, ({ data }) => (data.samples = samples));
  expect(change(-1)).toThrow(ExperimentError);
  expect(change(DEFAULT_EXPERIMENT.data.samples)()).toBe(DEFAULT_EXPERIMENT);
});

describe("settings follow a change:", () => {
  test("classes go with a kind that has none", () => {
    const start = { data: { kind: "blobs", classes: 5 } };
    expect(followed(start, ({ data }) => (data.kind = "xor")).data.classes).toBe(2);
    expect(followed(start, ({ data }) => (data.kind = "spiral")).data.classes).toBe(5);
  });

  test("given points go with another kind", () => {
    const start = {
      data: {
        kind: "given",
        points: [
          [0, 0, 0],
          [1, 1, 1],
        ],
      },
    };
    expect(followed(start, ({ data }) => (data.kind = "moons")).data.points).toBeNull();
  });

  test("what suits only classes goes with numbers to fit", () => {
    const start = { training: { loss: "cross_entropy" }, network: { outputs: "per_class" } };
    const after = followed(start, ({ data }) => (data.kind = "bumps"));
    expect([after.training.loss, after.network.outputs]).toEqual(["auto", "auto"]);
  });

  test("a single output goes with more classes", () => {
    const start = { data: { kind: "blobs" }, network: { outputs: "single" } };
    expect(followed(start, ({ data }) => (data.classes = 3)).network.outputs).toBe("auto");
  });

  test("an output activation that is chosen brings squared error, and goes with it", () => {
    const chosen = followed({}, ({ network }) => (network.output_activation = "tanh"));
    expect(chosen.training.loss).toBe("squared_error");
    const back = followed(chosen, ({ training }) => (training.loss = "auto"));
    expect(back.network.output_activation).toBe("auto");
  });
});

describe("trained weights", () => {
  const start = checked({});

  test.each<(draft: Experiment) => unknown>([
    ({ training }) => (training.learning_rate = 1),
    ({ training }) => (training.optimizer = "adam"),
    ({ training }) => (training.regularizer = "l2"),
    ({ training }) => (training.batch_size = "all"),
    ({ network }) => (network.hidden[0] = { units: 4, activation: "relu" }),
    ({ data }) => (data.noise = 0.5),
    ({ data }) => (data.seed = 9),
  ])("are kept by %s", (mutate) => {
    expect(keepsWeights(start, followed(start, mutate))).toBe(true);
  });

  test.each<(draft: Experiment) => unknown>([
    ({ network }) => network.hidden.pop(),
    ({ network }) => (network.hidden[0] = { units: 5, activation: "tanh" }),
    ({ network }) => (network.seed = 1),
    ({ network }) => (network.initializer = "he"),
    ({ network }) => (network.bias = 0.1),
    (draft) => (draft.features = ["x1"]),
  ])("start again by %s", (mutate) => {
    expect(keepsWeights(start, followed(start, mutate))).toBe(false);
  });
});

describe("drawings", () => {
  const start = checked({
    ...DRAWINGS_EXPERIMENT,
    data: { ...DRAWINGS_EXPERIMENT.data, drawings: ["AAA"], targets: [1] },
  });

  test.each<(draft: Experiment) => unknown>([
    ({ data }) => (data.class_names = ["—", "|"]),
    ({ data }) => (data.targets = [0]),
    ({ data }) => Object.assign(data, { drawings: ["AAA", "BBB"], targets: [1, 0] }),
    ({ data }) => (data.held_out = [0]),
    ({ training }) => (training.loss = "squared_error"),
  ])("keep the trained weights by %s", (mutate) => {
    expect(keepsWeights(start, followed(start, mutate))).toBe(true);
  });

  test.each<(draft: Experiment) => unknown>([
    ({ data }) => (data.grid = 8),
    ({ data }) => Object.assign(data, { classes: 3, class_names: ["X", "O", "+"] }),
    ({ network }) => (network.hidden = []),
  ])("start again by %s", (mutate) => {
    expect(keepsWeights(start, followed(start, mutate))).toBe(false);
  });

  test("go with another kind of data, and so do grid and names", () => {
    const other = followed(start, ({ data }) => {
      data.kind = "moons";
      data.grid = 8;
    });
    expect(other.data).toEqual(DEFAULT_EXPERIMENT.data);
  });

  test("lose the names of classes that are no more", () => {
    const fewer = followed(
      { ...start, data: { ...start.data, classes: 3, class_names: ["a", "b", "c"] } },
      ({ data }) => (data.classes = 2),
    );
    expect(fewer.data.class_names).toEqual(["a", "b"]);
  });
});
