/** Writes a graph as a model of ONNX; the numbers of fields and types are those of its onnx.proto. */

import { PbfWriter } from "pbf";
import { VERSION } from "../../formats/version";
import { TYPES, type Attribute, type Constant, type Graph, type Node, type Value } from "./graph";

/** Of the format, and of the operators: those of 2022 have all that these networks need. */
const IR_VERSION = 8;
const OPERATORS = 17;
const ATTRIBUTE_TYPES = { float: 1, int: 2 } as const;
/** The name of the dimension that any number of rows may have. */
const ROWS = "n";

/** `about` are texts that the model carries along. */
export function modelOf(
  graph: Graph,
  about: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const pbf = new PbfWriter();
  field(pbf, 1, IR_VERSION);
  text(pbf, 2, "pellucid");
  text(pbf, 3, VERSION);
  pbf.writeMessage(7, writeGraph, graph);
  pbf.writeMessage(8, (version, inner) => field(inner, 2, version), OPERATORS);
  for (const entry of Object.entries(about)) pbf.writeMessage(14, writeEntry, entry);
  return new Uint8Array(pbf.finish());
}

function writeGraph(graph: Graph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node);
  text(pbf, 2, "network");
  for (const constant of graph.constants) pbf.writeMessage(5, writeConstant, constant);
  pbf.writeMessage(11, writeValue, graph.input);
  for (const output of graph.outputs) pbf.writeMessage(12, writeValue, output);
}

function writeNode({ operator, inputs, output, attributes }: Node, pbf: PbfWriter): void {
  for (const input of inputs) text(pbf, 1, input);
  text(pbf, 2, output);
  text(pbf, 3, output);
  text(pbf, 4, operator);
  for (const attribute of Object.entries(attributes)) {
    pbf.writeMessage(5, writeAttribute, attribute);
  }
}

function writeAttribute([name, value]: [string, Attribute], pbf: PbfWriter): void {
  text(pbf, 1, name);
  if ("float" in value) {
    pbf.writeTag(2, 5);
    pbf.writeFloat(value.float);
    field(pbf, 20, ATTRIBUTE_TYPES.float);
  } else {
    field(pbf, 3, value.int);
    field(pbf, 20, ATTRIBUTE_TYPES.int);
  }
}

function writeConstant({ name, shape, values }: Constant, pbf: PbfWriter): void {
  for (const extent of shape) field(pbf, 1, extent);
  field(pbf, 2, values instanceof Float32Array ? TYPES.float : TYPES.int64);
  text(pbf, 8, name);
  const { buffer, byteOffset, byteLength } = values;
  pbf.writeTag(9, 2);
  pbf.writeBytes(new Uint8Array(buffer, byteOffset, byteLength));
}

function writeValue(value: Value, pbf: PbfWriter): void {
  text(pbf, 1, value.name);
  pbf.writeMessage(2, writeType, value);
}
function writeType(value: Value, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTensorType, value);
}
function writeTensorType(value: Value, pbf: PbfWriter): void {
  field(pbf, 1, TYPES[value.type]);
  pbf.writeMessage(2, writeShape, value);
}
function writeShape({ columns }: Value, pbf: PbfWriter): void {
  pbf.writeMessage(1, (rows, inner) => text(inner, 2, rows), ROWS);
  if (columns !== null) pbf.writeMessage(1, (extent, inner) => field(inner, 1, extent), columns);
}

function writeEntry([key, value]: [string, string], pbf: PbfWriter): void {
  text(pbf, 1, key);
  text(pbf, 2, value);
}

function field(pbf: PbfWriter, tag: number, value: number): void {
  pbf.writeTag(tag, 0);
  pbf.writeVarint(value);
}
function text(pbf: PbfWriter, tag: number, value: string): void {
  pbf.writeTag(tag, 2);
  pbf.writeString(value);
}
