/** Where each name of a link belongs in the document: the table of settings, read from the side of the link. */

import { SETTINGS, type Setting } from "./settings";

export interface Place {
  /** Names to follow from the top of the document. */
  readonly path: readonly string[];
  /** "texts" is a list of any texts, "bits" are rows of 0 and 1; a "column" is one setting of each layer. */
  readonly shape: "value" | "list" | "texts" | "rows" | "bits" | "column";
  /** The setting of a layer that a column holds; else empty. */
  readonly column: string;
  /** Rows that have a second name, for when all numbers are 0 or 1. */
  readonly alsoBits: boolean;
}

/** Places by the name in a link, in the order in which a link is written. */
export const PLACES: ReadonlyMap<string, Place> = new Map(SETTINGS.flatMap(entriesOf));

/** The settings of a layer; the first tells how many layers there are. */
export function columnsOf(place: Place): string[] {
  const path = place.path.join(".");
  return [...PLACES.values()]
    .filter((other) => other.shape === "column" && other.path.join(".") === path)
    .map(({ column }) => column);
}

function entriesOf({ path, shape, link, link_bits }: Setting): [string, Place][] {
  if (link === undefined || shape === "layers") return [];
  const star = path.indexOf("*");
  if (star >= 0) {
    const column = path.at(-1) ?? "";
    return [[link, { path: path.slice(0, star), shape: "column", column, alsoBits: false }]];
  }
  const alsoBits = link_bits !== undefined;
  const place: Place = { path, shape, column: "", alsoBits };
  return alsoBits
    ? [
        [link_bits, { ...place, shape: "bits" }],
        [link, place],
      ]
    : [[link, place]];
}
