/** Text with separated values, such as CSV, as rows of texts; the only file that knows the parser. */

import Papa from "papaparse";

export type Separator = "," | ";" | "\t";

/** One row of the text. */
export interface Record {
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** The cells, without space around them. */
  readonly cells: readonly string[];
  /** Why it cannot be read; null if it can. */
  readonly fault: string | null;
}

/** Rarer in numbers and texts first: a comma may stand for the point of a decimal. */
const SEPARATORS: readonly Separator[] = ["\t", ";", ","];
/** Rows from which the separator is told. */
const SAMPLE = 50;
/** Spoilt lines after which the rest is not tried again: each costs a look through all that follows. */
const MOST_SPOILT = 100;
const NOT_CLOSED = "a quotation mark is not closed";

/** The separator that cuts most rows into the same number of cells, of two or more; a comma if none does. */
export function separatorOf(text: string): Separator {
  const suits = (separator: Separator): boolean => {
    const { data } = Papa.parse<string[]>(text, {
      delimiter: separator,
      preview: SAMPLE,
      skipEmptyLines: "greedy",
    });
    const widths = data.map((row) => row.length);
    const usual = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0;
    return usual > 1 && widths.filter((width) => width === usual).length > 0.6 * widths.length;
  };
  return SEPARATORS.find(suits) ?? ",";
}

/** All rows that are not blank. A quotation mark that is never closed spoils its own line only. */
export function recordsOf(text: string, separator: Separator): Record[] {
  const plain = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const records: Record[] = [];
  const lines = new Lines(plain);
  let spoilt = 0;
  let place = 0;
  while (place < plain.length) {
    const from = place;
    Papa.parse<string[]>(plain.slice(from), {
      delimiter: separator,
      newline: "\n",
      step({ data, errors, meta }, parser) {
        const line = lines.at(place);
        const isSpoilt = errors.length > 0 && spoilt < MOST_SPOILT;
        place = isSpoilt ? endOfLine(plain, place) : from + meta.cursor;
        const cells = data.map((cell) => cell.trim().normalize("NFC"));
        if (errors.length > 0) records.push({ line, cells: [], fault: NOT_CLOSED });
        else if (cells.some((cell) => cell !== "")) records.push({ line, cells, fault: null });
        if (!isSpoilt) return;
        spoilt++;
        parser.abort();
      },
    });
  }
  return records;
}

/** The place behind the end of the line. */
function endOfLine(text: string, place: number): number {
  const end = text.indexOf("\n", place);
  return end < 0 ? text.length : end + 1;
}

/** Numbers of lines, for places that are asked in their order. */
class Lines {
  readonly #text: string;
  #place = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  at(place: number): number {
    for (; this.#place < place; this.#place++) if (this.#text[this.#place] === "\n") this.#line++;
    return this.#line;
  }
}
