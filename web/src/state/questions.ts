/** What the page asks the engine about the run, which stays as it is. */

import { CommandRefused, type EngineClient } from "../engine/client";
import type { Frame } from "../engine/frame";
import type { Landscape, LandscapeRequest } from "../engine/landscape";
import type { PresentState, ViewOptions } from "../engine/protocol";
import { surveyed, type UnitSurvey } from "../engine/survey";
import type { Experiment } from "../experiment/experiment";
import type { Course } from "./course.svelte";
import { ALL_FEATURES, thumbnailsOf, type Thumbnails } from "./thumbnails";
import type { ViewSettings } from "./view.svelte";

/** A run as it is at a moment. */
export interface Present extends PresentState {
  readonly experiment: Experiment;
}

/** A moment of the run, with memory of its own. */
export interface Captured {
  readonly frame: Frame;
  readonly experiment: Experiment;
}

export class Questions {
  readonly #client: EngineClient;
  readonly #course: Course;
  readonly #view: ViewSettings;

  constructor(client: EngineClient, course: Course, view: ViewSettings) {
    this.#client = client;
    this.#course = course;
    this.#view = view;
  }

  /** Points of each kind of data, for small pictures; none where the engine has stopped. */
  async thumbnails(): Promise<Thumbnails> {
    return (await answered(thumbnailsOf(this.#client))) ?? {};
  }
  /** RGBA of small pictures of all features, in the order of the schema; none where the engine has stopped. */
  async featureMaps(resolution: number): Promise<readonly Uint8ClampedArray<ArrayBuffer>[]> {
    const maps = this.#client.inputs(ALL_FEATURES, resolution, this.#view.palette);
    return (await answered(maps)) ?? [];
  }
  /** The present moment with all its numbers and pictures in so much detail, and what is run then, to be saved. */
  async capture(detail: Partial<ViewOptions> = {}): Promise<Captured> {
    const frame = await this.#client.capture({ ...this.#view.options, ...detail });
    const made = this.#course.past.madeAt(frame.place.moment);
    return { frame, experiment: made?.experiment ?? this.#course.running };
  }
  /** How the samples trained on use each hidden unit at present; null where there is no run to ask. */
  async survey(): Promise<readonly UnitSurvey[] | null> {
    const { frame } = this.#course;
    if (frame === null) return null;
    const found = await answered(this.#client.survey());
    return found && surveyed(found, frame.widths);
  }
  /** The state of the run at present, to the last bit, and what it is a run of; null where there is none. */
  async present(): Promise<Present | null> {
    if (this.#course.frame === null) return null;
    const present = await answered(this.#client.state());
    const made = present && this.#course.past.madeAt(present.moment);
    return made && { ...present, experiment: made.experiment };
  }
  /**
   * Begin a picture of the loss around the present weights, or with null go on with it; rejects with a CommandRefused
   * where there is none.
   */
  landscape(request: LandscapeRequest | null): Promise<Landscape> {
    return this.#client.landscape(request);
  }
}

/** What the engine answers; null where it cannot, which is told elsewhere. */
async function answered<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CommandRefused) return null;
    throw error;
  }
}
