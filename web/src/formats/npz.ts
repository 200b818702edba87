/** NumPy's archives (.npz): arrays by name, as files in a ZIP archive. */

import { unzipSync, zipSync } from "fflate";
import { refusal } from "../experiment/errors";

/** Bytes of an unpacked array: ten thousand bitmaps of 28 × 28 numbers of 8 bytes, with room to spare. */
const LARGEST = 128 * 1024 * 1024;
/** The same arrays make the same file at any time. */
const DATE = new Date(1980, 0, 1);
const ENDING = ".npy";

/** From arrays as `npy.ts` writes them. */
export function packed(arrays: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(arrays).map(([name, array]) => [name + ENDING, array]);
  return zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, { mtime: DATE });
}

/** The arrays that are wanted, in their order. Throws an ExperimentError. */
export function unpacked(
  file: string,
  bytes: Uint8Array,
  wanted: (name: string) => boolean = () => true,
): ReadonlyMap<string, Uint8Array> {
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) =>
        name.endsWith(ENDING) && originalSize <= LARGEST && wanted(stem(name)),
    });
  } catch {
    throw refusal(`${file} is damaged: it cannot be unpacked.`);
  }
  return new Map(Object.entries(files).map(([name, array]) => [stem(name), array]));
}

function stem(name: string): string {
  return name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : name;
}
