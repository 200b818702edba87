/** The compiled engine, engine.wasm: its functions, its memory, and room in it. */

import { Status, type EngineExports } from "./bindings";

const PAGE_BYTES = 65536;
/** Room for the module's own stack and constants, and a small run. */
const INITIAL_PAGES = 32;
const ALIGNMENT = 16;

/** What the engine can be made from: an address to fetch, its bytes, or what has been made of these. */
export type EngineSource = URL | BufferSource | WebAssembly.Module;

/** The engine does not run these settings; the message says why, in one sentence. */
export class RefusedSettings extends Error {}

export class Engine {
  readonly functions: EngineExports;
  readonly #memory: WebAssembly.Memory;
  /** First byte that hosts may use. */
  readonly base: number;

  private constructor(instance: WebAssembly.Instance, memory: WebAssembly.Memory) {
    this.functions = instance.exports as EngineExports;
    this.#memory = memory;
    this.base = aligned(Number(this.functions.__heap_base.value));
  }

  static async load(source: EngineSource | Promise<EngineSource>): Promise<Engine> {
    const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES });
    return new Engine(await instantiate(await source, { env: { memory } }), memory);
  }

  /** Make the memory reach up to an address. Views made before are void afterwards. */
  reserve(end: number): void {
    const missing = end - this.#memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    } catch {
      throw new RefusedSettings(
        "This network needs more memory than the browser gives; make it smaller.",
      );
    }
  }

  ints(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#memory.buffer, address, length);
  }
  floats(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#memory.buffer, address, length);
  }
  doubles(address: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#memory.buffer, address, length);
  }
  words(address: number, length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#memory.buffer, address, length);
  }
  /** Move words within the memory; the two places may overlap. */
  move(from: number, to: number, length: number): void {
    new Uint32Array(this.#memory.buffer).copyWithin(to / 4, from / 4, from / 4 + length);
  }
}

/** What a function of the engine returned, unless it refused; the experiment's checks come before it. */
export function accepted(status: number): number {
  if (status >= 0) return status;
  const name = Object.entries(Status).find(([, code]) => code === status)?.[0] ?? String(status);
  throw new RefusedSettings(`The engine cannot run these settings: ${name.replaceAll("_", " ")}.`);
}

/** The next address that any array may start at. */
export function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}

async function instantiate(
  source: EngineSource,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.Instance> {
  if (source instanceof WebAssembly.Module) return WebAssembly.instantiate(source, imports);
  if (!(source instanceof URL)) {
    const module = await WebAssembly.compile(source);
    return WebAssembly.instantiate(module, imports);
  }
  const response = await fetch(source);
  if (!response.ok) throw new Error(`engine.wasm cannot be fetched (status ${response.status})`);
  // Compiling while it arrives needs the right content type, which not every static host sends.
  if (response.headers.get("content-type")?.startsWith("application/wasm")) {
    return (await WebAssembly.instantiateStreaming(response, imports)).instance;
  }
  return (await WebAssembly.instantiate(await response.arrayBuffer(), imports)).instance;
}
