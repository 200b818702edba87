/** What page and worker say to each other. */

import type { AccountRequest } from "./account";
import type { FrameData, WeightRef } from "./frame";
import type { Landscape, LandscapeRequest } from "./landscape";
import type { Moment } from "./moment";
import type { StopConditions } from "./stopping";

/** All that the engine needs to lay out a run: the settings and, for given data, the samples. */
export interface RunSource {
  /** The header of the block with every setting written, HEADER_WORDS words. */
  readonly header: Uint32Array<ArrayBuffer>;
  readonly given: GivenSamples | GivenDrawings | null;
}

/** Samples that the visitor brought along, training samples first. */
export interface GivenSamples {
  /** (samples, 2) points of the plane, or (samples, inputs) network inputs. */
  readonly x: Float32Array<ArrayBuffer>;
  /** (samples,) class index or value. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Drawings of the visitor, training drawings first; their bitmaps are the network's inputs. */
export interface GivenDrawings {
  /** Compact texts, see `drawings.ts`. */
  readonly drawings: readonly string[];
  /** Cells along an edge of the bitmaps. */
  readonly grid: number;
  /** (drawings,) class index. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** A copy of everything that training changes; opaque to the page. */
export type RunState = Uint32Array<ArrayBuffer>;

/** Weights and biases of all layers, finite. */
export interface Parameters {
  /** Per layer, (inputs of the layer, units of the layer), as the engine has them. */
  readonly weights: readonly Float32Array[];
  /** Per layer, (units of the layer,). */
  readonly biases: readonly Float32Array[];
}

/** The state of the run, and the moment that it is of. */
export interface PresentState {
  readonly state: RunState;
  readonly moment: Moment;
}

/** How much to train between two frames. */
export type Speed = "slow" | "normal" | "fast" | "fastest";

/** What is painted, and in what detail. */
export interface ViewOptions {
  /** RGBA words from the lowest to the highest value. */
  readonly palette: Uint32Array<ArrayBuffer>;
  /** RGBA word per class, for networks with an output per class. */
  readonly classColours: Uint32Array<ArrayBuffer>;
  /** Per class the RGBA words from "certainly not" to "certainly". */
  readonly classPalettes: readonly Uint32Array<ArrayBuffer>[];
  /** Show the decision only, instead of how sure the network is. */
  readonly discretize: boolean;
  readonly tileResolution: number;
  /** No more tiles than this in one column; 0 for no tiles at all. */
  readonly tilesPerColumn: number;
  /** Largest resolution of the surface; while training it may be lower to keep the pace. 0 for no surface. */
  readonly surfaceResolution: number;
  readonly speed: Speed;
  /** When training stops by itself. */
  readonly stop: StopConditions;
}

/** Points of a data set for its small picture. */
export interface Thumbnail {
  /** (samples, 2), in units of the plane. */
  readonly points: Float32Array;
  /** (samples,): the class of each, from 0, or the number to fit. */
  readonly values: Float32Array;
}

/** What is done to a run apart from training it in passes; the history notes it. */
export type RunEvent =
  /** Lay out a run; with `keep`, weights and counters of the run before are taken over where they fit. */
  | { readonly type: "open"; readonly source: RunSource; readonly keep: boolean }
  /**
   * Lay out a run with these weights, of which the optimiser remembers nothing. With `keep`, counters and the order of
   * the samples are those of the run before.
   */
  | {
      readonly type: "load";
      readonly source: RunSource;
      readonly keep: boolean;
      readonly parameters: Parameters;
    }
  /** Lay out a run and put a saved state into it. */
  | { readonly type: "restore"; readonly source: RunSource; readonly state: RunState }
  /** The same start again. */
  | { readonly type: "reset" }
  | {
      readonly type: "set";
      readonly layer: number;
      readonly unit: number;
      /** Null for the bias. */
      readonly input: number | null;
      readonly value: number;
    }
  /** Hold weights at 0, or let them go; a unit is switched off by all weights that leave it. */
  | { readonly type: "switch"; readonly weights: readonly WeightRef[]; readonly off: boolean }
  /** Go over to a source as "open" does with `keep`, and make so many updates on one of its training samples. */
  | {
      readonly type: "teach";
      readonly source: RunSource;
      /** The sample's place in the block. */
      readonly row: number;
      readonly count: number;
    };

/** Commands that change the run. */
export type RunCommand =
  | Exclude<RunEvent, { readonly type: "restore" }>
  /** An event that goes on with the one before, as all do of one movement of a hand. */
  | { readonly type: "more"; readonly event: RunEvent }
  | {
      readonly type: "advance";
      readonly unit: "update" | "epoch";
      readonly count: number;
    }
  /** Go to a moment; what followed then follows again when training goes on. */
  | {
      readonly type: "travel";
      readonly branch: number;
      readonly updates: number;
      /** How many events have happened then; null for all at that number of updates. */
      readonly events: number | null;
      /** Whether the pictures may be rough, since the hand still moves. */
      readonly rough: boolean;
    }
  /** Go back to a saved state; what followed on its moment does not follow again. */
  | {
      readonly type: "restore";
      readonly source: RunSource;
      /** Null if it has to be computed again. */
      readonly state: RunState | null;
      /** The moment that it is of, where that is known. */
      readonly moment?: Moment | null;
    };

export type Command =
  | RunCommand
  /** A copy of the present state. */
  | { readonly type: "state" }
  | { readonly type: "thumbnails"; readonly sources: readonly RunSource[] }
  /** Small pictures of the inputs of a source. */
  | {
      readonly type: "inputs";
      readonly source: RunSource;
      readonly resolution: number;
      readonly palette: Uint32Array<ArrayBuffer>;
    }
  | { readonly type: "survey" }
  /** The present moment, pictured as is asked for here and not as on the screen. */
  | { readonly type: "capture"; readonly options: ViewOptions }
  /** Begin a picture of the loss around the present weights; with null go on with it, for some milliseconds. */
  | { readonly type: "landscape"; readonly request: LandscapeRequest | null };

/** Answer to a command that changes the run. */
export interface RunChange {
  /** State before the command; null when there was no run, or nothing is lost by the command. */
  readonly previous: RunState | null;
  /** Whether weights and counters were taken over. */
  readonly kept: boolean;
  /** The moments before the command, null when there was no run, and after it. */
  readonly before: Moment | null;
  readonly moment: Moment;
}

export type Request =
  | { readonly type: "command"; readonly id: number; readonly command: Command }
  | { readonly type: "view"; readonly options: ViewOptions }
  /** What every frame from now on has an account of. */
  | { readonly type: "account"; readonly request: AccountRequest | null }
  /** Branches that are not to be forgotten when there are too many. */
  | { readonly type: "hold"; readonly branches: readonly number[] }
  /** The page has drawn the last frame and asks for the next; `recycle` gives back a buffer. */
  | { readonly type: "frame"; readonly playing: boolean; readonly recycle: ArrayBuffer | null };

export type Response =
  | { readonly type: "answer"; readonly id: number; readonly change: RunChange }
  | { readonly type: "state"; readonly id: number; readonly present: PresentState }
  | { readonly type: "thumbnails"; readonly id: number; readonly thumbnails: readonly Thumbnail[] }
  /** RGBA, (resolution, resolution) of each input. */
  | {
      readonly type: "inputs";
      readonly id: number;
      readonly pictures: readonly Uint8ClampedArray<ArrayBuffer>[];
    }
  /** (hidden units, 3): mean activation, its standard deviation, mean slope as a share of the steepest. */
  | { readonly type: "survey"; readonly id: number; readonly survey: Float32Array<ArrayBuffer> }
  | { readonly type: "capture"; readonly id: number; readonly frame: FrameData }
  /** As far as it is known. */
  | { readonly type: "landscape"; readonly id: number; readonly landscape: Landscape }
  /** The command was refused; the run is as it was. */
  | { readonly type: "refused"; readonly id: number; readonly reason: string }
  | {
      readonly type: "frame";
      readonly frame: FrameData;
      /** Now and then, and when the run has just diverged: the last good state. */
      readonly state: RunState | null;
      /** The moment that the state is of. */
      readonly good: Moment | null;
    }
  /** The worker cannot go on. */
  | { readonly type: "crashed"; readonly reason: string };
