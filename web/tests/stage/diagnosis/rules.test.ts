import { describe, expect, test } from "vitest";
import { stuck } from "../../../src/stage/diagnosis/chance";
import type { Finding, Rule } from "../../../src/stage/diagnosis/finding";
import { diverging, slow } from "../../../src/stage/diagnosis/rates";
import { diagnosed } from "../../../src/stage/diagnosis/rules";
import { fewSamples, overfitting, unbalanced } from "../../../src/stage/diagnosis/samples";
import { dead, saturated } from "../../../src/stage/diagnosis/units";
import { evidenceAfter, evidenceOf } from "./support";

/** 44 points of class 0 around one place, 4 of class 1 amidst them. */
const LOPSIDED = {
  kind: "given",
  test_share: 0,
  points: Array.from({ length: 48 }, (_, k) => {
    const angle = 2.4 * k;
    const away = k < 44 ? 2 * Math.sqrt(k / 44) : 0.4;
    return [away * Math.cos(angle), away * Math.sin(angle), k < 44 ? 0 : 1];
  }),
};
const EVEN = { ...LOPSIDED, points: LOPSIDED.points.map(([a, b], k) => [a, b, k % 2]) };
const FAR = {
  kind: "given",
  test_share: 0,
  points: Array.from({ length: 60 }, (_, k) => [
    500 + 90 * Math.cos(k),
    800 + 90 * Math.sin(2 * k),
    k % 2,
  ]),
};

interface Case {
  readonly rule: Rule;
  readonly id: Finding["id"];
  /** An experiment that provokes it, trained for so many epochs, and what is said of it. */
  readonly ill: readonly [document: object, epochs: number, said: RegExp];
  /** One that is like it and does not. */
  readonly well: readonly [document: object, epochs: number];
}

const CASES: Case[] = [
  {
    rule: diverging,
    id: "diverging",
    ill: [
      { training: { learning_rate: 100 } },
      40,
      /^The training loss has grown from 0\.815 to [\d.]+\.$/,
    ],
    well: [{ training: { learning_rate: 1 } }, 40],
  },
  {
    rule: dead,
    id: "dead",
    ill: [
      { network: { hidden: [{ units: 8, activation: "relu" }], bias: -5 } },
      40,
      /^All 8 units of layer 1 give 0 for every training sample/,
    ],
    well: [{ network: { hidden: [{ units: 8, activation: "leaky_relu" }], bias: -5 } }, 40],
  },
  {
    rule: saturated,
    id: "saturated",
    ill: [
      {
        data: { kind: "xor" },
        network: { bias: 10, hidden: [{ units: 4, activation: "sigmoid" }] },
      },
      60,
      /^All 4 units of layer 1 are where sigmoid is flat: 0\.\d % of its steepest slope\.$/,
    ],
    well: [
      { data: { kind: "xor" }, network: { hidden: [{ units: 4, activation: "sigmoid" }] } },
      60,
    ],
  },
  {
    rule: slow,
    id: "slow",
    ill: [
      { training: { learning_rate: 0.0003 } },
      60,
      /^In 60 epochs the training loss has only come from 0\.815 to 0\.785\.$/,
    ],
    well: [{ training: { learning_rate: 0.03 } }, 60],
  },
  {
    rule: unbalanced,
    id: "unbalanced",
    ill: [
      { data: LOPSIDED, training: { learning_rate: 0.01 } },
      60,
      /^44 training samples of class 0 but 4 of class 1, of which 0 are put right\. Add more of class 1\.$/,
    ],
    well: [{ data: EVEN, training: { learning_rate: 0.01 } }, 60],
  },
  {
    rule: stuck,
    id: "stuck",
    ill: [
      { data: { kind: "circles" }, network: { initializer: "zeros" } },
      60,
      /^Accuracy is 57\.3 % where always saying class 0 gives 57\.3 %: units that start alike stay alike\.$/,
    ],
    well: [{ data: { kind: "circles" } }, 60],
  },
  {
    rule: fewSamples,
    id: "few samples",
    ill: [
      { data: { samples: 100, noise: 0.5 }, network: { hidden: [{ units: 16 }, { units: 16 }] } },
      500,
      /^50 training samples for 337 weights: accuracy 90\.0 % on them, 78\.0 % on new ones\.$/,
    ],
    well: [
      { data: { samples: 1000, noise: 0.5 }, network: { hidden: [{ units: 16 }, { units: 16 }] } },
      100,
    ],
  },
  {
    rule: overfitting,
    id: "over-fitting",
    ill: [
      {
        data: { samples: 400, noise: 0.7 },
        network: { hidden: [{ units: 6 }, { units: 6 }] },
        training: { optimizer: "momentum" },
      },
      600,
      /^Since epoch \d+ the test loss has risen from 0\.\d+ to 0\.\d+, while the training loss has fallen/,
    ],
    well: [
      { data: { samples: 400, noise: 0.7 }, network: { hidden: [{ units: 6 }, { units: 6 }] } },
      100,
    ],
  },
];

describe.each(CASES)("$id", ({ rule, id, ill, well }) => {
  test("is found where it is so, with the numbers that show it", async () => {
    const [document, epochs, said] = ill;
    const evidence = await evidenceOf(document, epochs);
    expect(rule(evidence)).toMatchObject({ id, evidence: expect.stringMatching(said) as string });
    expect(diagnosed(evidence)?.id).toBe(id);
  });

  test("is not found where it is not so", async () => {
    const [document, epochs] = well;
    expect(rule(await evidenceOf(document, epochs))).toBeNull();
  });

  test("is not found before there is anything to go by", async () => {
    expect(diagnosed(await evidenceOf(ill[0], 0))).toBeNull();
  });
});

describe.each(CASES.filter(({ id }) => id !== "unbalanced"))("$id", ({ id, ill }) => {
  test("gives way to the next step, taken as often as it is offered", async () => {
    const [document, epochs] = ill;
    let evidence = await evidenceOf(document, epochs);
    for (let steps = 0; steps < 3; steps++) {
      const found = diagnosed(evidence);
      if (found?.id !== id || !found.step) break;
      evidence = await evidenceAfter(evidence.experiment, found.step.mutate, epochs);
    }
    expect(diagnosed(evidence)?.id).not.toBe(id);
  });
});

describe("all is well", () => {
  test.each(["moons", "circles", "blobs", "xor", "plane", "bumps"])(
    "with the default network on %s",
    async (kind) => {
      for (const epochs of [1, 10, 30, 100, 300])
        expect(diagnosed(await evidenceOf({ data: { kind } }, epochs))).toBeNull();
    },
  );
});

describe("the next step fits what it was", () => {
  test.each([
    ["Standardise the data", { data: FAR }, 60],
    ["Start with biases of 0", CASES[2]?.ill[0] ?? {}, 60],
    [
      "Start with Glorot weights",
      { data: { kind: "circles" }, network: { initializer: "zeros" } },
      60,
    ],
    ["Add a layer of 4 tanh units", { data: { kind: "circles" }, network: { hidden: [] } }, 60],
    [
      "No penalty",
      { data: { kind: "circles" }, training: { regularizer: "l2", regularization_rate: 1 } },
      60,
    ],
    ["Learning rate 1", { data: { kind: "plane" }, training: { learning_rate: 10 } }, 40],
    ["Learning rate 0.01", { training: { learning_rate: 0 } }, 40],
  ])("%s", async (words, document, epochs) => {
    expect(diagnosed(await evidenceOf(document, epochs))?.step?.words).toBe(words);
  });
});
