/** The compiled engine as a worker of a widget has it, by a message: in place of `engine/wasm.ts`. */

export function wasm(): Promise<WebAssembly.Module> {
  return new Promise((resolve) => {
    addEventListener("message", function take(event: MessageEvent<unknown>): void {
      if (!(event.data instanceof WebAssembly.Module)) return;
      // All other messages are for the worker.
      event.stopImmediatePropagation();
      removeEventListener("message", take);
      resolve(event.data);
    });
  });
}
