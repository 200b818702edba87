/** Weights as JSON: nested lists by name, a line for each unit. */

import { refusal } from "../experiment/errors";
import { shown } from "../experiment/faults";
import { ABOUT, type About } from "./about";
import { float32Text } from "./decimals";
import type { Tensor } from "./tensors";

export function writeWeightsJson(tensors: readonly Tensor[], about: About): string {
  const weights = tensors.map(({ name, shape, values }) => {
    const [rows = 0, columns] = shape;
    const list = (row: number): string => listOf(values, row * (columns ?? rows), columns ?? rows);
    const lists =
      columns === undefined ? list(0) : nested(Array.from({ length: rows }, (_, k) => list(k)));
    return `  ${JSON.stringify(name)}: ${lists}`;
  });
  return `{\n "${ABOUT}": ${JSON.stringify(about)},\n "weights": {\n${weights.join(",\n")}\n }\n}\n`;
}

function nested(lists: readonly string[]): string {
  return `[\n   ${lists.join(",\n   ")}\n  ]`;
}
function listOf(values: ArrayLike<number>, start: number, length: number): string {
  return `[${Array.from({ length }, (_, k) => float32Text(values[start + k] ?? 0)).join(", ")}]`;
}

/** Arrays by name, and what the file says of itself. Throws an ExperimentError. */
export function readWeightsJson(
  file: string,
  document: Readonly<Record<string, unknown>>,
): { tensors: Tensor[]; about: unknown } {
  const { weights = document, [ABOUT]: about } = document;
  if (typeof weights !== "object" || weights === null || Array.isArray(weights)) {
    throw refusal(`weights in ${file} must be an object with a list for each name.`);
  }
  const named = Object.entries(weights).filter(([name]) => weights !== document || name !== ABOUT);
  return { tensors: named.map(([name, list]) => tensor(file, name, list)), about };
}

function tensor(file: string, name: string, list: unknown): Tensor {
  const rows: readonly unknown[] = Array.isArray(list) ? list : [];
  const lists = rows.filter((row): row is readonly unknown[] => Array.isArray(row));
  if (lists.length === 0) {
    return { name, shape: [rows.length], values: rows.map((each) => number(file, name, each)) };
  }
  const columns = lists[0]?.length ?? 0;
  const odd = rows.findIndex((row) => !Array.isArray(row) || row.length !== columns);
  if (odd >= 0) {
    throw refusal(`${name}[${odd}] in ${file} must be a list of ${columns} numbers, as the first.`);
  }
  const values = lists.flatMap((row) => row.map((each) => number(file, name, each)));
  return { name, shape: [rows.length, columns], values };
}

function number(file: string, name: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw refusal(`${name} in ${file} has ${shown(value)}, but must be lists of numbers.`);
}
