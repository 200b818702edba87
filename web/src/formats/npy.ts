/** NumPy's array files (.npy): numbers and texts, little-endian, in C order. */

import { refusal } from "../experiment/errors";

export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

type Read = (data: DataView, at: number) => number;

const NUMBERS: Readonly<Record<string, readonly [bytes: number, read: Read]>> = {
  "|b1": [1, (data, at) => data.getUint8(at)],
  "|u1": [1, (data, at) => data.getUint8(at)],
  "|i1": [1, (data, at) => data.getInt8(at)],
  "<u2": [2, (data, at) => data.getUint16(at, true)],
  "<i2": [2, (data, at) => data.getInt16(at, true)],
  "<u4": [4, (data, at) => data.getUint32(at, true)],
  "<i4": [4, (data, at) => data.getInt32(at, true)],
  "<u8": [8, (data, at) => Number(data.getBigUint64(at, true))],
  "<i8": [8, (data, at) => Number(data.getBigInt64(at, true))],
  "<f2": [2, (data, at) => half(data.getUint16(at, true))],
  "<f4": [4, (data, at) => data.getFloat32(at, true)],
  "<f8": [8, (data, at) => data.getFloat64(at, true)],
};
const TEXT = /^<U([1-9]\d*)$/;
const MAGIC = "\x93NUMPY";
/** Characters of a header that are read; it tells the type and shape long before. */
const HEADER = 4096;
/** The data begin at a multiple of this, as NumPy has it. */
const ALIGNMENT = 64;

/** Throws an ExperimentError, whose sentence begins with `whose`. */
export function readNpy(bytes: Uint8Array, whose: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, start } = headerOf(bytes, view, whose);
  const descr = /'descr': *'([^']*)'/.exec(header)?.[1] ?? "";
  const shape = (/'shape': *\(([^)]*)\)/.exec(header)?.[1] ?? "").match(/\d+/g)?.map(Number) ?? [];
  if (shape.length > 1 && /'fortran_order': *True/.test(header)) {
    throw refusal(`${whose} is in Fortran order: save np.ascontiguousarray of it.`);
  }
  const count = shape.reduce((product, length) => product * length, 1);
  const letters = Number(TEXT.exec(descr)?.[1] ?? NaN);
  const number = NUMBERS[descr];
  if (!number && Number.isNaN(letters)) {
    throw refusal(`${whose} has the type ${descr}, but must have numbers, truth values or texts.`);
  }
  const size = number ? number[0] : 4 * letters;
  if (view.byteLength - start < count * size) throw refusal(`${whose} is cut: its end is missing.`);
  const values = Array.from({ length: count }, (_, k) => {
    const at = start + k * size;
    return number ? number[1](view, at) : textAt(view, at, letters);
  });
  return { shape, values };
}

/** An array of whole numbers from 0 to 255, or of truth values. */
export function writeBytes(
  descr: "|u1" | "|b1",
  shape: readonly number[],
  values: ArrayLike<number>,
): Uint8Array {
  return written(descr, shape, Uint8Array.from(values));
}

export function writeInt64s(values: readonly number[]): Uint8Array {
  const words = BigInt64Array.from(values, BigInt);
  return written("<i8", [values.length], new Uint8Array(words.buffer));
}

export function writeFloats(shape: readonly number[], values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, k) => {
    view.setFloat32(4 * k, value, true);
  });
  return written("<f4", shape, bytes);
}

/** One text, as an array of no dimensions. */
export function writeText(text: string): Uint8Array {
  const codes = codesOf(text);
  return written(`<U${Math.max(1, codes.length)}`, [], bytesOf(codes, Math.max(1, codes.length)));
}

export function writeTexts(texts: readonly string[]): Uint8Array {
  const codes = texts.map(codesOf);
  const longest = Math.max(1, ...codes.map(({ length }) => length));
  const words = new Uint8Array(4 * texts.length * longest);
  codes.forEach((each, place) => {
    words.set(bytesOf(each, each.length), 4 * place * longest);
  });
  return written(`<U${longest}`, [texts.length], words);
}

function codesOf(text: string): number[] {
  return Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
}

function bytesOf(codes: readonly number[], length: number): Uint8Array {
  const words = new Uint32Array(length);
  words.set(codes);
  return new Uint8Array(words.buffer);
}

/** A number of 16 bits: a sign, five bits of exponent, ten of fraction. */
export function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function headerOf(
  bytes: Uint8Array,
  view: DataView,
  whose: string,
): { header: string; start: number } {
  const isArray = bytes.length > 12 && latin(bytes.subarray(0, 6)) === MAGIC;
  if (!isArray) throw refusal(`${whose} is no array of NumPy.`);
  const short = bytes[6] === 1;
  const from = short ? 10 : 12;
  const start = from + (short ? view.getUint16(8, true) : view.getUint32(8, true));
  return { header: latin(bytes.subarray(from, Math.min(start, from + HEADER))), start };
}

function textAt(view: DataView, at: number, letters: number): string {
  const codes = Array.from({ length: letters }, (_, k) => view.getUint32(at + 4 * k, true));
  const known = codes.filter((code) => code > 0 && code <= 0x10ffff);
  return String.fromCodePoint(...known);
}

function written(descr: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(", ");
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const start = Math.ceil((10 + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + data.length);
  const text = `${MAGIC}\x01\x00\x00\x00${header.padEnd(start - 11)}\n`;
  bytes.set(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  new DataView(bytes.buffer).setUint16(8, start - 10, true);
  bytes.set(data, start);
  return bytes;
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
