/** From the validator's errors to sentences, in the words of the Python package. */

import type { Fault } from "./errors";
import { suggestion } from "./suggestion";

export interface Schema {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** An error as Ajv reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema: Schema;
  readonly data: unknown;
}

const LONGEST = 40;

/** One fault for each place of the document. */
export function faultsOf(errors: readonly SchemaError[]): Fault[] {
  const faults = new Map<string, string>();
  for (const error of errors) {
    const place = pathInWords(error.instancePath);
    if (error.keyword === "additionalProperties") {
      const name = String(error.params["additionalProperty"]);
      const path = place ? `${place}.${name}` : name;
      faults.set(path, unknown(path, name, error.parentSchema));
    } else if (error.keyword === "anyOf" || !faults.has(place)) {
      faults.set(place, sentence(place, error.parentSchema, error.data));
    }
  }
  const places = [...faults.keys()];
  return (
    [...faults]
      // A list whose entries are at fault is not blamed a second time.
      .filter(([path]) => !places.some((deeper) => isWithin(deeper, path)))
      .map(([path, sentence]) => ({ path, sentence }))
  );
}

/** What a schema allows, in words. */
export function allowed(schema: Schema): string {
  if (schema.anyOf) return either(schema.anyOf.map(allowed));
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum) return `one of ${either(schema.enum.map(String))}`;
  if (schema.type === "integer") return `a whole number${limits(schema)}`;
  if (schema.type === "number") return `a number${limits(schema)}`;
  if (schema.type === "array") return `a list of ${count(schema)}`;
  if (schema.type === "string") return characters(schema);
  return schema.type === "null" ? "nothing" : "an object with named settings";
}

/** A value as it is shown in a sentence: short, and as JSON where it can be. */
export function shown(value: unknown): string {
  if (typeof value === "string") return `'${shortened(value)}'`;
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return shortened(String(value));
}

/** Names with commas between them and a word before the last. */
export function either(names: readonly string[], word = "or"): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${word} ${last}`;
}

function sentence(path: string, schema: Schema, value: unknown): string {
  const place = path ? `\`${path}\`` : "The document";
  const variants = schema.anyOf ?? [schema];
  const list = variants.find(({ type }) => type === "array");
  if (Array.isArray(value) && list) {
    const entries = value.length === 1 ? "1 entry" : `${value.length} entries`;
    return `${place} has ${entries}, but must be ${allowed(list)}.`;
  }
  const names = variants.flatMap(namesOf);
  const end = typeof value === "string" ? suggestion(value, names) : "";
  return `${place} is ${shown(value)}, but must be ${allowed(schema)}${end || "."}`;
}

function unknown(path: string, name: string, parent: Schema): string {
  const names = Object.keys(parent.properties ?? {});
  return `\`${path}\` is not a setting; known are ${either(names, "and")}${suggestion(name, names) || "."}`;
}

function namesOf(schema: Schema): readonly string[] {
  const names = schema.enum ?? [schema.const];
  return names.filter((name) => typeof name === "string");
}

function limits({ minimum, maximum, exclusiveMaximum }: Schema): string {
  if (minimum === undefined) return "";
  if (maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  return exclusiveMaximum === undefined ? "" : ` from ${minimum} to below ${exclusiveMaximum}`;
}

function count({ minItems = 0, maxItems = Infinity }: Schema): string {
  return minItems === maxItems ? `${minItems} entries` : `${minItems} to ${maxItems} entries`;
}

function characters({ pattern, minLength = 0, maxLength = Infinity }: Schema): string {
  return pattern === undefined
    ? `a text of ${minLength} to ${maxLength} characters`
    : "a drawing as text";
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** `/network/hidden/0/units` as `network.hidden[0].units`. */
function pathInWords(pointer: string): string {
  const steps = pointer.split("/").slice(1);
  return steps.reduce((path, step) => {
    if (/^\d+$/.test(step)) return `${path}[${step}]`;
    return path ? `${path}.${step}` : step;
  }, "");
}

function isWithin(deeper: string, path: string): boolean {
  return path !== "" && (deeper.startsWith(`${path}[`) || deeper.startsWith(`${path}.`));
}
