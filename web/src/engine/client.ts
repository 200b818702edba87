/**
 * The page's side of the worker.
 *
 * The page asks for a frame when it has drawn the last one, so messages never pile up: one frame is under way at
 * most. If the worker crashes, a new one goes on from the last good state.
 */

import type { AccountRequest } from "./account";
import { Frame, type FrameData } from "./frame";
import type { Landscape, LandscapeRequest } from "./landscape";
import type { Moment } from "./moment";
import type {
  Command,
  PresentState,
  Request,
  Response,
  RunChange,
  RunCommand,
  RunSource,
  RunState,
  Thumbnail,
  ViewOptions,
} from "./protocol";
import { transferables } from "./transfer";

/** What the client needs of a worker. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Response>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface ClientOptions {
  readonly startWorker: () => WorkerLike;
  /** Calls back when the page is about to draw, as requestAnimationFrame does. */
  readonly schedule: (callback: () => void) => void;
  readonly onFrame: (frame: Frame) => void;
  /** The worker crashed; with `final` it cannot be started again. */
  readonly onCrash: (sentence: string, final: boolean) => void;
  /** What is run, where commands may have led back to what was opened earlier; without it, what was last opened. */
  readonly source?: () => RunSource;
}

/** A state in which every number was finite, and the moment that it is of where that is known. */
export interface GoodState {
  readonly state: RunState;
  readonly moment: Moment | null;
}

/** A command that was not carried out; the message is a sentence for the visitor. */
export class CommandRefused extends Error {}

type Pixels = Uint8ClampedArray<ArrayBuffer>;

interface Waiting {
  readonly command: Command;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Crashes in a row after which the worker is not started again. */
const MOST_CRASHES = 3;
/** Frames that may still be in use on the page when a buffer is given back. */
const FRAMES_IN_USE = 2;

export class EngineClient {
  readonly #options: ClientOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: WorkerLike;
  #view: ViewOptions | null = null;
  #account: AccountRequest | null = null;
  #nextId = 0;
  #playing = false;
  /** A frame has been asked for and has not come yet. */
  #asked = false;
  #scheduled = false;
  /** Something has changed since a frame was last asked for. */
  #stale = false;
  #buffers: ArrayBuffer[] = [];
  #source: RunSource | null = null;
  #good: GoodState | null = null;
  #crashes = 0;
  #closed = false;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#worker = this.#start();
  }

  /** The last state in which every number was finite. */
  get good(): GoodState | null {
    return this.#good;
  }

  get playing(): boolean {
    return this.#playing;
  }
  set playing(playing: boolean) {
    this.#playing = playing;
    this.refresh();
  }

  /** Have something done to the run; rejects with a CommandRefused where it cannot be done. */
  async run(command: RunCommand): Promise<RunChange> {
    const change = (await this.#command(command)) as RunChange;
    if ("source" in command) this.#source = command.source;
    if (!change.kept || command.type === "travel") this.#good = goodAfter(command, change);
    this.refresh();
    return change;
  }

  /** The state of the run at present, to the last bit. */
  async state(): Promise<PresentState> {
    return (await this.#command({ type: "state" })) as PresentState;
  }

  /** Points of other runs, for small pictures. */
  async thumbnails(sources: readonly RunSource[]): Promise<readonly Thumbnail[]> {
    return (await this.#command({ type: "thumbnails", sources })) as readonly Thumbnail[];
  }

  /** Small pictures of the inputs of another run. */
  async inputs(
    source: RunSource,
    resolution: number,
    palette: Uint32Array<ArrayBuffer>,
  ): Promise<readonly Pixels[]> {
    const command: Command = { type: "inputs", source, resolution, palette };
    return (await this.#command(command)) as readonly Pixels[];
  }

  /** How the samples use the hidden units at present, see `Response`. */
  async survey(): Promise<Float32Array> {
    return (await this.#command({ type: "survey" })) as Float32Array;
  }

  /** The present moment with all its numbers, pictured as is asked for here; it stays as it is. */
  async capture(options: ViewOptions): Promise<Frame> {
    return new Frame((await this.#command({ type: "capture", options })) as FrameData);
  }

  /** Begin a picture of the loss around the present weights, or with null go on with it; as far as it is known. */
  async landscape(request: LandscapeRequest | null): Promise<Landscape> {
    return (await this.#command({ type: "landscape", request })) as Landscape;
  }

  setView(options: ViewOptions): void {
    this.#view = options;
    this.#post({ type: "view", options });
    this.refresh();
  }

  /** Have an account of the next update in every frame; null for none. */
  setAccount(request: AccountRequest | null): void {
    if (request === null && this.#account === null) return;
    this.#account = request;
    this.#post({ type: "account", request });
    this.refresh();
  }
  /** Have branches kept as long as there is memory for one. */
  hold(branches: readonly number[]): void {
    this.#post({ type: "hold", branches });
  }

  /** Ask for a frame, as soon as the page draws and the last frame has come. */
  refresh(): void {
    this.#stale = true;
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    this.#worker.terminate();
    this.#rejectAll("The page is being closed.");
  }

  #command(command: Command): Promise<unknown> {
    if (this.#closed) return Promise.reject(new CommandRefused("The engine has stopped."));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { command, resolve, reject });
      this.#post({ type: "command", id, command });
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#asked || this.#closed || !this.#source) return;
    if (!this.#stale && !this.#playing) return;
    this.#scheduled = true;
    this.#options.schedule(() => {
      this.#scheduled = false;
      if (this.#asked || this.#closed) return;
      this.#asked = true;
      this.#stale = false;
      const recycle = this.#buffers.length > FRAMES_IN_USE ? this.#buffers.shift() : undefined;
      this.#post({ type: "frame", playing: this.#playing, recycle: recycle ?? null });
    });
  }

  #receive(response: Response): void {
    switch (response.type) {
      case "answer":
        return this.#settle(response.id, (waiting) => waiting.resolve(response.change));
      case "state":
        return this.#settle(response.id, (waiting) => waiting.resolve(response.present));
      case "thumbnails":
        return this.#settle(response.id, (waiting) => waiting.resolve(response.thumbnails));
      case "inputs":
        return this.#settle(response.id, (waiting) => waiting.resolve(response.pictures));
      case "survey":
        return this.#settle(response.id, (waiting) => waiting.resolve(response.survey));
      case "capture":
        return this.#settle(response.id, (waiting) => waiting.resolve(response.frame));
      case "landscape":
        return this.#settle(response.id, (waiting) => waiting.resolve(response.landscape));
      case "refused":
        return this.#settle(response.id, (waiting) =>
          waiting.reject(new CommandRefused(response.reason)),
        );
      case "frame":
        this.#asked = false;
        this.#crashes = 0;
        this.#buffers.push(response.frame.buffer);
        if (response.state) this.#good = { state: response.state, moment: response.good };
        // On the way to a moment, the next frame is nearer to it.
        if (response.frame.place.travelling) this.#stale = true;
        this.#options.onFrame(new Frame(response.frame));
        return this.#schedule();
      case "crashed":
        return this.#crash(response.reason);
    }
  }

  #settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) how(waiting);
  }

  #crash(reason: string): void {
    if (this.#closed) return;
    this.#worker.terminate();
    this.#crashes++;
    this.#asked = false;
    this.#buffers = [];
    const final = this.#crashes >= MOST_CRASHES;
    const sentence = final
      ? `The engine has stopped and cannot be started again: ${reason}. Reload the page to try once more.`
      : `The engine stopped (${reason}) and was started again${this.#source ? " from the last good moment" : ""}.`;
    // What was under way may have been the cause, so it is not tried again; except for the first run, without
    // which there is nothing to go on with.
    if (final || this.#source) this.#rejectAll(sentence);
    if (final) {
      this.#closed = true;
    } else {
      this.#worker = this.#start();
      this.#resume();
    }
    this.#options.onCrash(sentence, final);
  }

  /** Bring a new worker to where the last one was. */
  #resume(): void {
    if (this.#view) this.#post({ type: "view", options: this.#view });
    if (this.#account) this.#post({ type: "account", request: this.#account });
    for (const [id, { command }] of this.#waiting) this.#post({ type: "command", id, command });
    if (!this.#source) return;
    const source = this.#options.source?.() ?? this.#source;
    const command: RunCommand = this.#good
      ? { type: "restore", source, state: this.#good.state }
      : { type: "open", source, keep: false };
    this.run(command).catch(() => {
      // A second crash is told by itself.
    });
  }

  #rejectAll(sentence: string): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const each of waiting) each.reject(new CommandRefused(sentence));
  }

  #start(): WorkerLike {
    const worker = this.#options.startWorker();
    worker.onmessage = ({ data }) => {
      if (worker === this.#worker) this.#receive(data);
    };
    worker.onerror = (event) => {
      if (worker === this.#worker) this.#crash(event.message || "it could not be loaded");
    };
    return worker;
  }

  #post(request: Request): void {
    this.#worker.postMessage(request, transferables(request));
  }
}

function goodAfter(command: RunCommand, { moment }: RunChange): GoodState | null {
  return command.type === "restore" && command.state ? { state: command.state, moment } : null;
}
