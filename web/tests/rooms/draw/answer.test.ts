import { expect, test } from "vitest";
import type { Reading } from "../../../src/engine/reading";
import { answerOf, marginOf, whyOf } from "../../../src/rooms/draw/answer";

function reading(outputs: readonly number[], predicted: number): Reading {
  const empty = new Float32Array();
  return {
    text: "",
    grid: 6,
    bits: new Uint8Array(36),
    on: 0,
    fitted: [],
    preActivations: [],
    activations: [],
    outputs: Float32Array.from(outputs),
    predicted,
    why: { output: 0, shares: empty, empty: 0, total: 0 },
  };
}

test("softmax answers with shares of one whole", () => {
  const answer = answerOf(reading([0.25, 0.75], 1), "softmax");
  expect(answer).toEqual({ values: [0.25, 0.75], kind: "shares", best: 1 });
  expect(marginOf(answer, "O").name).toBe("log-odds of O");
});

test("softmax with more than two classes is asked for the lead over the others", () => {
  const answer = answerOf(reading([0.5, 0.25, 0.25], 0), "softmax");
  expect(marginOf(answer, "7").name).toBe("lead of 7");
});

test("sigmoids answer each for itself", () => {
  const answer = answerOf(reading([0.5, 0.75, 0.5], 1), "sigmoid");
  expect(answer.kind).toBe("each");
  expect(marginOf(answer, "X").name).toBe("log-odds of X");
});

test("a single sigmoid answers for two classes", () => {
  const single = reading([0.75], 1);
  expect(answerOf(single, "sigmoid")).toEqual({ values: [0.25, 0.75], kind: "shares", best: 1 });
  const why = { output: 0, shares: Float32Array.of(2, -1), empty: 0.5, total: 1.5 };
  const asked = (label: number | null) => whyOf({ ...single, why }, label);
  expect(asked(null)).toEqual({ label: 1, why });
  const against = { output: 0, shares: Float32Array.of(-2, 1), empty: -0.5, total: -1.5 };
  expect(asked(0)).toEqual({ label: 0, why: against });
});

test("where all are level, nobody is named", () => {
  expect(answerOf(reading([0.5, 0.5], 0), "softmax").best).toBeNull();
});

test("other outputs are plain numbers", () => {
  expect(answerOf(reading([-1.5, 2], 1), "linear").kind).toBe("numbers");
});
