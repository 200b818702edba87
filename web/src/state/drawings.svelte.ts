/** What the Draw room shows and steers: the pad, the tray, the characters, and what the network makes of them. */

import type { Frame } from "../engine/frame";
import type { Point, Reader, Reading } from "../engine/reading";
import {
  addDrawing,
  drawnOf,
  holdOut,
  removeDrawing,
  setDrawings,
  type Drawn,
} from "../experiment/drawn";
import { refusal } from "../experiment/errors";
import { splitRows } from "../experiment/split";
import type { Grid } from "../experiment/experiment";
import { Characters } from "./characters";
import { openDrawings } from "./drawing-files/open";
import { saveDrawings, type FileKind, type Saved } from "./drawing-files/save";
import type { Notices } from "./notices.svelte";
import { LOADING, Pad } from "./pad.svelte";
import { without, type PadState } from "./pad-state";
import type { Session } from "./session.svelte";
import {
  blockOrder,
  countsOf,
  keptDrawings,
  predictionsOf,
  unbalanced,
  type Count,
  type Kept,
} from "./tray";

export type { Count, FileKind, Kept };

const NOTHING_DRAWN = "The pad is empty: draw a character first.";
const HELD_OUT =
  "This drawing is held out for testing, so it is not trained. Take it back in the tray, or draw another.";

export class Drawings {
  readonly session: Session;
  /** The class that Why? is asked about; null for the predicted one. */
  asked = $state<number | null>(null);
  #reader = $state.raw<Reader | null>(null);

  readonly #notices: Notices;
  readonly #openWeights: (file: File) => Promise<boolean>;
  readonly #pad: Pad;
  readonly #characters: Characters;
  /** The frame whose parameters the reader has. */
  #taken: Frame | null = null;
  #before: readonly Kept[] = [];
  #closed = false;

  /** `openWeights` opens a file as weights, and says whether it holds some. */
  constructor(
    session: Session,
    notices: Notices,
    loadReader: () => Promise<Reader>,
    openWeights: (file: File) => Promise<boolean>,
  ) {
    this.session = session;
    this.#openWeights = openWeights;
    this.#notices = notices;
    this.#pad = new Pad(session, notices, () => this.#reader);
    this.#characters = new Characters(session, notices);
    void this.#load(loadReader);
  }

  /** Reads drawings on this thread; null while the engine is being loaded. */
  get reader(): Reader | null {
    return this.#reader;
  }
  get names(): readonly string[] {
    return this.#characters.names;
  }
  get grid(): Grid {
    return this.#data.grid;
  }
  /** Label of the drawing to come; only a label. */
  get mode(): number {
    return this.#pad.state.mode;
  }
  /** The drawing on the pad, live while the pen is down; empty for an empty pad. */
  get text(): string {
    return this.#pad.text;
  }
  /** Strokes on the pad, live, in its units; none for a drawing of cells. */
  get strokes(): readonly (readonly Point[])[] {
    return this.#pad.strokes;
  }
  /** Where the drawing on the pad is in the tray, once it is trained or labelled. */
  get row(): number | null {
    return this.#pad.row;
  }
  /** What Train teaches the drawing on the pad as: its own label, or the mode in which it was begun. */
  get label(): number {
    return (this.row === null ? null : this.#data.targets[this.row]) ?? this.#pad.meant;
  }
  /** What the network makes of the drawing on the pad; follows the pen and the training. */
  readonly reading: Reading | null = $derived.by(() => {
    const { frame } = this.session;
    const reader = this.#reader;
    if (!reader || !frame) return null;
    if (frame !== this.#taken) reader.take(frame);
    this.#taken = frame;
    const asked = this.asked !== null && this.asked < this.names.length ? this.asked : undefined;
    return reader.read(this.text, asked);
  });
  /** What the network of a certain moment makes of the drawing on the pad. */
  readAt(frame: Frame): Reading | null {
    const reader = this.#reader;
    reader?.take(frame);
    const reading = reader?.read(this.text) ?? null;
    if (this.#taken) reader?.take(this.#taken);
    return reading;
  }
  /** While an account is open, let it be of a drawing of the tray. */
  lookInto(row: number): void {
    const { train, heldOut } = splitRows(this.session.experiment.data);
    const sample = [...train, ...heldOut].indexOf(row);
    const { inside } = this.session;
    if (inside.open && sample >= 0) inside.choose({ kind: "alone", sample });
  }
  /** The tray, oldest first; what has not changed is the same object as before. */
  readonly kept: readonly Kept[] = $derived.by(
    () => (this.#before = keptDrawings(this.#data, this.#predictions, this.#before)),
  );
  /** Drawings per class. */
  readonly counts: readonly Count[] = $derived(countsOf(this.kept, this.names.length));
  /** A sentence where there is much more of one character than of another. */
  readonly unbalanced: string | null = $derived(unbalanced(this.counts, this.names));

  /** Whether Train can be pressed, or why not, in a sentence. */
  get canTrain(): string | true {
    if (!this.#reader) return LOADING;
    if (this.text === "") return NOTHING_DRAWN;
    return this.row !== null && this.#data.held_out.includes(this.row) ? HELD_OUT : true;
  }

  /** Put the pen down; on a drawing that has its label, or on cells, a new one begins. */
  begin(point: Point): void {
    this.#pad.begin(point);
  }
  extend(points: readonly Point[]): void {
    this.#pad.extend(points);
  }
  lift(): void {
    this.#pad.lift();
  }
  /** Turn a cell of the bitmap on or off, which makes the drawing one of cells. */
  toggleCell(cell: number): void {
    this.#pad.toggleCell(cell, this.grid);
  }
  clear(): void {
    this.#pad.clear();
  }
  switchMode(): void {
    this.setMode((this.mode + 1) % this.names.length);
  }
  /** Say what is drawn next. A drawing that is safe in the tray makes room for it; one without a label stays. */
  setMode(k: number): void {
    if (k < this.names.length) this.#pad.setMode(k);
  }

  /** Keep the drawing in the tray, once, and make so many updates on it. */
  teach(count: 1 | 10): void {
    this.lift();
    const { canTrain, text, label, row } = this;
    if (canTrain !== true) return this.#notices.tell(canTrain);
    const place = row ?? this.#data.drawings.length;
    this.session.teach(
      (draft) => row === null && addDrawing(drawnOf(draft), text, label),
      { ...this.#pad.state, row: place },
      place,
      count,
    );
  }
  /** Say what the drawing on the pad is: it gets this label and is kept. */
  say(label: number): void {
    this.lift();
    const { text, row } = this;
    if (row !== null) return this.relabel(row, label);
    if (text === "") return this.#notices.tell(NOTHING_DRAWN);
    const pad = { ...this.#pad.state, row: this.#data.drawings.length };
    this.#change("label", (data) => addDrawing(data, text, label), pad);
  }

  relabel(row: number, label: number): void {
    this.#change("label", (data) => (data.targets[row] = label));
  }
  holdOut(row: number, heldOut: boolean): void {
    this.#change("holding out", (data) => holdOut(data, row, heldOut));
  }
  remove(row: number): void {
    this.lift();
    const pad = without(this.#pad.state, this.#data.drawings, (other) => other === row);
    this.#change("removal", (data) => removeDrawing(data, row), pad);
  }
  removeAll(): void {
    this.lift();
    const pad = without(this.#pad.state, this.#data.drawings, () => true);
    this.#change("removal of all", (data) => setDrawings(data, []), pad);
  }
  /** Bring a drawing back to the pad. */
  show(row: number): void {
    const text = this.#data.drawings[row];
    if (text !== undefined) this.#pad.show(text, row);
  }

  /** Give a character another name; returns whether it may have it. */
  rename(k: number, name: string): boolean {
    return this.#characters.rename(k, name);
  }
  addClass(): void {
    this.#characters.add();
  }
  /** Take a character away, with its drawings. */
  removeClass(k: number): void {
    this.lift();
    this.#characters.remove(k);
  }
  /** Other characters; drawings stay with those that are among them. */
  setCharacters(names: readonly string[]): void {
    this.lift();
    this.#characters.set(names);
  }

  setGrid(grid: Grid): void {
    this.session.change("grid", ({ data }) => (data.grid = grid));
  }

  /** Add the drawings of a file (JSON, CSV or NPZ) to those at hand, or take the weights in it; a notice says how it went. */
  async open(file: File): Promise<void> {
    this.lift();
    try {
      const reader = this.#reader;
      if (!reader) throw refusal(LOADING);
      if (await this.#openWeights(file)) return;
      const content = await openDrawings(file, reader);
      const { experiment, sentence } = content.mergedInto(this.session.experiment);
      this.session.open("file", experiment);
      this.#notices.tell(sentence);
    } catch (error) {
      this.#notices.refused(error);
    }
  }
  /** The drawings as a file: JSON holds the whole experiment, CSV and NPZ the bitmaps. */
  save(kind: FileKind): Saved {
    return saveDrawings(kind, this.session.experiment, this.bitmap);
  }
  /** The bits of a drawing, 1 or 0 for each cell. */
  readonly bitmap = (text: string, grid: number = this.grid): Uint8Array =>
    this.#reader?.bitmap(text, grid) ?? new Uint8Array(grid ** 2);
  close(): void {
    this.#closed = true;
  }

  get #data(): Drawn {
    return drawnOf(this.session.experiment);
  }
  /** Texts in the order in which the frame has its samples. */
  readonly #order = $derived.by(() => {
    const experiment = this.session.frameExperiment;
    return experiment ? blockOrder(drawnOf(experiment)) : [];
  });
  readonly #predictions = $derived.by(() => predictionsOf(this.session.frame, this.#order));

  /** Change the drawings in a step of its own. */
  #change(label: string, mutate: (data: Drawn) => unknown, pad: PadState = this.#pad.state): void {
    this.session.change(label, (draft) => mutate(drawnOf(draft)), pad);
  }

  async #load(loadReader: () => Promise<Reader>): Promise<void> {
    try {
      const reader = await loadReader();
      if (!this.#closed) this.#reader = reader;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#notices.tell(`The pad cannot be used: ${reason}. Reload the page to try once more.`);
    }
  }
}
