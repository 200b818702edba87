/** What an experiment writes into the engine's memory, by the table that the Python package uses too. */

import * as bindings from "../engine/bindings";
import type { GivenDrawings, GivenSamples, RunSource } from "../engine/protocol";
import type { Data, Experiment } from "./experiment";
import { givenValues } from "./given";
import { SETTINGS, valueAt, type Setting } from "./settings";
import { splitRows } from "./split";

const { HEADER_WORDS, Int, Real } = bindings;
const ENUMERATIONS = bindings as unknown as Readonly<
  Record<string, Readonly<Record<string, number>>>
>;

/** The header with every setting written, and given samples. */
export function sourceOf(experiment: Experiment): RunSource {
  const header = new Header();
  for (const setting of SETTINGS) write(header, setting, experiment);
  const given = experiment.data.kind === "given" ? writeGiven(header, experiment.data) : null;
  return { header: header.words, given };
}

class Header {
  readonly words = new Uint32Array(HEADER_WORDS);
  readonly #ints = new Int32Array(this.words.buffer);
  readonly #floats = new Float32Array(this.words.buffer);

  set(slot: string, value: number, index = 0): void {
    if (slot in Real) this.#floats[Real[slot as keyof typeof Real] + index] = value;
    else this.#ints[Int[slot as keyof typeof Int] + index] = value;
  }
}

function write(header: Header, setting: Setting, experiment: Experiment): void {
  const { path, shape, slot } = setting;
  if (slot === undefined) return;
  const star = path.indexOf("*");
  if (star >= 0) {
    const layers = valueAt(experiment, path.slice(0, star)) as Record<string, unknown>[];
    const name = path[star + 1] ?? "";
    layers.forEach((layer, index) => header.set(slot, code(setting, layer[name]), index));
    return;
  }
  const value = valueAt(experiment, path);
  header.set(slot, shape === "layers" ? (value as unknown[]).length : code(setting, value));
}

/** A number as it is, a name by its code, a list of names as a bit for each. */
function code(setting: Setting, value: unknown): number {
  if (typeof value === "number") return value;
  if (Array.isArray(value))
    return value.reduce<number>((mask, name) => mask | (1 << code(setting, name)), 0);
  const name = String(value);
  const found = setting.codes?.[name] ?? ENUMERATIONS[setting.enumeration ?? ""]?.[name];
  if (found === undefined)
    throw new RangeError(`${setting.path.join(".")} has no code for ${name}`);
  return found;
}

/** Settings of given data, and their samples, those trained on first. */
function writeGiven(header: Header, data: Data): GivenSamples | GivenDrawings {
  const { train, heldOut } = splitRows(data);
  const order = [...train, ...heldOut];
  header.set("SAMPLES", order.length);
  header.set("TEST_SAMPLES", heldOut.length);
  const targets = givenValues(data);
  const values = Float32Array.from(order, (row) => targets[row] ?? 0);
  if (data.drawings) {
    const { drawings, grid } = data;
    writeInputs(header, grid * grid, true);
    return { drawings: order.map((row) => drawings[row] ?? ""), grid, values };
  }
  const rows = data.points?.map((row) => row.slice(0, 2)) ?? data.inputs ?? [];
  const x = Float32Array.from(order.flatMap((row) => rows[row] ?? []));
  if (data.inputs) {
    const bits = x.every((value) => value === 0 || value === 1);
    writeInputs(header, data.inputs[0]?.length ?? 0, bits);
  }
  return { x, values };
}

/** Inputs that are not features of the plane. */
function writeInputs(header: Header, inputs: number, bits: boolean): void {
  header.set("FEATURES", 0);
  header.set("INPUTS", inputs);
  header.set("BITS", bits ? 1 : 0);
}
