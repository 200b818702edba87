/** The drawings as a file. */

import { drawingsOf, drawnOf } from "../../experiment/drawn";
import type { Experiment } from "../../experiment/experiment";
import { writeCsv } from "./csv";
import { writeNpz } from "./npz";

export type FileKind = "json" | "csv" | "npz";

export interface Saved {
  readonly name: string;
  readonly blob: Blob;
}

const TYPES = { json: "application/json", csv: "text/csv;charset=utf-8", npz: "application/zip" };

/** JSON holds the whole experiment; CSV and NPZ hold the bitmaps, which `bitmap` makes of a drawing's text. */
export function saveDrawings(
  kind: FileKind,
  experiment: Experiment,
  bitmap: (text: string) => Uint8Array,
): Saved {
  const content = contentOf(kind, experiment, bitmap);
  return { name: `drawings.${kind}`, blob: new Blob([content], { type: TYPES[kind] }) };
}

function contentOf(
  kind: FileKind,
  experiment: Experiment,
  bitmap: (text: string) => Uint8Array,
): BlobPart {
  if (kind === "json") return `${JSON.stringify(experiment, null, 2)}\n`;
  const data = drawnOf(experiment);
  const rows = drawingsOf(data).map((drawing) => ({
    ...drawing,
    name: data.class_names[drawing.label] ?? "",
    bits: bitmap(drawing.text),
  }));
  return kind === "csv" ? writeCsv(rows, data.grid) : writeNpz(rows, data.class_names, data.grid);
}
