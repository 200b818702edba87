import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/experiment/experiment";
import { DEFAULT_EXPERIMENT, SETTINGS } from "../../../src/experiment/settings";
import { differencesOf, inWords } from "../../../src/rooms/shapes/compare/differences";

function changed(mutate: (draft: Experiment) => void): Experiment {
  const draft = structuredClone(DEFAULT_EXPERIMENT);
  mutate(draft);
  return draft;
}

function words(mutate: (draft: Experiment) => void): string {
  return inWords(differencesOf(DEFAULT_EXPERIMENT, changed(mutate)));
}

describe("the difference of two experiments", () => {
  test("is nothing where they are the same", () => {
    expect(differencesOf(DEFAULT_EXPERIMENT, structuredClone(DEFAULT_EXPERIMENT))).toEqual([]);
  });

  test("names settings with both values", () => {
    expect(
      words(({ network, training }) => {
        network.hidden = [{ units: 8, activation: "tanh" }];
        training.learning_rate = 0.3;
      }),
    ).toBe("hidden 4, 3 → 8 · learning rate 0.1 → 0.3");
  });

  test.each<[string, (draft: Experiment) => void]>([
    [
      "activation tanh → ReLU",
      ({ network }) => network.hidden.forEach((each) => (each.activation = "relu")),
    ],
    [
      "activation tanh → tanh, sine",
      ({ network }) => (network.hidden[1] = { units: 3, activation: "sine" }),
    ],
    [
      "hidden 4, 3 tanh → 8 ReLU",
      ({ network }) => (network.hidden = [{ units: 8, activation: "relu" }]),
    ],
    ["hidden 4, 3 → none", ({ network }) => (network.hidden = [])],
    [
      "inputs x₁, x₂ → x₁², x₁x₂, sin x₂",
      (draft) => (draft.features = ["x1_squared", "x1_x2", "sin_x2"]),
    ],
    ["batch 10 → all", ({ training }) => (training.batch_size = "all")],
    ["optimizer SGD → Adam", ({ training }) => (training.optimizer = "adam")],
    ["seed of the weights 0 → 1", ({ network }) => (network.seed = 1)],
    ["data Moons → Circles", ({ data }) => (data.kind = "circles")],
    ["held out for test 50.0 % → 20.0 %", ({ data }) => (data.test_share = 0.2)],
    ["noise 0.2 → 0.4", ({ data }) => (data.noise = 0.4)],
  ])("says: %s", (sentence, mutate) => {
    expect(words(mutate)).toBe(sentence);
  });

  test("tells data from everything else", () => {
    const other = changed(({ data, training }) => {
      data.seed = 3;
      training.seed = 2;
    });
    const found = differencesOf(DEFAULT_EXPERIMENT, other);
    expect(found.map(({ name, ofData }) => [name, ofData])).toEqual([
      ["seed of the data", true],
      ["seed of the order", false],
    ]);
  });

  test("sees own points whose number is the same", () => {
    const given = (x: number): Experiment =>
      changed(({ data }) => Object.assign(data, { kind: "given", points: [[x, 0, 0]] }));
    expect(differencesOf(given(0), given(1))).toMatchObject([{ name: "own points", ofData: true }]);
  });

  test("overlooks no setting", () => {
    for (const { path } of SETTINGS) {
      if (path.includes("*")) continue;
      const other = structuredClone(DEFAULT_EXPERIMENT) as unknown as Record<
        string,
        Record<string, unknown>
      >;
      if (path[0] === "features") Object.assign(other, { features: ["x1"] });
      else if (path.length === 1) continue;
      else if (path[1] === "hidden") Object.assign(other["network"] ?? {}, { hidden: [] });
      else Object.assign(other[path[0] ?? ""] ?? {}, { [path[1] ?? ""]: [9] });
      expect(
        differencesOf(DEFAULT_EXPERIMENT, other as unknown as Experiment),
        path.join(),
      ).toHaveLength(1);
    }
  });
});
