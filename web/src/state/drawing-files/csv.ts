/** Bitmaps as CSV: a line for each drawing, with the name of its class and a 0 or 1 for each cell, row by row. */

import { refusal } from "../../experiment/errors";
import { shown } from "../../experiment/faults";
import { gridOf } from "./bitmaps";
import { FileContent, type Labelled } from "./content";

/** Turns the bits of a bitmap into the text of a drawing. */
export type CellsWriter = (bits: Uint8Array, grid: number) => string;

const HEADER = /^"?label"?,"?p0"?,/;
const QUOTED = /^"((?:[^"]|"")*)"(?:,|$)/;

export function writeCsv(
  rows: readonly { readonly name: string; readonly bits: Uint8Array }[],
  grid: number,
): string {
  const cells = Array.from({ length: grid * grid }, (_, cell) => `p${cell}`);
  const lines = rows.map(({ name, bits }) => [quoted(name), ...bits].join(","));
  return [["label", ...cells].join(","), ...lines, ""].join("\r\n");
}

/** Throws an ExperimentError with the line that is at fault. */
export function readCsv(file: string, text: string, cells: CellsWriter): FileContent {
  const lines = text.split(/\r\n|\n|\r/);
  const [header = ""] = lines;
  if (!HEADER.test(header)) {
    throw refusal(
      `${file} is no file of drawings: it must be JSON, NPZ, or CSV that begins with the line label,p0,p1,… and has a 0 or 1 for each cell.`,
    );
  }
  const grid = gridOf(header.split(",").length - 1, `The first line of ${file}`);
  const drawings: Labelled[] = [];
  lines.forEach((line, place) => {
    if (place === 0 || line.trim() === "") return;
    const { name, rest } = labelOf(line);
    const bits = bitsOf(rest, grid, `Line ${place + 1} of ${file}`);
    drawings.push({ text: cells(bits, grid), name, heldOut: false });
  });
  const names = drawings.map(({ name }) => name);
  return new FileContent(file, drawings, names, { grid });
}

function labelOf(line: string): { name: string; rest: string } {
  const found = QUOTED.exec(line);
  if (found)
    return { name: (found[1] ?? "").replaceAll('""', '"'), rest: line.slice(found[0].length) };
  const comma = line.indexOf(",");
  return comma < 0
    ? { name: line, rest: "" }
    : { name: line.slice(0, comma), rest: line.slice(comma + 1) };
}

function bitsOf(rest: string, grid: number, line: string): Uint8Array {
  const fields = rest === "" ? [] : rest.split(",").map((field) => field.trim());
  if (fields.length !== grid * grid) {
    throw refusal(`${line} has ${fields.length} cells, but the first line names ${grid * grid}.`);
  }
  const odd = fields.findIndex((field) => field !== "0" && field !== "1");
  if (odd >= 0)
    throw refusal(`${line} has ${shown(fields[odd])} as p${odd}, but must have 0 or 1.`);
  return Uint8Array.from(fields, Number);
}

function quoted(name: string): string {
  return /[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
