import { expect, test } from "vitest";
import type { Finding } from "../../../src/stage/diagnosis/finding";
import { HOLD, Steady } from "../../../src/stage/diagnosis/steady";

function found(id: Finding["id"], evidence = "numbers"): Finding {
  return { id, name: id, evidence, step: null };
}

test("while it trains, a finding is told once it has held for a second, and let go after another", () => {
  const steady = new Steady();
  expect(steady.take(found("slow"), 0, false)).toBeNull();
  expect(steady.take(found("slow"), HOLD - 1, false)).toBeNull();
  expect(steady.take(found("slow"), HOLD, false)?.id).toBe("slow");
  expect(steady.take(null, HOLD + 10, false)?.id).toBe("slow");
  expect(steady.take(null, 2 * HOLD + 9, false)?.id).toBe("slow");
  expect(steady.take(null, 2 * HOLD + 10, false)).toBeNull();
});

test("what comes and goes is never told", () => {
  const steady = new Steady();
  for (let now = 0; now < 10 * HOLD; now += HOLD / 2) {
    expect(steady.take(found("stuck"), now, false)).toBeNull();
    expect(steady.take(null, now + HOLD / 4, false)).toBeNull();
  }
});

test("its numbers stay while it trains, and are those of the moment at rest", () => {
  const steady = new Steady();
  steady.take(found("dead", "3 of 8"), 0, true);
  expect(steady.take(found("dead", "4 of 8"), 50, false)?.evidence).toBe("3 of 8");
  expect(steady.take(found("dead", "4 of 8"), 60, true)?.evidence).toBe("4 of 8");
});

test("at rest it is told at once", () => {
  const steady = new Steady();
  expect(steady.take(found("slow"), 0, true)?.id).toBe("slow");
  expect(steady.take(null, 1, true)).toBeNull();
});
