/** The real engine for tests, and a worker that lives in this thread. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { MessageChannel, type Transferable as Handed } from "node:worker_threads";
import type { WorkerLike } from "../../src/engine/client";
import { Engine } from "../../src/engine/engine";
import { Frame } from "../../src/engine/frame";
import { Host } from "../../src/engine/host";
import type { Request, Response, RunSource, ViewOptions } from "../../src/engine/protocol";
import { NEVER } from "../../src/engine/stopping";
import { transferables } from "../../src/engine/transfer";
import { checked } from "../../src/experiment/check";
import { sourceOf } from "../../src/experiment/source";

export const WASM = resolve(import.meta.dirname, "../../../src/pellucid/engine/build/engine.wasm");

export function loadEngine(): Promise<Engine> {
  return Engine.load(readFileSync(WASM));
}

export function source(document: object = {}): RunSource {
  return sourceOf(checked(document));
}

export const VIEW: ViewOptions = {
  palette: Uint32Array.from({ length: 256 }, (_, k) => 0xff000000 | k),
  classColours: Uint32Array.of(0xff0000ff, 0xff00ff00, 0xffff0000, 0xff00ffff, 0xffffff00),
  classPalettes: [],
  discretize: false,
  tileResolution: 16,
  tilesPerColumn: 8,
  surfaceResolution: 32,
  speed: "normal",
  stop: NEVER,
};

/** A host with what it has answered. */
export class Talk {
  readonly responses: Response[] = [];
  readonly host: Host;
  #id = 0;

  constructor(engine: Engine, now?: () => number) {
    this.host = new Host(engine, (response) => this.responses.push(response), now);
    this.host.receive({ type: "view", options: VIEW });
  }

  command(command: Extract<Request, { type: "command" }>["command"]): Response {
    this.host.receive({ type: "command", id: this.#id++, command });
    return this.last;
  }

  frame(playing = false, recycle: ArrayBuffer | null = null): Frame {
    this.host.receive({ type: "frame", playing, recycle });
    const response = this.last;
    if (response.type !== "frame") throw new Error(`got ${response.type} instead of a frame`);
    return new Frame(response.frame);
  }

  get last(): Response {
    const response = this.responses.at(-1);
    if (!response) throw new Error("no response");
    return response;
  }
}

/** A worker in this thread, with messages cloned and handed over as between threads. */
export class LocalWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  readonly #channel = new MessageChannel();
  readonly #host: Promise<Host>;
  /** Requests received, for tests to look at. */
  readonly requests: Request[] = [];

  constructor() {
    const { port1, port2 } = this.#channel;
    const send = (response: Response) => port2.postMessage(response, transferables(response));
    this.#host = loadEngine().then((engine) => new Host(engine, send));
    port2.on("message", (request: Request) => {
      this.requests.push(request);
      void this.#host.then((host) => host.receive(request));
    });
    port1.on("message", (data: Response) => this.onmessage?.({ data } as MessageEvent<Response>));
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.#channel.port1.postMessage(message, transfer as unknown as Handed[]);
  }
  terminate(): void {
    this.#channel.port1.close();
  }
  /** Stop as a worker does in which an error is thrown. */
  crash(message: string): void {
    this.onerror?.({ message } as ErrorEvent);
  }
}
