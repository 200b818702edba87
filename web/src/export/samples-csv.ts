/** The samples as CSV: points in the units of the data or given inputs, what is held out, and the label at the end. */

import { Int } from "../engine/bindings";
import type { Frame } from "../engine/frame";
import { toReal } from "../engine/scaling";
import type { Data, Experiment } from "../experiment/experiment";
import { givenValues } from "../experiment/given";
import { splitRows } from "../experiment/split";
import { inputNames } from "../formats/about";
import { float32Text, floatText } from "../formats/decimals";

/** A sample: numbers of 64 bits where they were given, of 32 bits where the engine made them. */
interface Row {
  readonly numbers: readonly string[];
  readonly heldOut: boolean;
  readonly value: number;
  readonly valueText: string;
}

/** Given samples stand in their own order, generated ones in the order of the engine. */
export function samplesCsv(frame: Frame, experiment: Experiment): string {
  const { data } = experiment;
  const given = data.points ?? data.inputs;
  const names = data.inputs ? inputNames(frame, experiment) : (data.axes ?? ["x1", "x2"]);
  const rows = given ? givenRows(data, given) : generatedRows(frame);
  const classes = frame.classes > 0;
  const lines = rows.map(({ numbers, heldOut, value, valueText }) => [
    ...numbers,
    heldOut ? "1" : "0",
    classes ? (data.class_names?.[value] ?? String(value)) : valueText,
  ]);
  const table = [[...names, "held_out", classes ? "class" : "value"], ...lines];
  return [...table.map((cells) => cells.map(quoted).join(",")), ""].join("\r\n");
}

function givenRows(data: Data, given: readonly (readonly number[])[]): Row[] {
  const heldOut = new Set(splitRows(data).heldOut);
  const width = data.points ? 2 : Infinity;
  const values = givenValues(data);
  return given.map((row, place) => ({
    numbers: row.slice(0, width).map(floatText),
    heldOut: heldOut.has(place),
    value: values[place] ?? 0,
    valueText: floatText(values[place] ?? 0),
  }));
}

function generatedRows({ points, values, samples, trainSamples, scaling, header }: Frame): Row[] {
  if (header[Int.FEATURES] === 0) return [];
  return Array.from({ length: samples }, (_, row) => ({
    numbers: [
      float32Text(Math.fround(toReal(scaling.x1, points[2 * row] ?? 0))),
      float32Text(Math.fround(toReal(scaling.x2, points[2 * row + 1] ?? 0))),
    ],
    heldOut: row >= trainSamples,
    value: values[row] ?? 0,
    valueText: float32Text(values[row] ?? 0),
  }));
}

/** Quotation marks where a name needs them. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
