/** Opens a file of weights, whatever its name says: JSON, NPZ or safetensors. */

import { refusal } from "../experiment/errors";
import type { Experiment } from "../experiment/experiment";
import { experimentIn } from "./about";
import { unpacked } from "./npz";
import { isSafetensors, readSafetensors } from "./safetensors";
import { assembled, type Layer, type Tensor } from "./tensors";
import { readWeightsJson } from "./weights-json";
import { readWeightsNpz } from "./weights-npz";

/** The weights in a file. */
export interface OpenedWeights {
  /** Name of the file. */
  readonly file: string;
  readonly layers: readonly Layer[];
  /** What the file says of the network that they are from: the names of its inputs, the activation of each layer. */
  readonly inputs: readonly string[] | null;
  readonly activations: readonly string[] | null;
  /** The experiment that they are from, where the file holds it. */
  readonly experiment: Experiment | null;
}

/** More than the largest network takes, as text. */
const LARGEST = 128 * 1024 * 1024;
const ZIP = "PK";
const NAME = /(?:^|\.)\d+\.(weight|bias)$/;

/** The weights in a file; null if it holds something else. Throws an ExperimentError. */
export async function openWeights(file: File): Promise<OpenedWeights | null> {
  if (file.size > LARGEST) {
    const megabytes = (size: number): number => Math.round(size / 1024 ** 2);
    throw refusal(
      `${file.name} has ${megabytes(file.size)} MB, but a file to open may have ${megabytes(LARGEST)} MB at most.`,
    );
  }
  const bytes = await bytesOf(file);
  const content = contentOf(file.name, bytes);
  if (!content) return null;
  const layers = assembled(file.name, content.tensors);
  const { inputs, activations } = { ...(content.about as Partial<Record<string, unknown>> | null) };
  return {
    file: file.name,
    layers,
    inputs: textsIn(inputs),
    activations: textsIn(activations),
    experiment: experimentIn(content.about),
  };
}

function contentOf(file: string, bytes: Uint8Array): { tensors: Tensor[]; about: unknown } | null {
  if (String.fromCharCode(...bytes.subarray(0, 2)) === ZIP) {
    return hasWeights(file, bytes) ? readWeightsNpz(file, bytes) : null;
  }
  if (isSafetensors(bytes)) return readSafetensors(file, bytes);
  const document = documentOf(bytes);
  const named = document && Object.keys(document).some((name) => NAME.test(name));
  return document && ("weights" in document || named) ? readWeightsJson(file, document) : null;
}

/** Whether an archive has a name of weights; bitmaps have others. */
function hasWeights(file: string, bytes: Uint8Array): boolean {
  let found = false;
  unpacked(file, bytes, (name) => {
    found ||= NAME.test(name);
    return false;
  });
  return found;
}

function textsIn(list: unknown): readonly string[] | null {
  return Array.isArray(list) && list.every((each) => typeof each === "string") ? list : null;
}

/** An object of JSON; null for anything else, which is told by whoever wants it. */
function documentOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const found: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof found === "object" && found !== null && !Array.isArray(found)
      ? { ...found }
      : null;
  } catch {
    return null;
  }
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw refusal(`${file.name} cannot be read: it may have been moved or changed.`);
  }
}
