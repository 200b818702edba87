/**
 * The readable link: an experiment as the part of an address after `#`, with only what differs from the defaults.
 *
 *     #v=1&data=circles&noise=0.3&hidden=4,3&activation=relu&end
 *
 * The same codec as `pellucid/link.py`, which tells the rules; both read their names from the JSON Schema and are
 * held to the same vectors.
 */

import { checked } from "./check";
import { refusal } from "./errors";
import type { Experiment } from "./experiment";
import { PLACES, columnsOf, type Place } from "./places";
import { DEFAULT_EXPERIMENT, valueAt } from "./settings";
import { suggestion } from "./suggestion";
import { NONE, readTexts, writeTexts } from "./texts";

type Scalar = string | number;
type Layers = Record<string, Scalar>[];

const END = "end";
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/** The link of an experiment, from `#` on. */
export function encode(experiment: Experiment): string {
  const parts = [...PLACES]
    .filter(([name, place]) => name !== "v" && differs(place, experiment))
    .map(([name, place]) => `${name}=${text(place, valueAt(experiment, place.path))}`);
  return `#${[`v=${experiment.version}`, ...parts, END].join("&")}`;
}

/** The experiment that a link holds: a whole address, or what follows its `#`. Throws an ExperimentError. */
export function decode(link: string): Experiment {
  const document: Record<string, unknown> = {};
  const columns = new Map<string, { place: Place; entries: Map<string, Scalar[]> }>();
  for (const [name, value] of pairs(link)) {
    const place = placeOf(name);
    if (place.shape === "column") {
      const key = place.path.join(".");
      const column = columns.get(key) ?? { place, entries: new Map<string, Scalar[]>() };
      column.entries.set(place.column, parts(value).map(scalar));
      columns.set(key, column);
    } else {
      put(document, place.path, read(place, value));
    }
  }
  for (const { place, entries } of columns.values())
    put(document, place.path, layers(place, entries));
  return checked(document);
}

/** Whether a name must be written for the value to be found again. */
function differs(place: Place, experiment: Experiment): boolean {
  const value = valueAt(experiment, place.path);
  const usual = valueAt(DEFAULT_EXPERIMENT, place.path);
  if (value === null) return false;
  if (place.shape === "column") {
    const column = (value as Layers).map((layer) => layer[place.column]);
    const usualColumn = (usual as Layers).map((layer) => layer[place.column]);
    if (place.column !== columnsOf(place)[0]) return column.some((each) => each !== usualColumn[0]);
    return String(column) !== String(usualColumn);
  }
  if (place.shape === "bits") return isBinary(value as number[][]);
  if (place.shape === "rows") return !(place.alsoBits && isBinary(value as number[][]));
  return usual === null || text(place, value) !== text(place, usual);
}

function text(place: Place, value: unknown): string {
  switch (place.shape) {
    case "value":
      return `${value as Scalar}`;
    case "rows":
      return (value as number[][]).map((row) => row.join(",")).join(";") || NONE;
    case "bits":
      return (value as number[][]).map((row) => row.join("")).join(";");
    case "list":
      return (value as Scalar[]).join(",") || NONE;
    case "texts":
      return writeTexts(value as string[]);
    case "column": {
      const entries = (value as Layers).map((layer) => layer[place.column]);
      const alike = place.column !== columnsOf(place)[0] && new Set(entries).size === 1;
      return (alike ? entries.slice(0, 1) : entries).join(",") || NONE;
    }
  }
}

/** Names and texts of a link; refuses one that was cut, or names something twice. */
function pairs(link: string): Map<string, string> {
  const fragment = unquoted(link.includes("#") ? link.slice(link.indexOf("#") + 1) : link).trim();
  const found = fragment === "" ? [] : fragment.split("&");
  if (found[0]?.split("=")[0] === "v" && found.at(-1) !== END) {
    throw refusal(
      "The link is incomplete: its end ('&end') is missing, so a part of it may have been lost.",
    );
  }
  if (found.at(-1) === END) found.pop();
  const result = new Map<string, string>();
  for (const part of found) {
    const equals = part.indexOf("=");
    if (equals < 0 || equals === part.length - 1) {
      throw refusal(
        `The link is broken at '${part.slice(0, 40)}': a name, = and a value must stand there.`,
      );
    }
    const name = part.slice(0, equals);
    if (result.has(name)) throw refusal(`The link names '${name}' twice.`);
    result.set(name, part.slice(equals + 1));
  }
  return result;
}

function placeOf(name: string): Place {
  const place = PLACES.get(name);
  if (place) return place;
  const end = suggestion(name, [...PLACES.keys()]) || ".";
  throw refusal(`The link's name '${name.slice(0, 40)}' is not known${end}`);
}

function read(place: Place, value: string): unknown {
  if (place.shape === "value") return scalar(value);
  if (place.shape === "list") return parts(value).map(scalar);
  if (place.shape === "texts") return readTexts(value);
  const rows = value === NONE ? [] : value.split(";");
  if (place.shape === "rows") return rows.map((row) => row.split(",").map(scalar));
  return rows.map((row) => Array.from(row, (bit) => (/[01]/.test(bit) ? Number(bit) : bit)));
}

function parts(value: string): string[] {
  return value === NONE ? [] : value.split(",");
}

function scalar(value: string): Scalar {
  return NUMBER.test(value) ? Number(value) : value;
}

/** Layers from their settings; one value stands for all layers. */
function layers(place: Place, columns: ReadonlyMap<string, Scalar[]>): Layers {
  const [first = "", ...others] = columnsOf(place);
  const usual = valueAt(DEFAULT_EXPERIMENT, place.path) as Layers;
  const counts = columns.get(first) ?? usual.map((layer) => layer[first] ?? 0);
  const result: Layers = counts.map((count) => ({ [first]: count }));
  for (const name of others) {
    const entries = columns.get(name) ?? [usual[0]?.[name] ?? ""];
    if (entries.length !== 1 && entries.length !== result.length) {
      throw refusal(
        `The link's '${name}' has ${entries.length} entries, but must have one, or one for each of ${result.length} layers.`,
      );
    }
    result.forEach((layer, index) => {
      layer[name] = entries[entries.length > 1 ? index : 0] ?? "";
    });
  }
  return result;
}

function put(document: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const last = path.at(-1) ?? "";
  let part = document;
  for (const name of path.slice(0, -1)) part = (part[name] ??= {}) as Record<string, unknown>;
  part[last] = value;
}

function isBinary(rows: readonly number[][]): boolean {
  return rows.every((row) => row.every((number) => number === 0 || number === 1));
}

/** Percent signs are for characters that an address cannot hold; a lone one is left as it is. */
function unquoted(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
