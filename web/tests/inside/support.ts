/** Lines of accounts from the engine, and a reader of written formulas that works out what they say. */

import { runInThisContext } from "node:vm";
import { Talk, loadEngine, source } from "../engine/support";
import { BAR, CROSS, RING, drawn } from "../engine/drawn";
import type { Frame } from "../../src/engine/frame";
import type { RunSource } from "../../src/engine/protocol";
import { linesOf, type Line } from "../../src/inside/lines";
import type { MathNode } from "../../src/inside/math";
import { recordsOf, stagesOf, type Subject } from "../../src/state/subject";

export interface Looked {
  readonly frame: Frame;
  readonly lines: readonly Line[];
}

/** What one sees who walks through an update of a run, some updates after its start; then the weights one by one. */
export async function walk(from: RunSource, sample: number | null, updates = 3): Promise<Looked> {
  const talk = new Talk(await loadEngine());
  talk.command({ type: "open", source: from, keep: false });
  talk.command({ type: "advance", unit: "update", count: updates });
  const { widths } = talk.frame();
  const stops = stagesOf(widths).flatMap(({ subjects }) => subjects);
  const parameters = stops.flatMap((stop): Subject[] =>
    stop.kind === "step"
      ? [-1, 0].map((input) => ({ ...stop, kind: "parameter", source: input }))
      : [],
  );
  const records = [...stops, ...parameters].flatMap((subject) =>
    recordsOf(subject, widths.length - 1),
  );
  const request = { sample, place: 0, records, nudge: null, trace: null };
  talk.host.receive({ type: "account", request });
  const frame = talk.frame();
  if (!frame.account) throw new Error("there is no account");
  return { frame, lines: linesOf(frame.account, frame) };
}

/** Runs that have every formula between them: with a sample each, or null for the next batch. */
export function everything(): readonly (readonly [string, RunSource, number | null])[] {
  const activations = ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu", "sine"];
  const optimizers = ["sgd", "momentum", "rmsprop", "adam"];
  const penalties = ["none", "l1", "l2"];
  const drawings = [CROSS, RING, BAR, `${CROSS}.${BAR}`];
  const trainings = optimizers.flatMap((optimizer) =>
    penalties.map((regularizer) => ({
      optimizer,
      regularizer,
      regularization_rate: 0.05,
      learning_rate: 0.05,
    })),
  );
  const shapes = trainings.flatMap((training, k) =>
    [1, 3].flatMap((batch_size) => {
      const hidden = [{ units: 3, activation: activations[k % 7] }, { units: 2 }];
      const rest = { ...training, batch_size, ...(k % 2 ? { loss: "squared_error" } : {}) };
      const data = k % 3 ? { kind: "blobs", classes: 3 } : {};
      const network = { hidden, seed: k };
      return [
        [`points ${k}, ${batch_size}`, source({ data, network, training: rest }), null] as const,
      ];
    }),
  );
  const bitmaps = trainings.flatMap((training, k) => {
    const hidden = [{ units: 3, activation: activations[(k + 3) % 7] }];
    const from = drawn({ drawings, hidden, training });
    return [[`drawings ${k}`, from, null] as const, [`drawing ${k}`, from, k % 4] as const];
  });
  return [...shapes, ...bitmaps];
}

/** What a written formula says, as a number: it is read sign by sign, as a person reads it. */
export function worth(node: MathNode): number {
  return runInThisContext(read(node)) as number;
}

const SIGNS: Readonly<Record<string, string>> = { "·": "*", "−": "-", "=": "" };
const FUNCTIONS = ["log", "tanh", "sin", "cos", "max", "sign"];

function read(node: MathNode): string {
  if ("text" in node) return word(node.text);
  const parts = node.children.map(read);
  const [first = "", second = ""] = parts;
  switch (node.tag) {
    case "mfrac":
      return `((${first})/(${second}))`;
    case "msqrt":
      return `Math.sqrt(${parts.join(" ")})`;
    case "msup":
      // Bare, so that −x² is no number, and 2·10² squared not that of 2·10.
      return first === "e" ? `Math.exp(${second})` : `${first}**(${second})`;
    case "mtable": {
      const [then, otherwise] = node.children.map((each) =>
        "children" in each ? each.children : [],
      );
      const [value, condition] = then ?? [];
      const [other] = otherwise ?? [];
      if (!value || !condition || !other) throw new Error("no cases");
      return `(${read(condition)} ? ${read(value)} : ${read(other)})`;
    }
    case "mrow":
      if (first === "|") return `Math.abs(${parts.slice(1, -1).join(" ")})`;
      return parts.join(" ");
    case "mtr":
    case "mtd":
      return parts.join(" ");
    default:
      throw new Error(`a ${node.tag} among numbers`);
  }
}

function word(text: string): string {
  if (text === "π") return "Math.PI";
  if (FUNCTIONS.includes(text)) return `Math.${text}`;
  if (text === "{" || text === "if " || text === "else") return "";
  return SIGNS[text] ?? text.replace("−", "-");
}

/** All texts of a formula, in order. */
export function texts(node: MathNode): string[] {
  return "text" in node ? [node.text] : node.children.flatMap(texts);
}

/** Numbers below 0 that stand bare behind a sign or below a power, where they would be misread. */
export function misread(node: MathNode): string[] {
  if ("text" in node) return [];
  const inner = node.children.flatMap(misread);
  if (node.tag !== "mrow" && node.tag !== "msup") return inner;
  const words = line(node);
  const bare = words.filter((text, place) => {
    const before = words[place - 1];
    const signs = before === undefined ? node.tag === "msup" : "+−·".includes(before);
    return signs && text.startsWith("−") && text.length > 1;
  });
  return [...bare, ...inner];
}

/** What stands on the line of a row; a fraction is one thing on it. */
function line(node: MathNode): string[] {
  if ("text" in node) return [node.text];
  if (node.tag === "mrow") return node.children.flatMap(line);
  const [first] = node.children;
  return node.tag === "msup" && first ? line(first) : ["□"];
}
