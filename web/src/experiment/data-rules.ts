/** What JSON Schema cannot say of the data. The same rules in the same words as in Python. */

import { hasClasses, type Data } from "./experiment";
import { shown } from "./faults";
import { givenValues, rowsOf } from "./given";

const GIVEN_ONLY = [
  "points",
  "inputs",
  "targets",
  "drawings",
  "class_names",
  "axes",
  "held_out",
] as const;
const SAMPLES = ["points", "inputs", "drawings"] as const;
/** Control characters, and halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cs}]/u;

/** In the order in which they are asked. */
export const DATA_RULES: readonly ((data: Data) => string | null)[] = [
  givenIsComplete,
  classesSuit,
  namesSuit,
  givenClassesExist,
  heldOutSuits,
];

function givenIsComplete(data: Data): string | null {
  if (data.kind !== "given") {
    const named = GIVEN_ONLY.find((name) => data[name] !== null);
    return named
      ? `\`data.${named}\` is only for \`data.kind\` given, which is ${data.kind}.`
      : null;
  }
  if (data.axes && !data.points)
    return "`data.axes` is only for `data.points`, which are not given.";
  const [kind, second] = SAMPLES.filter((name) => data[name] !== null);
  if (kind && second) {
    return `\`data\` of kind given has both ${kind} and ${second}, but must have one or the other.`;
  }
  if (kind === "points") {
    return data.targets
      ? "`data` of kind given has both points and targets, but must have the targets in the points."
      : null;
  }
  if (!kind || !data.targets) {
    return "`data` of kind given must have points, or inputs and targets, or drawings and targets.";
  }
  const rows = rowsOf(data);
  if (rows !== data.targets.length) {
    return `\`data.targets\` has length ${data.targets.length}, but \`data.${kind}\` has length ${rows}.`;
  }
  return data.inputs && alikeWide(data.inputs);
}

function alikeWide(inputs: readonly (readonly number[])[]): string | null {
  const width = inputs[0]?.length ?? 0;
  const odd = inputs.findIndex((row) => row.length !== width);
  return odd < 0
    ? null
    : `\`data.inputs[${odd}]\` has length ${inputs[odd]?.length ?? 0}, but the first row has length ${width}.`;
}

function classesSuit(data: Data): string | null {
  const given = data.kind === "given";
  const most = given ? 10 : hasClasses(data.kind) ? 5 : 2;
  const least = given ? 0 : 2;
  if (data.drawings && data.classes === 0)
    return "`data.classes` is 0, but must be from 2 to 10 for drawings.";
  if (data.classes >= least && data.classes <= most && data.classes !== 1) return null;
  if (given) {
    return "`data.classes` is 1, but must be from 2 to 10 for given data, or 0 for numbers to fit.";
  }
  const allowed = most === 2 ? "2" : `from 2 to ${most}`;
  return `\`data.classes\` is ${data.classes}, but must be ${allowed} for ${data.kind}.`;
}

function namesSuit(data: Data): string | null {
  const { class_names: names, classes } = data;
  const unseen = unseenName("axes", data.axes) ?? unseenName("class_names", names);
  if (unseen !== null || !names) return unseen;
  if (names.length !== classes) {
    return `\`data.class_names\` has ${names.length} entries, but \`data.classes\` is ${classes}.`;
  }
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  return twice === undefined
    ? null
    : `\`data.class_names\` has ${shown(twice)} twice, but each class must have a name of its own.`;
}

function unseenName(
  setting: "axes" | "class_names",
  names: readonly string[] | null,
): string | null {
  const unseen = names?.findIndex((name) => !name.trim() || UNSEEN.test(name)) ?? -1;
  return unseen < 0
    ? null
    : `\`data.${setting}[${unseen}]\` is ${shown(names?.[unseen])}, but must have characters that can be seen.`;
}

function givenClassesExist(data: Data): string | null {
  if (data.kind !== "given" || data.classes === 0) return null;
  const values = givenValues(data);
  const odd = values.findIndex(
    (value) => !Number.isInteger(value) || value < 0 || value >= data.classes,
  );
  if (odd < 0) return null;
  const name = data.points ? `data.points[${odd}][2]` : `data.targets[${odd}]`;
  return `\`${name}\` is ${values[odd] ?? ""}, but must be a class: a whole number from 0 to ${data.classes - 1}.`;
}

function heldOutSuits(data: Data): string | null {
  if (!data.held_out) return null;
  const rows = rowsOf(data);
  const beyond = data.held_out.find((row) => row >= rows);
  if (beyond !== undefined) {
    return `\`data.held_out\` names row ${beyond}, but the rows are 0 to ${rows - 1}.`;
  }
  if (new Set(data.held_out).size < data.held_out.length) {
    return "`data.held_out` names a row twice, but each row can be held out once.";
  }
  return data.held_out.length === rows && rows > 0 && !data.drawings
    ? "`data.held_out` names every row, but at least one must be left to train on."
    : null;
}
