/** What a file of drawings holds, and how it comes to the drawings at hand. */

import { checked } from "../../experiment/check";
import {
  MOST_CLASSES,
  completed,
  drawingsOf,
  drawnOf,
  setDrawings,
  type Drawn,
} from "../../experiment/drawn";
import { refusal } from "../../experiment/errors";
import type { Experiment, Grid } from "../../experiment/experiment";
import { either } from "../../experiment/faults";
import { nameFault, tidied } from "../names";

/** A drawing with its class by name, since the file may number classes otherwise. */
export interface Labelled {
  readonly text: string;
  readonly name: string;
  readonly heldOut: boolean;
}

/** The experiment with the drawings, and a sentence that tells how many came. */
export interface Merged {
  readonly experiment: Experiment;
  readonly sentence: string;
}

export class FileContent {
  /** Name of the file. */
  readonly file: string;
  readonly drawings: readonly Labelled[];
  /** The classes in the order of the file. */
  readonly names: readonly string[];
  /** The grid of its bitmaps; null for strokes. */
  readonly grid: Grid | null;
  /** The whole experiment, where the file holds one. */
  readonly whole: Experiment | null;

  /** Refuses names that a class may not have. */
  constructor(
    file: string,
    drawings: readonly Labelled[],
    names: readonly string[],
    { grid = null, whole = null }: { grid?: Grid | null; whole?: Experiment | null },
  ) {
    this.file = file;
    this.drawings = drawings.map((drawing) => ({ ...drawing, name: tidied(drawing.name) }));
    this.names = [...new Set(names.map(tidied))];
    this.grid = grid;
    this.whole = whole;
    for (const name of this.names) {
      const fault = nameFault(name, []);
      if (fault !== null) throw refusal(`${file} cannot be opened. ${fault}`);
    }
  }

  /**
   * The experiment with these drawings too; those that it has already do not come twice.
   *
   * Classes are matched by name, and new ones added. Where there are no drawings yet, nothing is in the way of the
   * file's own classes, grid and settings. The experiment must be `completed`. Throws an ExperimentError.
   */
  mergedInto(before: Experiment): Merged {
    const { drawings } = drawnOf(before);
    if (this.drawings.length === 0 && !this.#opensWhole(before)) {
      throw refusal(`${this.file} holds no drawings, so everything stays as it is.`);
    }
    if (this.whole && this.#opensWhole(before)) {
      return { experiment: completed(this.whole), sentence: this.#told(this.drawings.length, 0) };
    }
    const draft = structuredClone(before);
    const data = drawnOf(draft);
    if (drawings.length === 0 && this.grid !== null) data.grid = this.grid;
    data.class_names = this.#classes(data);
    data.classes = data.class_names.length;
    const fresh = this.#fresh(data);
    setDrawings(data, [...drawingsOf(data), ...fresh]);
    const sentence = this.#told(fresh.length, this.drawings.length - fresh.length);
    return { experiment: checked(draft), sentence };
  }

  #opensWhole(before: Experiment): boolean {
    return this.whole !== null && drawnOf(before).drawings.length === 0;
  }

  #classes({ class_names: present, drawings }: Drawn): string[] {
    const used = new Set(this.drawings.map(({ name }) => name));
    const names =
      drawings.length === 0
        ? [...new Set([...this.names, ...present])].slice(0, Math.max(2, this.names.length))
        : [...new Set([...present, ...this.names.filter((name) => used.has(name))])];
    if (names.length <= MOST_CLASSES) return names;
    throw refusal(
      `${this.file} cannot be added: there would be ${names.length} characters (${either(names, "and")}), but there can be ${MOST_CLASSES} at most.`,
    );
  }

  #fresh(data: Drawn): { text: string; label: number; heldOut: boolean }[] {
    const known = new Set(
      data.drawings.map((text, row) => `${text} ${data.class_names[data.targets[row] ?? 0] ?? ""}`),
    );
    return this.drawings
      .filter(({ text, name }) => !known.has(`${text} ${name}`))
      .map(({ text, name, heldOut }) => ({ text, heldOut, label: data.class_names.indexOf(name) }));
  }

  #told(fresh: number, known: number): string {
    const came = `${counted(fresh, "drawing")} of ${this.file} ${fresh === 1 ? "is" : "are"} in the tray now`;
    return known === 0 ? `${came}.` : `${came}; ${known} more had been there already.`;
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
