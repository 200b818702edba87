/**
 * A second run in a worker of its own that goes along with the run on the page: it is always as many passes over its
 * samples from its start.
 *
 * An experiment gives the same bits every time, so that to go back is to start anew.
 */

import { CommandRefused, EngineClient, type WorkerLike } from "../engine/client";
import type { Frame } from "../engine/frame";
import type { RunCommand } from "../engine/protocol";
import type { Experiment } from "../experiment/experiment";
import { sourceOf } from "../experiment/source";
import { curvePoint, extendCurve, type CurvePoint } from "./curve";
import type { Saved } from "./edit";
import type { ViewSettings } from "./view.svelte";

/** What is looked at on a long way, so that the curve of a run that joins later has a shape. */
const MOST_LOOKS = 60;
/** What rounding may take from a share of a pass. */
const TINY = 1e-9;

export class Companion {
  readonly experiment: Experiment;
  #frame = $state.raw<Frame | null>(null);
  #curve = $state.raw<readonly CurvePoint[]>([]);
  #broken = $state<string | null>(null);

  readonly #client: EngineClient;
  readonly #stopEffects: () => void;
  /** The curve of the run that it goes along with. */
  #ahead: readonly CurvePoint[] = [];
  /** Resolves when it has come to where the other is; null while it is there. */
  #way: Promise<void> | null = null;
  #arrived: (() => void) | null = null;
  #waiting: (() => void)[] = [];

  constructor(experiment: Experiment, view: ViewSettings, startWorker: () => WorkerLike) {
    this.experiment = experiment;
    this.#client = new EngineClient({
      startWorker,
      // The run on the page keeps the pace; this one follows as soon as it can.
      schedule: (callback) => callback(),
      onFrame: (frame) => this.#show(frame),
      onCrash: (sentence) => this.#break(sentence),
    });
    this.#stopEffects = $effect.root(() => {
      $effect(() => this.#client.setView({ ...view.options, tilesPerColumn: 0 }));
    });
  }

  /** The newest moment; null until there is one. */
  get frame(): Frame | null {
    return this.#frame;
  }
  get curve(): readonly CurvePoint[] {
    return this.#curve;
  }
  /** Why there is no run any more, in a sentence. */
  get broken(): string | null {
    return this.#broken;
  }

  /** Go to where another run is, by its curve. */
  follow(curve: readonly CurvePoint[]): void {
    this.#ahead = curve;
    if (this.#way || this.#broken !== null) return;
    if (!this.#frame || this.#next()) this.#way = this.#go();
  }
  /** Call back once it is where the other run is. */
  whenThere(callback: () => void): void {
    if (this.#way) this.#waiting.push(callback);
    else callback();
  }

  /** Its present moment, to be gone on from elsewhere; it starts anew itself. Null where it has none. */
  async handOver(): Promise<Saved | null> {
    await this.#way;
    if (this.#broken !== null) return null;
    const curve = this.#curve;
    const { previous } = await this.#client.run({ type: "reset" });
    return previous && { state: previous, curve, moment: null };
  }

  close(): void {
    this.#stopEffects();
    this.#client.close();
    this.#break("");
  }

  async #go(): Promise<void> {
    if (!this.#frame)
      await this.#do({ type: "open", source: sourceOf(this.experiment), keep: false });
    for (let step = this.#next(); step; step = this.#next()) await this.#do(step);
    this.#rest();
  }

  /** What brings it nearer to the other run; null when it is there, or can go no further. */
  #next(): RunCommand | null {
    const frame = this.#frame;
    const goal = this.#ahead.at(-1);
    if (!frame || !goal || this.#broken !== null) return null;
    const wanted = this.#updatesAt(goal, frame);
    if (wanted < frame.updates) return { type: "reset" };
    if (wanted === frame.updates || frame.failure) return null;
    const stride = Math.ceil(this.#ahead.length / MOST_LOOKS);
    const looks = this.#ahead.filter((_, place) => place % stride === 0);
    const first = looks.find((point) => this.#updatesAt(point, frame) > frame.updates);
    const to = first ? Math.min(wanted, this.#updatesAt(first, frame)) : wanted;
    return { type: "advance", unit: "update", count: to - frame.updates };
  }

  /** Its own updates after as many passes. */
  #updatesAt({ epoch }: CurvePoint, { trainSamples }: Frame): number {
    const { batch_size } = this.experiment.training;
    const batch = batch_size === "all" ? trainSamples : Math.min(batch_size, trainSamples);
    const whole = Math.floor(epoch + TINY);
    const share = Math.floor(((epoch - whole) * trainSamples) / batch + TINY);
    return whole * Math.ceil(trainSamples / batch) + Math.max(0, share);
  }

  /** Have a command carried out and wait for the picture of it. */
  async #do(command: RunCommand): Promise<void> {
    try {
      await this.#client.run(command);
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      this.#break(error.message);
    }
    if (this.#broken === null) await new Promise<void>((resolve) => (this.#arrived = resolve));
  }

  #show(frame: Frame): void {
    this.#frame = frame;
    if (!frame.failure) this.#curve = extendCurve(this.#curve, curvePoint(frame));
    this.#arrived?.();
    this.#arrived = null;
  }

  #break(sentence: string): void {
    this.#broken ??= sentence;
    this.#arrived?.();
    this.#rest();
  }

  #rest(): void {
    this.#way = null;
    for (const callback of this.#waiting.splice(0)) callback();
  }
}
