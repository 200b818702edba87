/** Weights as NumPy's archive: an array for each name, and a text that says what they are. */

import { refusal } from "../experiment/errors";
import { ABOUT, type About } from "./about";
import { readNpy, writeFloats, writeText } from "./npy";
import { packed, unpacked } from "./npz";
import type { Tensor } from "./tensors";

export function writeWeightsNpz(tensors: readonly Tensor[], about: About): Uint8Array<ArrayBuffer> {
  const arrays = tensors.map(({ name, shape, values }) => [
    name,
    writeFloats(shape, Float32Array.from(values)),
  ]);
  return packed({
    ...(Object.fromEntries(arrays) as Record<string, Uint8Array>),
    [ABOUT]: writeText(JSON.stringify(about)),
  });
}

/** Throws an ExperimentError. */
export function readWeightsNpz(
  file: string,
  bytes: Uint8Array,
): { tensors: Tensor[]; about: unknown } {
  const arrays = [...unpacked(file, bytes)].map(([name, array]) => ({
    name,
    ...readNpy(array, `${name} in ${file}`),
  }));
  const about = arrays.find(({ name }) => name === ABOUT)?.values[0];
  const tensors = arrays
    .filter(({ name }) => name !== ABOUT)
    .map(({ name, shape, values }) => {
      if (values.every((value) => typeof value === "number")) return { name, shape, values };
      throw refusal(`${name} in ${file} holds texts, but must hold numbers.`);
    });
  return { tensors, about: said(about) };
}

/** What a text says as JSON; null where it is none. */
export function said(text: unknown): unknown {
  if (typeof text !== "string") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
