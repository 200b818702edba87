/** The person's own points, and the tool that is in the hand. */

import { refusal } from "../../../experiment/errors";
import type { Data } from "../../../experiment/experiment";
import * as own from "../../../experiment/own";
import type { Samples } from "../../../experiment/table/samples";
import type { Session } from "../../../state/session.svelte";
import { fixed } from "../../../ui/format";
import type { Place } from "../place";
import { decimalsFor, planePlace, realPlace } from "./units";

export type Tool = "look" | "put" | "move" | "erase";
type PlanePlace = readonly [x1: number, x2: number];

const MOST_SEED = 2 ** 31;
const KEYS = {
  look: "",
  put: " Enter puts a point there, Delete removes the nearest, digits choose the class.",
  move: " Enter picks up the nearest point and puts it down.",
  erase: " Enter or Delete removes the nearest point.",
} as const;

export class OwnPoints {
  readonly #of: () => Session;
  #tool = $state<Tool>("look");
  #label = $state(0);
  /** What the next point is to be answered with, where numbers are fitted. */
  value = $state(0);
  /** The row that the keyboard has picked up. */
  #held = $state<number | null>(null);
  #told = $state("");

  constructor(session: () => Session) {
    this.#of = session;
  }

  /** The points and all about them; null while they are generated. */
  get data(): own.Own | null {
    const { data } = this.#session.experiment;
    return own.isOwn(data) ? data : null;
  }
  get tool(): Tool {
    return this.data === null ? "look" : this.#tool;
  }
  set tool(tool: Tool) {
    this.#tool = tool;
    this.#held = null;
  }
  /** The class that the next point gets. */
  get label(): number {
    return Math.min(this.#label, Math.max(0, (this.data?.classes ?? 0) - 1));
  }
  set label(label: number) {
    this.#label = label;
  }
  get held(): number | null {
    return this.#held;
  }
  /** What the keys do on the plane, after a sentence; empty where they do nothing. */
  get keys(): string {
    return KEYS[this.tool];
  }
  /** What happened last, in few words. */
  get told(): string {
    return this.#told;
  }

  /** Begin with an empty plane. */
  startEmpty(): void {
    this.#change("empty plane", own.emptied);
    this.tool = "put";
  }
  /** Make the generated points that are on the screen one's own. */
  startWithThese(): void {
    const { frame, frameExperiment } = this.#session;
    if (!frame || !frameExperiment) return;
    const { classes } = frame;
    const points = Array.from(frame.values, (value, row) => [
      ...realPlace(frame.scaling, [frame.points[2 * row] ?? 0, frame.points[2 * row + 1] ?? 0]),
      classes > 0 ? value : Number(value.toFixed(4)),
    ]);
    const held_out = Array.from({ length: frame.testSamples }, (_, k) => frame.trainSamples + k);
    this.#change("own points", (data) => own.take(data, { points, classes, held_out }));
    this.tool = "put";
  }
  /** Take the points of a table; returns whether they were accepted. */
  load(samples: Samples): boolean {
    this.tool = "look";
    return this.#change("table", (data) => own.take(data, { ...samples, scaling: "standard" }));
  }

  /** Let chance choose other points to hold out. */
  splitAnew(): void {
    this.#change("split", (data) => {
      data.held_out = null;
      data.seed = (data.seed + 1) % MOST_SEED;
    });
  }

  put(places: readonly PlanePlace[]): boolean {
    const { data } = this;
    const scaling = this.#session.frame?.scaling;
    if (!data || !scaling) return false;
    const value = data.classes > 0 ? this.label : this.value;
    const points = places.map((place) => [...realPlace(scaling, place), value]);
    return this.#edit("put points", (draft) => {
      if (draft.points.length + points.length > own.MOST_POINTS) {
        throw refusal(`There can be ${own.MOST_POINTS} points at most.`);
      }
      own.add(draft, points);
    });
  }
  move(row: number, place: PlanePlace): boolean {
    const scaling = this.#session.frame?.scaling;
    if (!scaling) return false;
    return this.#edit("move point", (draft) => own.move(draft, row, ...realPlace(scaling, place)));
  }
  remove(rows: readonly number[]): boolean {
    if (rows.length === 0) return false;
    return this.#edit("erase points", (draft) => own.remove(draft, rows));
  }

  /** The row closest to a place on the plane, if one is within reach. */
  nearest(place: PlanePlace, reach = Infinity): number | null {
    const away = this.#away(place);
    const least = away.reduce((low, each) => Math.min(low, each), Infinity);
    return least <= reach && away.length > 0 ? away.indexOf(least) : null;
  }
  /** All rows within reach of a place on the plane. */
  within(place: PlanePlace, reach: number): number[] {
    return this.#away(place).flatMap((away, row) => (away <= reach ? [row] : []));
  }
  /** Where a row lies on the plane. */
  placeOf(row: number): PlanePlace {
    const scaling = this.#session.frame?.scaling;
    const point = this.data?.points[row];
    return scaling && point ? planePlace(scaling, point) : [0, 0];
  }

  /** Do what a key asks for at the cursor; returns whether it asks for anything. */
  key({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, place: Place | null): boolean {
    if (this.tool === "look" || ctrlKey || metaKey || altKey) return false;
    const at: PlanePlace = [place?.x1 ?? 0, place?.x2 ?? 0];
    if (/^\d$/.test(key)) return this.#choose((Number(key) + 9) % 10);
    if (key === "Delete" || key === "Backspace") return this.#removeNearest(at);
    if (key === "Escape" && this.#held !== null) return this.#letGo();
    if (key !== "Enter") return false;
    if (this.tool === "erase") return this.#removeNearest(at);
    if (this.tool === "move") return this.#pickOrDrop(at);
    if (this.put([at])) this.#tell("Point put", at);
    return true;
  }

  #choose(label: number): boolean {
    if (label >= (this.data?.classes ?? 0)) return false;
    this.label = label;
    this.#told = `${this.#names[label] ?? ""} chosen`;
    return true;
  }
  #removeNearest(at: PlanePlace): boolean {
    const row = this.nearest(at);
    if (row === null) this.#told = "There is no point to remove";
    else this.#remove(row);
    return true;
  }
  #remove(row: number): void {
    const place = this.placeOf(row);
    if (this.remove([row])) this.#tell("Point removed", place);
  }
  #pickOrDrop(at: PlanePlace): boolean {
    if (this.#held === null) {
      this.#held = this.nearest(at);
      if (this.#held !== null) this.#tell("Picked up the point", this.placeOf(this.#held));
    } else {
      if (this.move(this.#held, at)) this.#tell("Put down", at);
      this.#held = null;
    }
    return true;
  }
  #letGo(): boolean {
    this.#held = null;
    this.#told = "Left where it was";
    return true;
  }

  get #session(): Session {
    return this.#of();
  }
  get #names(): readonly string[] {
    return own.namesOf(this.#session.experiment.data);
  }
  #away([x1, x2]: PlanePlace): number[] {
    const scaling = this.#session.frame?.scaling;
    if (!scaling) return [];
    return (this.data?.points ?? []).map((point) => {
      const [across, up] = planePlace(scaling, point);
      return Math.hypot(across - x1, up - x2);
    });
  }
  #tell(what: string, place: PlanePlace): void {
    const scaling = this.#session.frame?.scaling;
    if (!scaling) return;
    const [x1, x2] = realPlace(scaling, place);
    const digits = (number: number, axis: "x1" | "x2"): string =>
      fixed(number, Math.max(0, decimalsFor(scaling[axis]) - 1));
    this.#told = `${what} at ${digits(x1, "x1")}, ${digits(x2, "x2")}`;
  }

  #edit(label: string, mutate: (data: own.Own) => void): boolean {
    return this.#change(label, (data) => {
      if (own.isOwn(data)) mutate(data);
    });
  }
  /** A step of its own, however quickly it follows the last. */
  #change(label: string, mutate: (data: Data) => void): boolean {
    const session = this.#session;
    return session.change(label, ({ data }) => mutate(data), session.pad);
  }
}
