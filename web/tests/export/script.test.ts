import { describe, expect, test } from "vitest";
import { script, type Piece } from "../../src/export/script";
import { moment } from "./support";

const NO_BITS = (): Uint8Array => new Uint8Array();

async function made(pieces: readonly Piece[], document: object, epochs = 0): Promise<string> {
  const { frame, experiment } = await moment(document, epochs);
  return script(pieces, frame, experiment, NO_BITS);
}

describe("a script", () => {
  test("has the pieces that suit the network, with the values put in", async () => {
    const pieces: Piece[] = [
      { when: {}, text: "{{network}}; " },
      { when: { optimizer: ["adam", "rmsprop"] }, text: "decay {{decay}}; " },
      { when: { optimizer: ["sgd"] }, text: "sgd; " },
      { when: { activations: ["relu"], depth: ["deep"] }, text: "relu; " },
      { when: { activations: ["gelu"], depth: ["deep"] }, text: "gelu; " },
      { when: { features: ["sin_x1"] }, text: "sine; " },
      { when: { features: ["sin_x2"] }, text: "none; " },
      { when: {}, text: "{{batch_size}} of {{train_samples}}, {{learning_rate}}, {{updates}}" },
    ];
    const document = {
      data: { kind: "spiral", classes: 3, samples: 60, test_share: 0.5 },
      features: ["x1", "sin_x1"],
      network: { hidden: [{ units: 4, activation: "relu" }, { units: 2 }] },
      training: { optimizer: "adam", learning_rate: 0.003, batch_size: "all" },
    };
    expect(await made(pieces, document, 5)).toBe(
      "2 – 4 relu – 2 tanh – 3 softmax; decay 0.999; relu; sine; 30 of 30, 0.003, 5",
    );
  });

  test("has a line for each sample and for each unit", async () => {
    const pieces = [{ when: {}, text: "{{samples}}\n--\n{{parameters}}" }];
    const points = [
      [0.1, 2, 1],
      [3, 4, 0],
    ];
    const document = {
      data: { kind: "given", points, held_out: [0] },
      network: { hidden: [{ units: 2 }], initializer: "zeros", bias: 0.25 },
    };
    expect(await made(pieces, document)).toBe(
      "3.0 4.0 0\n0.1 2.0 1\n--\n0.0 0.0 0.25\n0.0 0.0 0.25\n\n0.0 0.0 0.25",
    );
  });

  test("has drawings as bits, a row of cells after the other", async () => {
    const data = { kind: "given", drawings: ["AAA___", ".AAAAAA"], targets: [1, 0], held_out: [] };
    const { frame, experiment } = await moment({ data: { ...data, grid: 6 } }, 0);
    const pieces = [{ when: { samples: ["bits"] }, text: "{{samples}}" }];
    const bits = (text: string): Uint8Array =>
      Uint8Array.from({ length: 36 }, (_, cell) => Number(text === "AAA___" && cell % 7 === 0));
    expect(script(pieces, frame, experiment, bits).split("\n")).toEqual([
      "100000 010000 001000 000100 000010 000001 1",
      "000000 000000 000000 000000 000000 000000 0",
    ]);
  });

  test("is refused where there is nothing to train on", async () => {
    const data = { kind: "given", drawings: [], targets: [] };
    await expect(made([], { data })).rejects.toThrow("there are no samples to train on yet");
  });

  test("tells a piece that asks for what nobody knows", async () => {
    await expect(made([{ when: {}, text: "{{cheese}}" }], {})).rejects.toThrow("cheese");
    await expect(made([{ when: { cheese: ["x"] }, text: "" }], {})).rejects.toThrow("cheese");
  });
});
