/** A run under way: its block in the engine's memory, what can be done with it, and what it holds. */

import { Activation, Arrays, Double, HEADER_WORDS, Int, Real, Reason, Status } from "./bindings";
import type { Bitmaps } from "./bitmaps";
import { RefusedSettings, accepted, aligned, type Engine } from "./engine";
import type { Failure, WeightRef } from "./frame";
import type { Parameters, RunSource, RunState } from "./protocol";

export type ArrayName = keyof typeof Arrays;
type ArrayOf<Name extends ArrayName> = (typeof Arrays)[Name]["dtype"] extends "int32"
  ? Int32Array<ArrayBuffer>
  : Float32Array<ArrayBuffer>;

/** What is 0 in a run that is sound and has no weight switched off. */
const STARTED = [Int.STATUS, Int.FAILED_LAYER, Int.FAILED_REASON, Int.OFF_COUNT];

export class Run {
  readonly #engine: Engine;
  #address: number;

  private constructor(engine: Engine, address: number) {
    this.#engine = engine;
    this.#address = address;
  }

  /** Lay out a run at an address and make its samples; its weights are still to be set. */
  static open(engine: Engine, address: number, source: RunSource, bitmaps: Bitmaps): Run {
    engine.reserve(address + HEADER_WORDS * 4);
    engine.words(address, HEADER_WORDS).set(source.header);
    const words = accepted(engine.functions.measure(address));
    engine.reserve(address + words * 4);
    accepted(engine.functions.prepare(address));
    const run = new Run(engine, address);
    if (source.given) run.#give(source.given, bitmaps);
    accepted(engine.functions.generate(address));
    return run;
  }

  #give(given: NonNullable<RunSource["given"]>, bitmaps: Bitmaps): void {
    if ("drawings" in given) {
      // All before the first is put in its place, since making them may void the view of it.
      const rows = given.drawings.map((text) => bitmaps.of(text, given.grid, this.end));
      const inputs = this.array("NETWORK_INPUTS");
      rows.forEach((bits, row) => inputs.set(bits, row * bits.length));
    } else {
      const onPlane = this.int("FEATURES") !== 0;
      this.array(onPlane ? "POINTS" : "NETWORK_INPUTS").set(given.x);
    }
    this.array("VALUES").set(given.values);
  }

  get address(): number {
    return this.#address;
  }
  /** The settings and the layout, without copying. */
  get header(): Uint32Array<ArrayBuffer> {
    return this.#engine.words(this.#address, HEADER_WORDS);
  }
  /** First byte behind the block. */
  get end(): number {
    return aligned(this.#address + this.int("WORDS") * 4);
  }
  get diverged(): boolean {
    return this.int("STATUS") === Status.diverged;
  }
  get layers(): number {
    return this.int("LAYERS");
  }
  get updates(): number {
    return this.double("UPDATES");
  }

  int(slot: keyof typeof Int, offset = 0): number {
    return entry(this.#engine.ints(this.#address, HEADER_WORDS), Int[slot] + offset);
  }
  real(slot: keyof typeof Real): number {
    return entry(this.#engine.floats(this.#address, HEADER_WORDS), Real[slot]);
  }
  double(slot: keyof typeof Double): number {
    return entry(this.#engine.doubles(this.#address, HEADER_WORDS / 2), Double[slot]);
  }

  /** Where an array starts, in words from the start of the block. */
  startOf(name: ArrayName): number {
    return entry(this.#engine.ints(this.#address, HEADER_WORDS), Arrays[name].slot);
  }
  /** An array of the block, without copying: void as soon as memory grows. */
  array<Name extends ArrayName>(name: Name): ArrayOf<Name> {
    const { dtype, shape } = Arrays[name];
    const start = this.#address + this.startOf(name) * 4;
    const length = shape
      .map((extent) => (typeof extent === "number" ? extent : this.int(extent)))
      .reduce((product, extent) => product * extent, 1);
    const view =
      dtype === "int32" ? this.#engine.ints(start, length) : this.#engine.floats(start, length);
    return view as ArrayOf<Name>;
  }

  /** Units per column: inputs, hidden layers, outputs. */
  get widths(): number[] {
    return Array.from({ length: this.layers + 1 }, (_, column) => this.int("WIDTHS", column));
  }
  /** Name of each layer's activation. */
  get activations(): string[] {
    return Array.from({ length: this.layers }, (_, layer) => {
      const code = this.int("LAYER_ACTIVATIONS", layer);
      return Object.entries(Activation).find(([, value]) => value === code)?.[0] ?? "";
    });
  }
  /** Weights and biases of each layer in an array of parameters, without copying. */
  parameters(name: "PARAMETERS" | "GRADIENTS"): {
    weights: Float32Array[];
    biases: Float32Array[];
  } {
    const all = this.array(name);
    const widths = this.widths;
    const weights: Float32Array[] = [];
    const biases: Float32Array[] = [];
    for (let layer = 0; layer < this.layers; layer++) {
      const start = this.int("LAYER_STARTS", layer);
      const outputs = widths[layer + 1] ?? 0;
      const end = start + (widths[layer] ?? 0) * outputs;
      weights.push(all.subarray(start, end));
      biases.push(all.subarray(end, end + outputs));
    }
    return { weights, biases };
  }

  /** Updates in a whole pass over the training samples. */
  get updatesPerEpoch(): number {
    return Math.ceil(this.int("TRAIN_SAMPLES") / this.#batch);
  }
  /** Updates that are left in the pass under way. */
  get updatesLeft(): number {
    return Math.ceil((this.int("TRAIN_SAMPLES") - this.int("POSITION")) / this.#batch);
  }
  /** Updates until so many passes are complete; none where there is nothing to train on. */
  updatesUntil(epochs: number): number {
    const passes = epochs - this.int("EPOCHS");
    if (passes <= 0) return 0;
    return this.updatesLeft + (passes - 1) * this.updatesPerEpoch;
  }
  get #batch(): number {
    return this.int("BATCH_SIZE") || this.int("TRAIN_SAMPLES") || 1;
  }

  reset(): void {
    accepted(this.#engine.functions.reset(this.#address));
    this.evaluate();
  }
  step(count: number): void {
    accepted(this.#engine.functions.step(this.#address, count));
  }
  /** Complete so many passes over the training samples. */
  epochs(count: number): void {
    accepted(this.#engine.functions.epochs(this.#address, count));
  }
  /** Make updates on one sample alone; the pass under way is not touched. */
  teach(row: number, count: number): void {
    accepted(this.#engine.functions.teach(this.#address, row, count));
  }
  evaluate(): void {
    accepted(this.#engine.functions.evaluate(this.#address));
  }
  /** Evaluate on the way to another moment: here, a loss that is not finite does not end the run. */
  glance(): void {
    const { header } = this;
    const slots = [Int.STATUS, Int.FAILED_LAYER, Int.FAILED_REASON];
    const before = slots.map((slot) => header[slot] ?? 0);
    this.evaluate();
    slots.forEach((slot, place) => (header[slot] = before[place] ?? 0));
  }
  /** Take over what another run has learnt; false where it is not the same network. */
  adopt(other: Run): boolean {
    const status = this.#engine.functions.adopt(this.#address, other.#address);
    if (status === Status.bad_network) return false;
    accepted(status);
    this.evaluate();
    return true;
  }
  setParameter(layer: number, unit: number, input: number | null, value: number): void {
    const { functions } = this.#engine;
    accepted(
      input === null
        ? functions.set_bias(this.#address, layer, unit, value)
        : functions.set_weight(this.#address, layer, unit, input, value),
    );
    this.evaluate();
  }

  /**
   * Take over weights and biases, of which the optimiser remembers nothing; no weight is switched off then. Refused
   * where they are another network's.
   */
  load({ weights, biases }: Parameters): void {
    const own = this.parameters("PARAMETERS");
    const given = [...weights, ...biases];
    const places = [...own.weights, ...own.biases];
    if (given.map(({ length }) => length).join() !== places.map(({ length }) => length).join()) {
      throw new RefusedSettings("These weights do not belong to this network.");
    }
    places.forEach((place, k) => place.set(given[k] ?? []));
    for (const name of ["MOMENTS_1", "MOMENTS_2"] as const) this.array(name).fill(0);
    const reals = this.#engine.floats(this.#address, HEADER_WORDS);
    reals[Real.MOMENTUM_POWER] = reals[Real.DECAY_POWER] = 1;
    for (const slot of STARTED) this.header[slot] = 0;
    this.evaluate();
  }

  /** Hold weights at 0 or let them go; refused as a whole where they are too many. */
  switchOff(weights: readonly WeightRef[], off: boolean): void {
    const { functions } = this.#engine;
    const before = this.snapshot();
    for (const { layer, unit, input } of weights) {
      const status = functions.switch_off(this.#address, layer, unit, input, off ? 1 : 0);
      if (status !== Status.bad_parameter) {
        accepted(status);
        continue;
      }
      this.restore(before);
      throw new RefusedSettings("So many weights cannot be switched off at once.");
    }
    this.evaluate();
  }

  /** How the samples use the hidden units, in order: (units, 3), see `Response`. */
  survey(): Float32Array<ArrayBuffer> {
    const length = 3 * this.widths.slice(1, -1).reduce((sum, units) => sum + units, 0);
    this.#engine.reserve(this.end + length * 4);
    accepted(this.#engine.functions.survey(this.#address, this.end));
    return this.#engine.floats(this.end, length).slice();
  }

  /** Change settings that leave the samples and the layout of the block as they are. */
  changeSettings(source: RunSource, slots: ReadonlySet<number>): void {
    const { header } = this;
    for (const slot of slots) header[slot] = source.header[slot] ?? 0;
    // Writes what follows from the settings, such as the activation of each layer.
    accepted(this.#engine.functions.measure(this.#address));
    this.evaluate();
  }

  /** A copy of all that training changes. */
  snapshot(): RunState {
    return this.#engine.words(this.#address, this.int("STATE_WORDS")).slice();
  }
  /**
   * Put a snapshot back; results are as they were when the run is evaluated next. One of the same network with other
   * samples gives what was learnt, and the order of samples starts anew.
   */
  restore(state: RunState): void {
    if (this.#suits(state)) {
      this.#engine.words(this.#address, state.length).set(state);
      return;
    }
    const place = this.end;
    this.#engine.reserve(place + state.length * 4);
    this.#engine.words(place, state.length).set(state);
    if (this.#engine.functions.adopt(this.#address, place) === Status.bad_network) {
      throw new RefusedSettings("The saved state does not belong to this network.");
    }
  }
  /** Whether a snapshot is of a block with the same layout. */
  #suits(state: RunState): boolean {
    const { header } = this;
    const slots: number[] = [Int.SAMPLES, Int.TRAIN_SAMPLES, Int.WORDS, Int.LAYERS];
    for (let column = 0; column <= this.layers; column++) slots.push(Int.WIDTHS + column);
    return slots.every((slot) => header[slot] === state[slot]);
  }
  /** Move the block; addresses within it are relative to its start. */
  moveTo(address: number): void {
    const words = this.int("WORDS");
    this.#engine.reserve(address + words * 4);
    this.#engine.move(this.#address, address, words);
    this.#address = address;
  }

  /** Why the run stopped; null while it is sound. */
  get failure(): Failure | null {
    if (!this.diverged) return null;
    const layer = this.int("FAILED_LAYER");
    const step = this.updates;
    const became =
      this.int("FAILED_REASON") === Reason.infinite ? "infinite" : "not a number (NaN)";
    const what = layer < 0 ? "the loss" : `a weight or bias of layer ${layer + 1}`;
    return {
      layer: layer < 0 ? null : layer,
      step,
      reason: `The run diverged at update ${step}: ${what} became ${became}. A smaller learning rate usually helps.`,
    };
  }
}

function entry(array: { readonly [index: number]: number }, index: number): number {
  return array[index] ?? 0;
}
