/** The Web Worker: the engine's home. Everything that it does is in `host.ts`. */

import { Engine } from "./engine";
import { Host } from "./host";
import type { Request, Response } from "./protocol";
import { transferables } from "./transfer";
import { wasm } from "./wasm";

// The page's and the worker's globals have the same name; only these two are used here.
const scope = globalThis as unknown as {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
};

const host = Engine.load(wasm()).then((engine) => new Host(engine, send));

scope.onmessage = ({ data }) => {
  host.then((ready) => ready.receive(data)).catch(crash);
};
host.catch(crash);

function send(response: Response): void {
  scope.postMessage(response, transferables(response));
}

function crash(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  send({ type: "crashed", reason });
}
