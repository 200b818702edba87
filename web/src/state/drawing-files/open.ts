/** Opens a file of drawings, whatever its name says: JSON, NPZ or CSV. */

import type { Reader } from "../../engine/reading";
import { parsed } from "../../experiment/check";
import { completed, drawingsOf, drawnOf, isDrawn } from "../../experiment/drawn";
import { ExperimentError, refusal } from "../../experiment/errors";
import { FileContent } from "./content";
import { readCsv } from "./csv";
import { readNpz } from "./npz";

/** How an archive begins. */
const ZIP = "PK";

/** Throws an ExperimentError with a sentence for the visitor. */
export async function openDrawings(file: File, reader: Reader): Promise<FileContent> {
  const bytes = await bytesOf(file);
  const cells = (bits: Uint8Array, grid: number): string => reader.cells(bits, grid);
  if (String.fromCharCode(...bytes.subarray(0, 2)) === ZIP) return readNpz(file.name, bytes, cells);
  const text = decoded(file.name, bytes);
  return /^\s*[[{]/.test(text) ? readJson(file.name, text) : readCsv(file.name, text, cells);
}

function readJson(file: string, text: string): FileContent {
  const experiment = wholeOf(file, text);
  if (!isDrawn(experiment)) {
    throw refusal(`${file} holds no drawings: it is an experiment of the room Shapes.`);
  }
  const whole = completed(experiment);
  const data = drawnOf(whole);
  const drawings = drawingsOf(data).map(({ text: drawing, label, heldOut }) => {
    return { text: drawing, name: data.class_names[label] ?? "", heldOut };
  });
  return new FileContent(file, drawings, data.class_names, { whole });
}

function wholeOf(file: string, text: string): ReturnType<typeof parsed> {
  try {
    return parsed(text);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw refusal(`${file} cannot be opened. ${error.message}`);
  }
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw refusal(`${file.name} cannot be read: it may have been moved or changed.`);
  }
}

function decoded(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refusal(`${file} is no file of drawings: it is neither text nor an archive of NumPy.`);
  }
}
