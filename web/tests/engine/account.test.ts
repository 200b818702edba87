import { beforeAll, describe, expect, test } from "vitest";
import { account, type Account, type AccountRequest } from "../../src/engine/account";
import { Bitmaps } from "../../src/engine/bitmaps";
import type { Engine } from "../../src/engine/engine";
import { Run } from "../../src/engine/run";
import type { RunSource } from "../../src/engine/protocol";
import { recordsOf, type Subject } from "../../src/state/subject";
import { BAR, CROSS, RING, drawn } from "./drawn";
import { Talk, loadEngine, source } from "./support";

const ACTIVATIONS = ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu", "sine"];
const OPTIMIZERS = ["sgd", "momentum", "rmsprop", "adam"];
const REGULARIZERS = ["none", "l1", "l2"];
const BATCHES = [1, 3, 70, "all"];
const SHAPES: readonly object[] = [
  {},
  { loss: "squared_error" },
  { data: { kind: "blobs", classes: 4 } },
  { data: { kind: "blobs", classes: 3 }, loss: "squared_error" },
  { data: { kind: "bumps" } },
];
const CASES = Array.from({ length: 84 }, (_, number) => number);

let engine: Engine;

beforeAll(async () => {
  engine = await loadEngine();
});

/** A run of every kind in turn, in both rooms, some updates after its start. */
function opened(number: number): Run {
  const run = Run.open(engine, engine.base, sourceFor(number), new Bitmaps(engine));
  run.reset();
  run.step((7 * number) % 30);
  return run;
}

function sourceFor(number: number): RunSource {
  const hidden = [[], [{ units: 3 }], [{ units: 4 }, { units: 3 }]][number % 3] ?? [];
  const layers = hidden.map((layer) => ({ ...layer, activation: ACTIVATIONS[number % 7] }));
  const { data, ...shape }: { data?: object } = SHAPES[number % 5] ?? {};
  const training = {
    optimizer: OPTIMIZERS[number % 4],
    regularizer: REGULARIZERS[Math.floor(number / 4) % 3],
    regularization_rate: 0.01,
    batch_size: BATCHES[Math.floor(number / 3) % 4],
    learning_rate: 0.05,
    ...shape,
  };
  if (number % 2 === 0) {
    return source({ data: data ?? {}, network: { hidden: layers, seed: number }, training });
  }
  const drawings = [CROSS, RING, BAR, `${CROSS}.${BAR}`, RING, CROSS];
  const outputs = number % 4 === 1 ? "per_class" : "single";
  return drawn({ drawings, heldOut: [4], outputs, hidden: layers, training });
}

function ask(run: Run, number: number, ...subjects: readonly Subject[]): Account {
  const alone = Math.floor(number / 2) % 2 === 0;
  return asked(run, {
    sample: alone ? number % run.int("SAMPLES") : null,
    place: alone ? 0 : number % 3,
    records: subjects.flatMap((subject) => recordsOf(subject, run.layers)),
    nudge: null,
    trace: null,
  });
}

function asked(run: Run, request: AccountRequest): Account {
  const found = account(engine, run, request);
  if (!found) throw new Error("there is no account");
  return found;
}

const at = (array: ArrayLike<number> | undefined, place: number): number => array?.[place] ?? NaN;
const { fround } = Math;

/** The terms of a record: rows of so many numbers behind its head. */
function rows(record: Float32Array | undefined, head: number, width: number): number[][] {
  const found: number[][] = [];
  for (let start = head; start < (record?.length ?? 0); start += width) {
    found.push([...(record?.subarray(start, start + width) ?? [])]);
  }
  return found;
}

/** Terms added in float32, from the first to the last. */
function running(terms: readonly number[], start?: number): number {
  const [first = 0, ...rest] = start === undefined ? terms : [start, ...terms];
  return rest.reduce((total, term) => fround(total + term), first);
}

/** A batch's terms added in the order of the engine: chunks of 64, in four lanes; one by one where there is one. */
function summed(terms: readonly number[], one: boolean): number {
  let total = 0;
  for (let start = 0; start < terms.length; start += 64) {
    const chunk = terms.slice(start, start + 64);
    if (chunk.length === 1 || one) {
      total = running(chunk, total);
      continue;
    }
    const whole = [...chunk, ...Array<number>(-chunk.length & 3).fill(0)];
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((lane) =>
      running(whole.filter((_, place) => place % 4 === lane)),
    );
    total = fround(total + fround(fround(a + b) + fround(c + d)));
  }
  return total;
}

interface Place {
  readonly layer: number;
  readonly unit: number;
}
function unitsOf(run: Run): Place[] {
  return run.widths
    .slice(1)
    .flatMap((width, layer) => Array.from({ length: width }, (_, unit) => ({ layer, unit })));
}
/** Every parameter; of wide layers some. */
function parametersOf(run: Run): (Place & { source: number })[] {
  return unitsOf(run).flatMap((place) => {
    const inputs = at(run.widths, place.layer);
    const sources = Array.from({ length: inputs }, (_, input) => input);
    return [-1, ...sources.filter((input) => inputs < 9 || input % 7 === 0)].map((input) => ({
      ...place,
      source: input,
    }));
  });
}
function unitPlace(run: Run, { layer, unit }: Place): number {
  return run.widths.slice(0, layer + 1).reduce((sum, width) => sum + width, 0) + unit;
}
function parameterPlace(run: Run, { layer, unit, source: input }: Place & { source: number }) {
  const row = input < 0 ? at(run.widths, layer) : input;
  return run.int("LAYER_STARTS", layer) + row * at(run.widths, layer + 1) + unit;
}

describe.each(CASES)("the account of update %i", (number) => {
  test("is of the update that the run makes", () => {
    const run = opened(number);
    const before = [...run.snapshot()];
    const made = asked(run, { sample: null, place: 1, records: [], nudge: null, trace: null });
    expect([...run.snapshot()]).toEqual(before);
    expect([...made.parameters]).toEqual([...run.array("PARAMETERS")]);
    run.step(1);
    expect([...made.parametersAfter]).toEqual([...run.array("PARAMETERS")]);
    expect([...made.gradients]).toEqual([...run.array("GRADIENTS")]);
  });

  test("of one sample is of what Train does", () => {
    const run = opened(number);
    const sample = number % run.int("TRAIN_SAMPLES");
    const made = asked(run, { sample, place: 0, records: [], nudge: null, trace: null });
    expect([made.sample, ...made.batch]).toEqual([sample, sample]);
    run.teach(sample, 1);
    expect([...made.parametersAfter]).toEqual([...run.array("PARAMETERS")]);
    run.evaluate();
    expect(made.lossAfter[0]).toBe(run.array("SAMPLE_LOSSES")[sample]);
  });

  test("has terms that add up to z, bit by bit", () => {
    const run = opened(number);
    const units = unitsOf(run);
    const made = ask(run, number, ...units.map((place) => ({ kind: "unit", ...place }) as const));
    for (const [k, place] of units.entries()) {
      const [z, a] = [made.records[2 * k], made.records[2 * k + 1]];
      const terms = rows(z, 2, 4);
      expect(
        running(
          terms.map((term) => at(term, 3)),
          at(z, 1),
        ),
      ).toBe(at(z, 0));
      expect(at(z, 0)).toBe(at(made.units, 3 * unitPlace(run, place)));
      expect(at(z, 1)).toBe(at(made.parameters, parameterPlace(run, { ...place, source: -1 })));
      for (const [i = NaN, w = NaN, x = NaN, product] of terms) {
        expect(product).toBe(fround(w * x));
        expect(w).toBe(at(made.parameters, parameterPlace(run, { ...place, source: i })));
        const below = unitPlace(run, { layer: place.layer - 1, unit: i });
        expect(x).toBe(at(made.units, 3 * below + 1));
      }
      expect(at(a, 0)).toBe(at(made.units, 3 * unitPlace(run, place) + 1));
      expect(at(a, 1)).toBe(at(z, 0));
    }
  });

  test("hands δ back, bit by bit", () => {
    const run = opened(number);
    for (const place of unitsOf(run)) {
      const made = ask(run, number, { kind: "delta", ...place });
      const delta = made.records.at(-1);
      expect(at(delta, 0)).toBe(at(made.units, 3 * unitPlace(run, place) + 2));
      if (place.layer === run.layers - 1) {
        const error = fround(at(delta, 1) - at(delta, 2));
        const slope = at(delta, 3);
        expect(at(delta, 0)).toBe(delta?.length === 4 ? fround(error * slope) : error);
        continue;
      }
      const [incoming, slope] = made.records;
      expect(running(rows(incoming, 1, 4).map((term) => at(term, 3)))).toBe(at(incoming, 0));
      for (const [j = NaN, , next] of rows(incoming, 1, 4)) {
        const above = unitPlace(run, { layer: place.layer + 1, unit: j });
        expect(next).toBe(at(made.units, 3 * above + 2));
      }
      expect([at(delta, 1), at(delta, 2)]).toEqual([at(incoming, 0), at(slope, 0)]);
      // A slope of 0 makes it 0, of whatever sign the product would be.
      expect(at(delta, 0) + 0).toBe(fround(at(delta, 1) * at(delta, 2)) + 0);
    }
  });

  test("has gradients that are the mean of their samples' shares", () => {
    const run = opened(number);
    const places = parametersOf(run);
    const made = ask(
      run,
      number,
      ...places.map((place) => ({ kind: "gradient", ...place }) as const),
    );
    for (const [k, place] of places.entries()) {
      const record = made.records[k];
      const [g = NaN, count = NaN, w = NaN, lambda = NaN] = record ?? [];
      const terms = rows(record, 4, 4);
      expect(terms.map(([sample]) => sample)).toEqual([...made.batch]);
      expect(count).toBe(made.batch.length);
      const products = terms.map(([, delta = NaN, x = NaN, product]) => {
        expect(product).toBe(fround(delta * x));
        return fround(delta * x);
      });
      const bits = run.int("BITS") === 1 && place.layer === 0 && place.source >= 0;
      const sum = summed(bits ? products.filter((each) => each !== 0) : products, bits);
      const mean = fround(fround(1 / count) * sum);
      expect(g).toBe(fround(mean + fround(lambda * w)));
      expect(g).toBe(at(made.gradients, parameterPlace(run, place)));
    }
  });

  test("has steps that lead to the weights after it", () => {
    const run = opened(number);
    const places = parametersOf(run);
    const made = ask(run, number, ...places.map((place) => ({ kind: "step", ...place }) as const));
    for (const [k, place] of places.entries()) {
      const record = made.records[k];
      const [after = NaN, w = NaN, g] = record ?? [];
      const [step = NaN, ruled = NaN, pull = NaN] = record?.subarray(15) ?? [];
      const index = parameterPlace(run, place);
      expect([w, g]).toEqual([at(made.parameters, index), at(made.gradients, index)]);
      expect(ruled).toBe(fround(w - step));
      const size = Math.max(0, fround(Math.abs(ruled) - pull));
      expect(Math.abs(after)).toBe(pull > 0 ? size : Math.abs(ruled));
      expect(after).toBe(at(made.parametersAfter, index));
    }
  });

  test("has a nudge that finds the gradient", () => {
    const run = opened(number);
    const kinked = ["relu", "leaky_relu"].includes(ACTIVATIONS[number % 7] ?? "");
    for (const place of parametersOf(run)) {
      const epsilon = 0.02;
      const trace = { place, low: -1, high: 1, count: 5 };
      const request = { sample: null, place: 0, records: [], nudge: { place, epsilon }, trace };
      const { nudge, ...made } = asked(run, request);
      const [here, low = NaN, high = NaN, slope = NaN, gradient = NaN] = nudge ?? [];
      expect(gradient).toBe(at(made.gradients, parameterPlace(run, place)));
      expect(slope).toBeCloseTo((high - low) / (2 * epsilon), 3);
      const allowed = 0.02 * Math.abs(gradient) + (kinked ? 0.2 : 2e-3);
      expect(Math.abs(slope - gradient)).toBeLessThan(allowed);
      expect(here).toBeGreaterThanOrEqual(0);
      expect(made.trace).toHaveLength(5);
    }
  });
});

describe("an account", () => {
  const nothing = { records: [], nudge: null, trace: null };

  test("there is none of a sample that is not there, nor of a batch where nothing is trained", () => {
    const run = opened(0);
    const samples = run.int("SAMPLES");
    expect(account(engine, run, { sample: samples, place: 0, ...nothing })).toBeNull();
    const empty = Run.open(engine, engine.base, drawn({ drawings: [] }), new Bitmaps(engine));
    empty.reset();
    expect(account(engine, empty, { sample: null, place: 0, ...nothing })).toBeNull();
    expect(account(engine, empty, { sample: 0, place: 0, ...nothing })).toBeNull();
  });

  test("of a place behind the end of a batch is of its last sample", () => {
    const run = opened(6);
    const made = asked(run, { sample: null, place: 199, ...nothing });
    expect(made.sample).toBe(made.batch.at(-1));
  });

  test("leaves out what the network does not have", () => {
    const place = { layer: 7, unit: 0, source: 0 };
    const made = asked(opened(0), {
      sample: 0,
      place: 0,
      records: [{ kind: "step", ...place }],
      nudge: { place, epsilon: 0.1 },
      trace: { place, low: 0, high: 1, count: 3 },
    });
    expect([made.records[0]?.length, made.nudge, made.trace]).toEqual([0, null, null]);
  });

  test("says that the update diverges before the run makes it, and there is none afterwards", async () => {
    const talk = new Talk(await loadEngine());
    const network = { hidden: [{ units: 1, activation: "linear" }] };
    const training = { learning_rate: 100, loss: "squared_error" };
    const data = { kind: "plane" };
    talk.command({ type: "open", source: source({ data, network, training }), keep: false });
    talk.host.receive({ type: "account", request: { sample: null, place: 0, ...nothing } });
    expect(talk.frame().account?.diverges).toBe(false);
    // The losses are still finite, the gradient times the learning rate is not.
    talk.command({ type: "set", layer: 0, unit: 0, input: 0, value: 1 });
    talk.command({ type: "set", layer: 1, unit: 0, input: 0, value: 2e18 });
    const before = talk.frame();
    expect([before.status, before.account?.diverges]).toEqual(["running", true]);
    talk.command({ type: "advance", unit: "update", count: 1 });
    const after = talk.frame();
    expect([after.failure?.layer, after.account]).toEqual([expect.any(Number), null]);
  });

  test("comes with every frame as long as it is asked for, of the newest moment", async () => {
    const talk = new Talk(await loadEngine());
    talk.command({ type: "open", source: source(), keep: false });
    expect(talk.frame().account).toBeNull();
    talk.host.receive({ type: "account", request: { sample: 3, place: 0, ...nothing } });
    const before = talk.frame().account;
    talk.command({ type: "advance", unit: "epoch", count: 1 });
    const frame = talk.frame();
    expect(frame.account?.sample).toBe(3);
    expect(frame.account?.parameters).not.toEqual(before?.parameters);
    expect(at(frame.account?.parameters, 0)).toBe(frame.weight(0, 0, 0));
    talk.host.receive({ type: "account", request: null });
    expect(talk.frame().account).toBeNull();
  });
});
