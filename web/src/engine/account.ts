/** The account of an update: what each of its numbers was made from, by the engine, in two copies of the run's block. */

import { Arrays, Int, Record, Status } from "./bindings";
import { aligned, type Engine } from "./engine";
import type { Run } from "./run";

export type RecordName = keyof typeof Record;

/** A record of the engine: which, and of what. */
export interface RecordRef {
  readonly kind: RecordName;
  readonly layer: number;
  readonly unit: number;
  /** An input of the layer; −1 for the bias. */
  readonly source: number;
}

/** A parameter; source −1 is the bias. */
export type ParameterPlace = Omit<RecordRef, "kind">;

/** What an account is asked for; the page asks anew whenever it looks at something else. */
export interface AccountRequest {
  /** The sample that the update is made on alone; null for the next batch. */
  readonly sample: number | null;
  /** Which sample of the next batch is looked at. */
  readonly place: number;
  readonly records: readonly RecordRef[];
  /** A parameter to be moved by ± ε. */
  readonly nudge: { readonly place: ParameterPlace; readonly epsilon: number } | null;
  /** A parameter to be moved from low to high, and at how many places. */
  readonly trace: {
    readonly place: ParameterPlace;
    readonly low: number;
    readonly high: number;
    readonly count: number;
  } | null;
}

/** The numbers of an account, all from the engine's memory. */
export interface Account {
  readonly request: AccountRequest;
  /** The sample that is looked at. */
  readonly sample: number;
  /** Samples of the update, in the order of its sums. */
  readonly batch: Int32Array;
  /** Whether a number became NaN or infinite in the update. */
  readonly diverges: boolean;
  /** (units, 3): z, a, δ of every unit, column by column from the inputs on. */
  readonly units: Float32Array;
  /** The same after the update. */
  readonly unitsAfter: Float32Array;
  /** Parameters before the update and after it, and ∂L/∂w: as in the block, see `parameterIndex`. */
  readonly parameters: Float32Array;
  readonly parametersAfter: Float32Array;
  readonly gradients: Float32Array;
  /** As asked for; empty where there is no such number. */
  readonly records: readonly Float32Array[];
  /** The sample's loss after the update. */
  readonly lossAfter: Float32Array;
  /** L(w), L(w − ε), L(w + ε), the slope between them, ∂L/∂w; null unless asked for. */
  readonly nudge: Float32Array | null;
  /** L at the places asked for; null unless asked for. */
  readonly trace: Float32Array | null;
}

const NUDGE = 5;
/** Numbers of a record apart from its terms, and of a term. */
const HEAD = 32;
const TERM = 4;

/** Account for the next update of a run, which stays as it is; null where there is none to be made. */
export function account(engine: Engine, run: Run, request: AccountRequest): Account | null {
  if (run.diverged) return null;
  const { sample, place } = request;
  const samples = run.int("SAMPLES");
  if (sample === null ? run.int("TRAIN_SAMPLES") === 0 : sample >= samples) return null;
  const before = run.end;
  const units = run.widths.reduce((sum, width) => sum + width, 0);
  const words = run.int("WORDS");
  const after = aligned(before + 4 * words);
  const out = aligned(after + 4 * words);
  const room = HEAD + TERM * Math.max(samples, ...run.widths) + 3 * units;
  engine.reserve(out + 4 * Math.max(room, request.trace?.count ?? 0));
  engine.move(run.address, before, words);
  engine.move(run.address, after, words);
  const { functions } = engine;
  const status = functions.account(before, after, sample === null ? 0 : 1, sample ?? place);
  if (status < 0) return null;

  const floats = (length: number): Float32Array => engine.floats(out, length).slice();
  const read = ({ kind, layer, unit, source }: RecordRef, from = before): Float32Array =>
    floats(Math.max(0, functions.record(from, after, Record[kind], layer, unit, source, out)));
  const unitsOf = (block: number): Float32Array => {
    functions.account_units(block, out);
    return floats(3 * units);
  };
  const header = engine.ints(before, words);
  const batch = batchOf(header, run.int("POSITION"));
  const array = (block: number, name: "PARAMETERS" | "GRADIENTS"): Float32Array => {
    const start = run.startOf(name);
    return engine.floats(block + 4 * start, run.int("PARAMETER_COUNT")).slice();
  };
  const [nudge, trace] = [request.nudge, request.trace];
  return {
    request,
    sample: header[Int.ACCOUNT_SAMPLE] ?? 0,
    batch,
    diverges: status === Status.diverged,
    units: unitsOf(before),
    unitsAfter: unitsOf(after),
    parameters: array(before, "PARAMETERS"),
    parametersAfter: array(after, "PARAMETERS"),
    gradients: array(after, "GRADIENTS"),
    records: request.records.map((ref) => read(ref)),
    lossAfter: read({ kind: "loss", layer: 0, unit: 0, source: -1 }, after),
    nudge: nudge && refuse(nudged(), NUDGE),
    trace: trace && refuse(traced(), trace.count),
  };

  function nudged(): number {
    if (!nudge) return -1;
    const { layer, unit, source } = nudge.place;
    return functions.nudge(before, after, layer, unit, source, nudge.epsilon, out);
  }
  function traced(): number {
    if (!trace) return -1;
    const { layer, unit, source } = trace.place;
    return functions.trace(before, layer, unit, source, trace.low, trace.high, trace.count, out);
  }
  function refuse(given: number, length: number): Float32Array | null {
    return given < 0 ? null : floats(length);
  }
}

function batchOf(header: Int32Array, position: number): Int32Array {
  const alone = header[Int.ACCOUNT_ALONE] === 1;
  const start = alone ? Int.ACCOUNT_SAMPLE : (header[Arrays.ORDER.slot] ?? 0) + position;
  return header.slice(start, start + (header[Int.ACCOUNT_SIZE] ?? 0));
}

/** Place of a parameter in the arrays of an account; the bias of a unit has source −1. */
export function parameterIndex(
  widths: readonly number[],
  { layer, unit, source }: ParameterPlace,
): number {
  let start = 0;
  for (let before = 0; before < layer; before++) {
    start += ((widths[before] ?? 0) + 1) * (widths[before + 1] ?? 0);
  }
  const row = source < 0 ? (widths[layer] ?? 0) : source;
  return start + row * (widths[layer + 1] ?? 0) + unit;
}

/** Place of a unit in the arrays of units; column 0 is the inputs. */
export function unitIndex(widths: readonly number[], column: number, unit: number): number {
  return widths.slice(0, column).reduce((sum, width) => sum + width, 0) + unit;
}
