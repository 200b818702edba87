/** A table on its way in: the text, how it is read, what its columns are for, and what comes of it. */

import { ExperimentError, refusal } from "../../../experiment/errors";
import { rolesOf, meaningOf, type Meaning, type Roles } from "../../../experiment/table/roles";
import { samplesOf, type Outcome } from "../../../experiment/table/samples";
import { readTable, type Reading, type Table } from "../../../experiment/table/table";

/** Characters, and bytes of a file. */
export const LONGEST_TEXT = 10_000_000;

/** So much text can be shown in a field without delay. */
const SHOWN = 20_000;

export function isLong(text: string): boolean {
  return text.length > SHOWN;
}

export class TableDraft {
  #text = $state.raw("");
  #file = $state("");
  /** What was chosen instead of what was guessed. */
  #said = $state.raw<Partial<Reading>>({});
  #chosen = $state.raw<Partial<Omit<Roles, "meaning">>>({});
  #meaning = $state<Meaning | null>(null);
  #fault = $state("");

  readonly table = $derived<Table | null>(
    this.#text.trim() === "" ? null : readTable(this.#text, this.#said),
  );
  readonly roles = $derived.by<Roles | null>(() => {
    if (!this.table) return null;
    const roles = { ...rolesOf(this.table), ...this.#chosen };
    const label = this.table.columns[roles.label ?? -1];
    const meaning = this.#meaning ?? (label ? meaningOf(label) : "classes");
    return { ...roles, meaning };
  });
  readonly outcome = $derived<Outcome | null>(
    this.table && this.roles ? samplesOf(this.table, this.roles) : null,
  );

  /** Whether the text is one that was typed or pasted, and can be shown. */
  get isShort(): boolean {
    return this.#file === "" && !isLong(this.#text);
  }
  get text(): string {
    return this.#text;
  }
  /** Name of the file that the text is from; empty for one that was pasted. */
  get file(): string {
    return this.#file;
  }
  /** Why a text could not be taken at all, in a sentence; empty if it could. */
  get fault(): string {
    return this.#fault;
  }

  /** Begin with a text; everything is guessed anew. */
  paste(text: string, file = ""): void {
    const long = text.length > LONGEST_TEXT;
    this.#fault = long ? `The text is too long: it has ${text.length} characters.` : "";
    if (long) return;
    this.#text = text;
    this.#file = file;
    this.#said = {};
    this.#chosen = {};
    this.#meaning = null;
  }
  async open(file: File): Promise<void> {
    try {
      this.paste(await textOf(file), file.name);
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      this.#fault = error.message;
    }
  }
  /** Read the text in another way; the columns are guessed anew where they may be others. */
  read(said: Partial<Reading>): void {
    this.#said = { ...this.#said, ...said };
    if (said.separator === undefined) return;
    this.#chosen = {};
    this.#meaning = null;
  }
  choose(role: "x1" | "x2" | "label", place: number): void {
    this.#chosen = { ...this.#chosen, [role]: place };
    if (role === "label") this.#meaning = null;
  }
  mean(meaning: Meaning): void {
    this.#meaning = meaning;
  }
}

async function textOf(file: File): Promise<string> {
  if (file.size > LONGEST_TEXT) {
    throw refusal(
      `${file.name} is too large: it has ${Math.round(file.size / 1e6)} MB, of 10 at most.`,
    );
  }
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    throw refusal(`${file.name} cannot be read: it may have been moved or changed.`);
  }
  const text = decoded(bytes);
  if (text.includes("\0")) throw refusal(`${file.name} is no table of text, such as CSV or TSV.`);
  return text;
}

/** Spreadsheets write UTF-8, UTF-16 or, where they are older, Windows' Latin letters. */
function decoded(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
