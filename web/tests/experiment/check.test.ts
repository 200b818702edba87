import { describe, expect, test } from "vitest";
import { checked, parsed } from "../../src/experiment/check";
import { ExperimentError } from "../../src/experiment/errors";
import { DEFAULT_EXPERIMENT, SETTINGS, settingAt } from "../../src/experiment/settings";
import { suggestion } from "../../src/experiment/suggestion";

function faults(document: unknown): string[] {
  try {
    checked(document);
  } catch (error) {
    if (error instanceof ExperimentError) return error.faults.map(({ sentence }) => sentence);
    throw error;
  }
  return [];
}

describe("a document", () => {
  test("gets the defaults for what it leaves out, in nested parts too", () => {
    expect(checked({})).toEqual(DEFAULT_EXPERIMENT);
    const hidden = [{ units: 8 }];
    expect(checked({ network: { hidden } }).network).toEqual({
      ...DEFAULT_EXPERIMENT.network,
      hidden: [{ units: 8, activation: "tanh" }],
    });
  });

  test("is not touched", () => {
    const document = { data: {} };
    checked(document);
    expect(document).toEqual({ data: {} });
  });

  test("has its features put in order", () => {
    expect(checked({ features: ["sin_x2", "x1"] }).features).toEqual(["x1", "sin_x2"]);
  });
});

describe("a fault is named with its place, the value and what is allowed:", () => {
  test.each([
    [{ data: { noise: 2 } }, "`data.noise` is 2, but must be a number from 0 to 1."],
    [
      { training: { momentum: 1 } },
      "`training.momentum` is 1, but must be a number from 0 to below 1.",
    ],
    [
      { data: { samples: "300" } },
      "`data.samples` is '300', but must be a whole number from 10 to 5000.",
    ],
    [
      { training: { optimizer: "adm" } },
      "`training.optimizer` is 'adm', but must be one of sgd, momentum, rmsprop or adam; did you mean 'adam'?",
    ],
    [
      { training: { batch_size: true } },
      "`training.batch_size` is true, but must be a whole number from 1 to 10000 or all.",
    ],
    [
      { network: { hiden: [] } },
      "`network.hiden` is not a setting; known are hidden, outputs, output_activation, initializer, initializer_scale, bias and seed; did you mean 'hidden'?",
    ],
    [
      { network: { hidden: [{ units: 3 }, { units: 1.5 }] } },
      "`network.hidden[1].units` is 1.5, but must be a whole number from 1 to 512.",
    ],
    [{ features: [] }, "`features` has 0 entries, but must be a list of 1 to 7 entries."],
    [{ data: null }, "`data` is null, but must be an object with named settings."],
    [[], "The document is a list, but must be an object with named settings."],
    ["moons", "The document is 'moons', but must be an object with named settings."],
  ])("%j", (document, sentence) => {
    expect(faults(document)).toEqual([sentence]);
  });

  test("all faults at once, each place once", () => {
    const document = { data: { noise: -1, samples: 3 }, training: { learning_rate: null } };
    expect(faults(document)).toHaveLength(3);
    expect(() => checked(document)).toThrow(/^The experiment has 3 faults:\n- `data/);
  });
});

test("text that is not JSON is refused with a sentence", () => {
  expect(() => parsed('{"data": ')).toThrow(/^The document is not JSON: /);
});

test("a suggestion is made only for what is near", () => {
  expect(suggestion("rleu", ["tanh", "relu"])).toBe("; did you mean 'relu'?");
  expect(suggestion("softplus", ["tanh", "relu"])).toBe("");
});

test("every setting has words, and a slot or a name in a link", () => {
  for (const setting of SETTINGS) {
    expect(setting.description).toMatch(/Default: .+\.$/);
    expect(setting.slot ?? setting.link).toBeDefined();
  }
  expect(settingAt("network.hidden.*.units")).toMatchObject({ minimum: 1, maximum: 512 });
  expect(() => settingAt("network.nodes")).toThrow("no setting at network.nodes");
});
