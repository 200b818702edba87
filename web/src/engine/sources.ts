/** Sources that follow each other share what they have in common, so that a long history of them stays small. */

import { same } from "./differences";
import type { GivenDrawings, RunSource } from "./protocol";

/** The source with as much of the one before it as is the same. */
export function sharing(source: RunSource, before: RunSource): RunSource {
  const header = same(source.header, before.header) ? before.header : source.header;
  const given = sharingGiven(source.given, before.given);
  return header === before.header && given === before.given ? before : { header, given };
}

/** Bytes that a source takes beside the one before it. */
export function bytesBeside(source: RunSource, before: RunSource | null): number {
  const header = source.header === before?.header ? 0 : source.header.byteLength;
  if (source.given === null || source.given === before?.given) return header;
  const { given } = source;
  const samples = "drawings" in given ? 8 * given.drawings.length : given.x.byteLength;
  return header + samples + given.values.byteLength;
}

function sharingGiven(given: RunSource["given"], before: RunSource["given"]): RunSource["given"] {
  if (given === null || before === null) return given;
  const values = same(given.values, before.values) ? before.values : given.values;
  if ("drawings" in given) {
    if (!("drawings" in before)) return given;
    const drawings = sharingTexts(given.drawings, before);
    const unchanged =
      drawings === before.drawings && values === before.values && given.grid === before.grid;
    return unchanged ? before : { drawings, grid: given.grid, values };
  }
  if ("drawings" in before) return given;
  const x = same(given.x, before.x) ? before.x : given.x;
  return x === before.x && values === before.values ? before : { x, values };
}

/** A text that was there before is the same string, not a second one with the same letters. */
function sharingTexts(texts: readonly string[], { drawings }: GivenDrawings): readonly string[] {
  if (same(texts, drawings)) return drawings;
  const known = new Map(drawings.map((text) => [text, text]));
  return texts.map((text) => known.get(text) ?? text);
}
