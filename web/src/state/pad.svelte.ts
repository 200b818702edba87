/** The drawing pad: pen, cells and mode. Each change of it is a step that can be undone. */

import type { Point, Reader } from "../engine/reading";
import type { Grid } from "../experiment/experiment";
import type { Notices } from "./notices.svelte";
import { changed, type PadState } from "./pad-state";
import { Pen } from "./pen.svelte";
import type { Session } from "./session.svelte";

export const LOADING = "The engine is still being loaded.";
const TOO_LONG = "This drawing is full: it cannot hold another stroke.";

export class Pad {
  readonly #session: Session;
  readonly #notices: Notices;
  readonly #reader: () => Reader | null;
  readonly #pen: Pen;

  constructor(session: Session, notices: Notices, reader: () => Reader | null) {
    this.#session = session;
    this.#notices = notices;
    this.#reader = reader;
    this.#pen = new Pen(() => session.pad, reader);
  }

  /** The drawing, live while the pen is down. */
  get text(): string {
    return this.#pen.text;
  }
  get strokes(): readonly (readonly Point[])[] {
    return this.#pen.strokes;
  }
  /** Where the drawing is among those that are kept. */
  get row(): number | null {
    return this.#pen.row;
  }
  /** What the drawing is as long as it has no label: the mode in which it was begun. */
  get meant(): number {
    const { text, row, meant, mode } = this.state;
    return text !== "" && row === null ? meant : mode;
  }
  /** What stays when the pen is up. */
  get state(): PadState {
    return this.#session.pad;
  }

  /** Put the pen down; on a drawing that has its label, or on cells, a new one begins. */
  begin(point: Point): void {
    this.lift();
    if (this.#reader()) this.#pen.begin(point);
    else this.#notices.tell(LOADING);
  }
  extend(points: readonly Point[]): void {
    this.#pen.extend(points);
  }
  lift(): void {
    const reader = this.#reader();
    if (!this.#pen.isDown || !reader) return;
    const text = this.#pen.lift(reader);
    if (text === null) this.#notices.tell(TOO_LONG);
    else this.#lay("stroke", { text, row: null });
  }
  /** Turn a cell of the bitmap on or off; the drawing is one of cells from then on, and a new one if it had a label. */
  toggleCell(cell: number, grid: Grid): void {
    this.lift();
    const reader = this.#reader();
    if (!reader) return this.#notices.tell(LOADING);
    const bits = reader.bitmap(this.text, grid).slice();
    bits[cell] = bits[cell] ? 0 : 1;
    const text = bits.includes(1) ? reader.cells(bits, grid) : "";
    this.#lay("cell", { text, row: null });
  }
  clear(): void {
    this.lift();
    this.#lay("clearing", { text: "", row: null });
  }
  /** Say what is drawn next. A drawing that is safe in the tray makes room for it; one without a label stays. */
  setMode(mode: number): void {
    this.lift();
    if (mode !== this.state.mode)
      this.#lay("mode", this.row === null ? { mode } : { mode, text: "", row: null });
  }
  /** Bring a drawing that is kept back to the pad. */
  show(text: string, row: number): void {
    this.lift();
    this.#lay("drawing shown", { text, row });
  }

  #lay(label: string, change: Partial<PadState>): void {
    this.#session.lay(label, changed(this.state, change));
  }
}
