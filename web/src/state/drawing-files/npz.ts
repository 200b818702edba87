/** Bitmaps as NumPy's archive: X (n, cells) of 0 and 1, y (n,) classes, names of the classes, held_out (n,). */

import { refusal } from "../../experiment/errors";
import { readNpy, writeBytes, writeInt64s, writeTexts, type NpyArray } from "../../formats/npy";
import { packed, unpacked } from "../../formats/npz";
import { gridOf } from "./bitmaps";
import { FileContent } from "./content";
import type { CellsWriter } from "./csv";

const ARRAYS = ["X", "y", "names", "held_out"] as const;
type ArrayName = (typeof ARRAYS)[number];

export function writeNpz(
  rows: readonly { readonly label: number; readonly heldOut: boolean; readonly bits: Uint8Array }[],
  names: readonly string[],
  grid: number,
): Uint8Array<ArrayBuffer> {
  const count = rows.length;
  const cells = rows.flatMap(({ bits }) => [...bits]);
  return packed({
    X: writeBytes("|u1", [count, grid * grid], cells),
    y: writeInt64s(rows.map(({ label }) => label)),
    names: writeTexts(names),
    held_out: writeBytes(
      "|b1",
      [count],
      rows.map(({ heldOut }) => Number(heldOut)),
    ),
  });
}

/** Throws an ExperimentError with the array that is at fault. */
export function readNpz(file: string, bytes: Uint8Array, cells: CellsWriter): FileContent {
  const arrays = arraysOf(file, bytes);
  const { X, y } = arrays;
  if (!X || !y) {
    throw refusal(
      `${file} has no array ${X ? "y" : "X"}: it must have X (n, cells) with the bitmaps and y (n,) with their classes.`,
    );
  }
  const [count = 0, ...sides] = X.shape;
  const width = sides.reduce((product, side) => product * side, 1);
  const grid = gridOf(width, `Each row of X in ${file}`);
  for (const [name, array] of Object.entries({ y, held_out: arrays.held_out })) {
    if (array && array.values.length !== count) {
      throw refusal(
        `${name} in ${file} has length ${array.values.length}, but X has ${count} rows.`,
      );
    }
  }
  const names = labelsOf(file, y, arrays.names);
  const drawings = names.map((name, row) => {
    const bits = X.values.slice(row * width, (row + 1) * width);
    const odd = bits.findIndex((bit) => bit !== 0 && bit !== 1);
    if (odd >= 0) {
      throw refusal(
        `Row ${row} of X in ${file} has ${String(bits[odd])} in cell ${odd}, but must have 0 or 1.`,
      );
    }
    const heldOut = Boolean(arrays.held_out?.values[row]);
    return { text: cells(Uint8Array.from(bits, Number), grid), name, heldOut };
  });
  return new FileContent(file, drawings, (arrays.names?.values ?? names).map(String), { grid });
}

function arraysOf(file: string, bytes: Uint8Array): Partial<Record<ArrayName, NpyArray>> {
  const files = unpacked(file, bytes, (name) => ARRAYS.some((array) => array === name));
  const present = ARRAYS.flatMap((name) => {
    const array = files.get(name);
    return array ? [[name, readNpy(array, `${name} in ${file}`)] as const] : [];
  });
  return Object.fromEntries(present);
}

/** The name of each row's class: y counts the names; without names it is the name itself. */
function labelsOf(file: string, y: NpyArray, names: NpyArray | undefined): string[] {
  return y.values.map((label, row) => {
    if (typeof label === "string" || !names) return String(label);
    const name = names.values[label];
    if (name === undefined) {
      throw refusal(
        `y in ${file} is ${label} in row ${row}, but must be the number of a name, from 0 to ${names.values.length - 1}.`,
      );
    }
    return String(name);
  });
}
