import { describe, expect, test } from "vitest";
import { NEVER, type StopReason } from "../../src/engine/stopping";
import { conditionsSet, switched, whyStopped } from "../../src/stage/stopping";

const REASON = { part: "test", epoch: 1200, updates: 18_000, since: 1200 } as const;

describe("why a run has stopped", () => {
  test.each<[Pick<StopReason, "why" | "value" | "limit"> & { since?: number }, string]>([
    [{ why: "epochs", value: 1200, limit: 1200 }, "1\u202f200 epochs are over."],
    [{ why: "epochs", value: 1200, limit: 10 }, "more than 10 epochs are over."],
    [{ why: "loss", value: 0.04987, limit: 0.05 }, "the test loss, 0.0499, is below 0.05."],
    [
      { why: "accuracy", value: 0.9533, limit: 0.95 },
      "the test accuracy, 95.3 %, is at least 95 %.",
    ],
    [
      { why: "patience", value: 0.1234, limit: 20, since: 1180 },
      "the test loss has not become better than 0.123 since epoch 1\u202f180.",
    ],
  ])("is said in a sentence: %j", (reason, words) => {
    const said = whyStopped({ ...REASON, ...reason });
    expect(said).toBe(`Stopped at epoch 1\u202f200: ${words}`);
  });

  test("names the samples that were looked at", () => {
    const reason = { ...REASON, part: "train", why: "loss", value: 0.1, limit: 0.2 } as const;
    expect(whyStopped(reason)).toContain("the training loss");
  });
});

test("a condition is switched on with what is usual, and off alone", () => {
  const both = switched(switched(NEVER, "epochs", true), "loss", true);
  expect([both.epochs, both.loss, conditionsSet(both)]).toEqual([200, 0.05, 2]);
  expect(switched(both, "epochs", false)).toEqual({ ...both, epochs: null });
});
