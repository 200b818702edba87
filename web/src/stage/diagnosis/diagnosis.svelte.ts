/** Watches a session and says what is the matter with its run, if anything is. */

import type { Frame } from "../../engine/frame";
import type { UnitSurvey } from "../../engine/survey";
import type { Experiment } from "../../experiment/experiment";
import type { Session } from "../../state/session.svelte";
import type { Finding } from "./finding";
import { diagnosed } from "./rules";
import { Steady } from "./steady";

/** Milliseconds between two looks at a run that trains, and between two surveys of its units. */
const LOOK = 250;
const SURVEY = 1000;

export class Diagnosis {
  #finding = $state.raw<Finding | null>(null);
  readonly #session: Session;
  readonly #now: () => number;
  readonly #steady = new Steady();
  #survey: readonly UnitSurvey[] | null = null;
  #surveyed = -Infinity;
  #looked = -Infinity;
  /** A survey has been asked for and has not come yet. */
  #asking = false;
  #experiment: Experiment | null = null;
  #run = -1;
  /** Updates at which each experiment came into force. */
  readonly #starts = new WeakMap<Experiment, number>();
  /** The same of the present one. */
  #since = 0;

  constructor(session: Session, now: () => number = () => performance.now()) {
    this.#session = session;
    this.#now = now;
  }

  get finding(): Finding | null {
    return this.#finding;
  }

  /** A new moment of the run has come. */
  note(): void {
    const { frame, frameExperiment } = this.#session;
    const { playing } = this.#session.player;
    if (!frame) return;
    if (frameExperiment !== this.#experiment || frame.run !== this.#run) this.#turnTo(frame);
    const now = this.#now();
    if (playing && now - this.#looked < LOOK) return;
    this.#looked = now;
    if (!playing || now - this.#surveyed >= SURVEY) void this.#ask();
    else this.#look();
  }

  /** Do what the finding suggests. */
  follow(): void {
    const step = this.#finding?.step;
    if (!step) return;
    this.#steady.clear();
    this.#finding = null;
    this.#session.change(step.label, step.mutate);
  }

  /** Evidence begins anew with other settings, and goes on where undo brings a run back. */
  #turnTo({ run, updates }: Frame): void {
    const { frameExperiment } = this.#session;
    if (!frameExperiment) return;
    const before = run === this.#run ? undefined : this.#starts.get(frameExperiment);
    this.#since = Math.min(before ?? updates, updates);
    this.#starts.set(frameExperiment, this.#since);
    this.#experiment = frameExperiment;
    this.#run = run;
    this.#survey = null;
    this.#surveyed = -Infinity;
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#surveyed = this.#now();
    this.#survey = await this.#session.ask.survey();
    this.#asking = false;
    this.#look();
  }

  #look(): void {
    const { frame, experiment, frameExperiment, past, player } = this.#session;
    const { curve } = past;
    if (!frame || frameExperiment !== experiment) return;
    const units = frame.widths.slice(1, -1).reduce((sum, width) => sum + width, 0);
    const [start] = curve;
    const found = diagnosed({
      frame,
      experiment,
      startLoss: start?.updates === 0 ? start.trainLoss : null,
      curve: curve.filter(({ updates }) => updates >= this.#since),
      survey: this.#survey?.length === units ? this.#survey : null,
    });
    this.#finding = this.#steady.take(found, this.#now(), !player.playing);
  }
}
