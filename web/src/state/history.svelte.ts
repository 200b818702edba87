/** The experiment and its run through all changes: each one can be undone, with the weights that it cost. */

import type { EngineClient } from "../engine/client";
import type { Frame } from "../engine/frame";
import type { Command, RunChange } from "../engine/protocol";
import { keepsWeights } from "../experiment/changes";
import type { Experiment } from "../experiment/experiment";
import { encode } from "../experiment/link";
import { sourceOf } from "../experiment/source";
import { UndoStack } from "../experiment/undo";
import { curvePoint, extendCurve, type CurvePoint } from "./curve";
import { Edit, type Saved } from "./edit";
import type { Notices } from "./notices.svelte";

/** Changes with the same label that follow each other as quickly as this (ms) are undone as one: a slider being dragged. */
const TOGETHER = 500;

const STARTED_AGAIN =
  "The network has changed, so training starts again. Undo brings the trained weights back.";

type RunCommand = Exclude<Command, { type: "thumbnails" }>;

export class History {
  #experiment = $state.raw<Experiment>() as Experiment;
  #curve = $state.raw<readonly CurvePoint[]>([]);
  /** Counts changes of the undo stack, which is not reactive by itself. */
  #edits = $state(0);

  readonly #client: EngineClient;
  readonly #notices: Notices;
  readonly #stack = new UndoStack<Edit>();
  #newest: Frame | null = null;
  /** Commands are carried out one after the other. */
  #queue: Promise<void> = Promise.resolve();
  /** The change that still waits in the queue, to which a further one of the same kind is added. */
  #waiting: { readonly edit: Edit; after: Experiment } | null = null;

  constructor(client: EngineClient, notices: Notices, experiment: Experiment) {
    this.#client = client;
    this.#notices = notices;
    this.#experiment = experiment;
  }

  get experiment(): Experiment {
    return this.#experiment;
  }
  get curve(): readonly CurvePoint[] {
    return this.#curve;
  }
  get undoLabel(): string | null {
    return this.#edits >= 0 ? (this.#stack.last?.label ?? null) : null;
  }
  get redoLabel(): string | null {
    return this.#edits >= 0 ? (this.#stack.next?.label ?? null) : null;
  }

  /** Start the first run. */
  begin(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#client.run({ type: "open", source: sourceOf(this.#experiment), keep: false });
    });
  }

  /** Take note of a moment of the run. */
  note(frame: Frame): void {
    this.#newest = frame;
    if (!frame.failure) this.#curve = extendCurve(this.#curve, curvePoint(frame));
  }

  /** Go over to another experiment. */
  change(label: string, after: Experiment): void {
    const before = this.#experiment;
    if (encode(before) === encode(after)) return;
    const edit = this.#editFor(label, after);
    this.#turnTo(after);
    if (this.#waiting?.edit === edit) {
      this.#waiting.after = after;
      return;
    }
    const waiting = { edit, after };
    this.#waiting = waiting;
    void this.#enqueue(async () => {
      if (this.#waiting === waiting) this.#waiting = null;
      await this.#apply(edit, before, waiting.after);
    });
  }

  undo(): void {
    const edit = this.#stack.undo();
    if (!edit) return;
    this.#turnTo(edit.before);
    void this.#enqueue(async () => {
      edit.regained = await this.#travel(edit.before, edit.replacesWeights, edit.lost);
      this.#stack.trim();
    });
  }

  redo(): void {
    const edit = this.#stack.redo();
    if (!edit) return;
    this.#turnTo(edit.after);
    void this.#enqueue(async () => {
      edit.lost = await this.#travel(edit.after, edit.replacesWeights, edit.regained);
      this.#stack.trim();
    });
  }

  advance(unit: "update" | "epoch", count: number): void {
    void this.#enqueue(async () => {
      await this.#client.run({ type: "advance", unit, count });
    });
  }

  reset(): void {
    this.#replaceWeights("reset", { type: "reset" }, []);
  }

  setParameter(layer: number, unit: number, input: number | null, value: number): void {
    const label = input === null ? "bias" : "weight";
    this.#replaceWeights(label, { type: "set", layer, unit, input, value }, null);
  }

  /** Back to the last good moment. */
  recover(): void {
    void this.#enqueue(() => this.#goBack());
  }

  /** The step to undo: a new one, or the last one if this goes on with it. */
  #editFor(label: string, after: Experiment): Edit {
    const now = performance.now();
    const { last } = this.#stack;
    const goesOn =
      last?.label === label &&
      now - last.at < TOGETHER &&
      last.after === this.#experiment &&
      keepsWeights(last.before, last.after) === keepsWeights(last.before, after);
    if (!goesOn) return this.#push(new Edit(label, this.#experiment, after, now));
    last.after = after;
    last.at = now;
    return last;
  }

  async #apply(edit: Edit, before: Experiment, after: Experiment): Promise<void> {
    const keep = keepsWeights(before, after);
    if (keep && this.#newest?.failure) await this.#goBack();
    const trained = (this.#newest?.updates ?? 0) > 0;
    let change: RunChange;
    try {
      change = await this.#client.run({ type: "open", source: sourceOf(after), keep });
    } catch (error) {
      // The engine does not run these settings: as if they had never been.
      this.#stack.drop(edit);
      this.#turnTo(edit.before);
      throw error;
    }
    if (change.kept) return;
    this.#lose(edit, change, []);
    if (trained) this.#notices.tell(STARTED_AGAIN);
  }

  #replaceWeights(label: string, command: RunCommand, curve: readonly CurvePoint[] | null): void {
    const now = performance.now();
    const edit = this.#push(new Edit(label, this.#experiment, this.#experiment, now));
    void this.#enqueue(async () => {
      this.#lose(edit, await this.#client.run(command), curve ?? this.#curve);
    });
  }

  /** Note with a step what weights it cost. */
  #lose(edit: Edit, { previous }: RunChange, curve: readonly CurvePoint[]): void {
    edit.replacesWeights = true;
    if (previous) edit.lost ??= { state: previous, curve: this.#curve };
    this.#curve = curve;
    this.#stack.trim();
  }

  /** Go over to an experiment, with its weights where they were saved; returns what was there before. */
  async #travel(to: Experiment, weights: boolean, saved: Saved | null): Promise<Saved | null> {
    const source = sourceOf(to);
    const curve = this.#curve;
    const change =
      weights && saved
        ? await this.#client.run({ type: "restore", source, state: saved.state })
        : await this.#client.run({ type: "open", source, keep: !weights });
    if (!change.kept) this.#curve = saved?.curve ?? [];
    return change.previous && { state: change.previous, curve };
  }

  async #goBack(): Promise<void> {
    const { good } = this.#client;
    const source = sourceOf(this.#experiment);
    await this.#client.run(good ? { type: "restore", source, state: good } : { type: "reset" });
  }

  #turnTo(experiment: Experiment): void {
    this.#experiment = experiment;
    this.#notices.dismiss();
    this.#edits++;
  }

  #push(edit: Edit): Edit {
    this.#stack.push(edit);
    this.#edits++;
    return edit;
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(task).catch((error: unknown) => this.#notices.refused(error));
    return this.#queue;
  }
}
