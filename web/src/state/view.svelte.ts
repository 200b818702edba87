/** What the screen shows of a run, apart from the run itself: kept in the browser, never in the link. */

import type { Speed, ViewOptions } from "../engine/protocol";
import { NEVER, type StopConditions } from "../engine/stopping";
import {
  DEFAULT_COLOURS,
  classColours,
  classPalettes,
  divergingPalette,
  type Colours,
} from "./colours";
import { readConditions } from "./stop";

export type Theme = "system" | "light" | "dark";
export type Room = "shapes" | "draw";
export type CurveScale = "linear" | "log";
/** What the curve is of. */
export type CurveKind = "loss" | "accuracy";

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const ROOMS: readonly Room[] = ["shapes", "draw"];
const SPEEDS: readonly Speed[] = ["slow", "normal", "fast", "fastest"];
const SCALES: readonly CurveScale[] = ["linear", "log"];
const KINDS: readonly CurveKind[] = ["loss", "accuracy"];

const SWITCHES = [
  "discretize",
  "showTrain",
  "showTest",
  "classicColours",
  "shortcuts",
  "playing",
  "guided",
] as const;
const KEPT = ["theme", "room", "speed", "curveScale", "curveKind", "stop", ...SWITCHES] as const;

export class ViewSettings {
  theme = $state<Theme>("system");
  room = $state<Room>("shapes");
  /** Show the decision only, instead of how sure the network is. */
  discretize = $state(false);
  showTrain = $state(true);
  showTest = $state(true);
  /** How much is trained between two frames: one update, one epoch, ten epochs, or as much as there is time for. */
  speed = $state<Speed>("normal");
  curveScale = $state<CurveScale>("linear");
  curveKind = $state<CurveKind>("loss");
  /** When training stops by itself. Like the speed, it is the visitor's and no part of the experiment. */
  stop = $state.raw<StopConditions>(NEVER);
  /** Green for 1 and red for 0, instead of blue and orange. */
  classicColours = $state(false);
  /** Train as soon as the page is open: what the visitor has chosen last. */
  playing = $state(true);
  /** The guide of the first visit to Draw has been followed. */
  guided = $state(false);
  /** Single keys steer the run. */
  shortcuts = $state(true);

  /** Pixels along the edge of a unit's tile; while training it may be painted with fewer. */
  tileResolution = $state(36);
  /** No more tiles than this in one column; 0 for none. */
  tilesPerColumn = $state(12);
  /** Pixels along the edge of the decision surface; while training it may be painted with fewer. */
  surfaceResolution = $state(256);
  /** Colours that pictures are painted with. */
  colours = $state.raw<Colours>(DEFAULT_COLOURS);
  /** RGBA words from the lowest to the highest value, as tiles are painted with; see `colourOf`. */
  readonly palette = $derived(divergingPalette(this.colours));

  /** What the engine has to know. */
  readonly options = $derived<ViewOptions>({
    palette: this.palette,
    classColours: classColours(this.colours),
    classPalettes: classPalettes(this.colours),
    discretize: this.discretize,
    tileResolution: this.tileResolution,
    tilesPerColumn: this.tilesPerColumn,
    surfaceResolution: this.surfaceResolution,
    speed: this.speed,
    stop: this.stop,
  });

  /** What is kept in the browser. */
  get kept(): string {
    return JSON.stringify(Object.fromEntries(KEPT.map((name) => [name, this[name]])));
  }

  /** Take what was kept; whatever does not suit is left out. */
  take(kept: string): void {
    const settings = object(kept);
    this.theme = oneOf(THEMES, settings["theme"]) ?? this.theme;
    this.room = oneOf(ROOMS, settings["room"]) ?? this.room;
    this.speed = oneOf(SPEEDS, settings["speed"]) ?? this.speed;
    this.curveScale = oneOf(SCALES, settings["curveScale"]) ?? this.curveScale;
    this.curveKind = oneOf(KINDS, settings["curveKind"]) ?? this.curveKind;
    this.stop = readConditions(settings["stop"]);
    for (const name of SWITCHES) {
      const value = settings[name];
      if (typeof value === "boolean") this[name] = value;
    }
  }
}

function object(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function oneOf<Name>(names: readonly Name[], value: unknown): Name | undefined {
  return names.find((name) => name === value);
}
