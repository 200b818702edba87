// Makes the page's types, validator and table of settings from the JSON Schema of the Python model.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { compile } from "json-schema-to-typescript";

const SCHEMA = new URL("../src/experiment/schema.json", import.meta.url);
const BINDINGS = new URL("../src/engine/bindings.ts", import.meta.url);
const GENERATED = new URL("../src/experiment/generated/", import.meta.url);

/** What the Python model says of a setting beyond JSON Schema. */
const ANNOTATIONS = ["unit", "slot", "enumeration", "codes", "link", "link_bits"];
/** How Ajv counts characters: with a module of its own, which a browser cannot load. */
const AJV_LENGTH = 'require("ajv/dist/runtime/ucs2length").default';
const NOTE = "// Made from schema.json by `npm run generate`; not to be edited.";

const VALIDATOR_TYPES = `${NOTE}

export declare const validate: {
  (document: unknown): boolean;
  errors?: readonly unknown[] | null;
};
`;

/** Types of the document. A list's length is for the validator to check: as a tuple it could not be edited. */
async function types(schema) {
  return compile(pruned(schema, ["presets", "minItems", "maxItems"]), "Experiment", {
    bannerComment: NOTE,
    format: false,
  });
}

/** A validator without `eval`, as the page's content security policy asks; it fills in defaults. */
function validator(schema) {
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    allowUnionTypes: true,
    messages: false,
    // Errors then carry the schema that they offend, from which sentences are made.
    verbose: true,
    code: { source: true, esm: true },
  });
  const bare = pruned(schema, [...ANNOTATIONS, "presets", "description", "title"]);
  const code = standaloneCode.default(ajv, ajv.compile(bare));
  return `${NOTE}\n${code.replaceAll(AJV_LENGTH, "(text) => [...text].length")}\n`;
}

/** A schema without some keywords. */
function pruned(schema, keywords) {
  if (Array.isArray(schema)) return schema.map((each) => pruned(each, keywords));
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword));
  return Object.fromEntries(
    kept.map(([keyword, value]) => {
      if (keyword === "default") return [keyword, value];
      // What lies right under these is named by the document: a setting may bear a keyword's name.
      const named = keyword === "properties" || keyword === "$defs";
      return [
        keyword,
        named ? mapped(value, (each) => pruned(each, keywords)) : pruned(value, keywords),
      ];
    }),
  );
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

/** Every setting in the order of the document, with its place, limits, words, slot and name in a link. */
function settings(schema) {
  return `${NOTE}

import type { Setting } from "../settings";
import type { Experiment } from "./types";

export const SETTINGS: readonly Setting[] = ${JSON.stringify([...fields(schema, schema, [])], null, 2)};

export const DEFAULT_EXPERIMENT: Experiment = ${JSON.stringify(defaults(schema, schema), null, 2)};

export const DRAWINGS_EXPERIMENT: Experiment = ${JSON.stringify(schema.presets.drawings, null, 2)};
`;
}

function* fields(root, schema, path) {
  for (const [name, declared] of Object.entries(schema.properties)) {
    const inner = followed(root, declared);
    const here = [...path, name];
    if (inner.type === "object") {
      yield* fields(root, inner, here);
      continue;
    }
    const variants = inner.anyOf ?? [inner];
    const list = variants.find(({ type }) => type === "array");
    const items = list ? followed(root, list.items) : {};
    const numeric = variants.find(({ type }) => type === "integer" || type === "number") ?? {};
    yield without({
      path: here,
      shape: shape(list, items),
      description: declared.description,
      ...Object.fromEntries(ANNOTATIONS.map((key) => [key, declared[key]])),
      whole: numeric.type ? numeric.type === "integer" : undefined,
      minimum: numeric.minimum,
      maximum: numeric.maximum,
      below: numeric.exclusiveMaximum,
      names: choices([...variants, items]).filter((choice) => typeof choice === "string"),
      numbers: numeric.enum,
      most: list?.maxItems,
      longest: items.maxLength,
    });
    if (items.type === "object") yield* fields(root, items, [...here, "*"]);
  }
}

/** The names that one of several schemas lists. */
function choices(schemas) {
  return schemas.flatMap((each) => each.enum ?? (each.const === undefined ? [] : [each.const]));
}

function shape(list, items) {
  if (!list) return "value";
  if (items.type === "object") return "layers";
  if (items.type === "array") return "rows";
  return items.type === "string" && !items.enum ? "texts" : "list";
}

function defaults(root, schema) {
  return Object.fromEntries(
    Object.entries(schema.properties).map(([name, declared]) => {
      const inner = followed(root, declared);
      return [name, inner.type === "object" ? defaults(root, inner) : declared.default];
    }),
  );
}

function followed(root, schema) {
  return schema.$ref ? root.$defs[schema.$ref.split("/").at(-1)] : schema;
}

function without(setting) {
  return Object.fromEntries(
    Object.entries(setting).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** Written only where it differs, so that a watching build does not start again for nothing. */
async function write(name, text) {
  const file = new URL(name, GENERATED);
  const before = existsSync(file) ? await readFile(file, "utf8") : undefined;
  if (before !== text) await writeFile(file, text);
}

function need(file, command) {
  if (existsSync(file)) return;
  console.error(`${file.pathname} is missing: make it with \`${command}\`.`);
  process.exit(1);
}

need(SCHEMA, "python -m pellucid.experiment_schema");
need(BINDINGS, "python -m pellucid.compiler");
const schema = JSON.parse(await readFile(SCHEMA, "utf8"));
await mkdir(GENERATED, { recursive: true });
await write("types.ts", await types(schema));
await write("validate.js", validator(schema));
await write("validate.d.ts", VALIDATOR_TYPES);
await write("settings.ts", settings(schema));
