/** A run under way: its block in the engine's memory, what can be done with it, and what it holds. */

import { Activation, Arrays, Double, HEADER_WORDS, Int, Real, Reason, Status } from "./bindings";
import { RefusedSettings, aligned, type Engine } from "./engine";
import type { Failure } from "./frame";
import type { RunSource, RunState } from "./protocol";

export type ArrayName = keyof typeof Arrays;
type ArrayOf<Name extends ArrayName> = (typeof Arrays)[Name]["dtype"] extends "int32"
  ? Int32Array<ArrayBuffer>
  : Float32Array<ArrayBuffer>;

export class Run {
  readonly #engine: Engine;
  #address: number;

  private constructor(engine: Engine, address: number) {
    this.#engine = engine;
    this.#address = address;
  }

  /** Lay out a run at an address and make its samples; its weights are still to be set. */
  static open(engine: Engine, address: number, source: RunSource): Run {
    engine.reserve(address + HEADER_WORDS * 4);
    engine.words(address, HEADER_WORDS).set(source.header);
    const words = accepted(engine.functions.measure(address));
    engine.reserve(address + words * 4);
    accepted(engine.functions.prepare(address));
    const run = new Run(engine, address);
    if (source.given) {
      const onPlane = run.int("FEATURES") !== 0;
      run.array(onPlane ? "POINTS" : "NETWORK_INPUTS").set(source.given.x);
      run.array("VALUES").set(source.given.values);
    }
    accepted(engine.functions.generate(address));
    return run;
  }

  get address(): number {
    return this.#address;
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

  /** An array of the block, without copying: void as soon as memory grows. */
  array<Name extends ArrayName>(name: Name): ArrayOf<Name> {
    const { slot, dtype, shape } = Arrays[name];
    const start = this.#address + entry(this.#engine.ints(this.#address, HEADER_WORDS), slot) * 4;
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
  get #batch(): number {
    return this.int("BATCH_SIZE") || this.int("TRAIN_SAMPLES");
  }

  reset(): void {
    accepted(this.#engine.functions.reset(this.#address));
  }
  step(count: number): void {
    accepted(this.#engine.functions.step(this.#address, count));
  }
  evaluate(): void {
    accepted(this.#engine.functions.evaluate(this.#address));
  }
  /** Take over what another run has learnt; false where it is not the same network. */
  adopt(other: Run): boolean {
    const status = this.#engine.functions.adopt(this.#address, other.#address);
    return status !== Status.bad_network && accepted(status) >= 0;
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

  /** Change settings that leave the samples and the layout of the block as they are. */
  changeSettings(source: RunSource, slots: ReadonlySet<number>): void {
    const header = this.#engine.words(this.#address, HEADER_WORDS);
    for (const slot of slots) header[slot] = source.header[slot] ?? 0;
    // Writes what follows from the settings, such as the activation of each layer.
    accepted(this.#engine.functions.measure(this.#address));
    this.evaluate();
  }

  /** A copy of all that training changes. */
  snapshot(): RunState {
    return this.#engine.words(this.#address, this.int("STATE_WORDS")).slice();
  }
  /** Put a snapshot back; results are as they were when the run is evaluated next. */
  restore(state: RunState): void {
    if (state.length !== this.int("STATE_WORDS")) {
      throw new RefusedSettings("The saved state does not belong to this network.");
    }
    this.#engine.words(this.#address, state.length).set(state);
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

/** Sentences for the settings that only the engine can refuse; the experiment's checks come before it. */
function accepted(status: number): number {
  if (status >= 0) return status;
  const name = Object.entries(Status).find(([, code]) => code === status)?.[0] ?? String(status);
  throw new RefusedSettings(`The engine cannot run these settings: ${name.replaceAll("_", " ")}.`);
}

function entry(array: { readonly [index: number]: number }, index: number): number {
  return array[index] ?? 0;
}
