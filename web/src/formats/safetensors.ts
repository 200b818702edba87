/** Weights as safetensors: the length of a header of JSON, the header, and the numbers one array behind the other. */

import { refusal } from "../experiment/errors";
import { shown } from "../experiment/faults";
import { ABOUT, type About } from "./about";
import { half } from "./npy";
import type { Tensor } from "./tensors";
import { said } from "./weights-npz";

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

type Read = (data: DataView, at: number) => number;

const NUMBERS: Readonly<Record<string, readonly [bytes: number, read: Read]>> = {
  F64: [8, (data, at) => data.getFloat64(at, true)],
  F32: [4, (data, at) => data.getFloat32(at, true)],
  F16: [2, (data, at) => half(data.getUint16(at, true))],
  BF16: [2, (data, at) => brainFloat(data.getUint16(at, true))],
  I64: [8, (data, at) => Number(data.getBigInt64(at, true))],
  I32: [4, (data, at) => data.getInt32(at, true)],
  I16: [2, (data, at) => data.getInt16(at, true)],
  I8: [1, (data, at) => data.getInt8(at)],
  U64: [8, (data, at) => Number(data.getBigUint64(at, true))],
  U32: [4, (data, at) => data.getUint32(at, true)],
  U16: [2, (data, at) => data.getUint16(at, true)],
  U8: [1, (data, at) => data.getUint8(at)],
};
const METADATA = "__metadata__";
const LENGTH = 8;
/** The numbers begin at a multiple of this. */
const ALIGNMENT = 8;
/** No header of weights is as long. */
const LONGEST_HEADER = 16 * 1024 * 1024;

export function writeSafetensors(
  tensors: readonly Tensor[],
  about: About,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { [METADATA]: { [ABOUT]: JSON.stringify(about) } };
  let end = 0;
  for (const { name, shape, values } of tensors) {
    const start = end;
    end += 4 * values.length;
    header[name] = { dtype: "F32", shape, data_offsets: [start, end] } satisfies Entry;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH + length + end).fill(0x20, LENGTH, LENGTH + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  bytes.set(text, LENGTH);
  let at = LENGTH + length;
  for (const { values } of tensors) {
    for (let k = 0; k < values.length; k++, at += 4) view.setFloat32(at, values[k] ?? 0, true);
  }
  return bytes;
}

/** Whether bytes begin as such a file does: with the length of an object of JSON. */
export function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > LENGTH && bytes[LENGTH] === 0x7b && headerLength(bytes) <= LONGEST_HEADER;
}

/** Throws an ExperimentError. */
export function readSafetensors(
  file: string,
  bytes: Uint8Array,
): { tensors: Tensor[]; about: unknown } {
  const length = headerLength(bytes);
  if (LENGTH + length > bytes.length) throw refusal(`${file} is cut: its end is missing.`);
  const data = bytes.subarray(LENGTH + length);
  const header = headerOf(file, bytes.subarray(LENGTH, LENGTH + length));
  const { [METADATA]: metadata, ...entries } = header;
  const tensors = Object.entries(entries).map(([name, entry]) => tensor(file, name, entry, data));
  const about = (metadata as Readonly<Record<string, unknown>> | undefined)?.[ABOUT];
  return { tensors, about: said(about) };
}

function headerLength(bytes: Uint8Array): number {
  return Number(new DataView(bytes.buffer, bytes.byteOffset, LENGTH).getBigUint64(0, true));
}

function headerOf(file: string, bytes: Uint8Array): Record<string, unknown> {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Record<
      string,
      unknown
    >;
  } catch {
    throw refusal(`${file} is damaged: its header is not JSON.`);
  }
}

function tensor(file: string, name: string, entry: unknown, data: Uint8Array): Tensor {
  if (!isEntry(entry)) throw refusal(`${file} is damaged: ${name} has no dtype, shape and place.`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const number = NUMBERS[dtype];
  if (!number)
    throw refusal(`${name} in ${file} has the type ${shown(dtype)}, but must have numbers.`);
  const [size, read] = number;
  const count = shape.reduce((product, extent) => product * extent, 1);
  const [start, end] = offsets;
  if (end > data.length) throw refusal(`${file} is cut: its end is missing.`);
  if (end - start !== count * size) {
    throw refusal(
      `${file} is damaged: ${name} takes ${end - start} bytes instead of ${count * size}.`,
    );
  }
  const view = new DataView(data.buffer, data.byteOffset + start, end - start);
  const values = Float64Array.from({ length: count }, (_, k) => read(view, k * size));
  return { name, shape, values };
}

function isEntry(entry: unknown): entry is Entry {
  if (typeof entry !== "object" || entry === null) return false;
  const { dtype, shape, data_offsets: offsets } = entry as Partial<Record<keyof Entry, unknown>>;
  return (
    typeof dtype === "string" && areCounts(shape) && areCounts(offsets) && offsets.length === 2
  );
}

function areCounts(list: unknown): list is readonly number[] {
  return Array.isArray(list) && list.every((each) => Number.isSafeInteger(each) && each >= 0);
}

/** The upper half of a float32. */
function brainFloat(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0] ?? 0;
}
