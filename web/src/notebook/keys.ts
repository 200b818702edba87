/**
 * Keys that are pressed inside of a widget are for it: a notebook has commands on single keys, "d d" deletes a cell.
 * Those with Ctrl or Alt stay the notebook's, except for what the widget undoes and redoes itself.
 */

/** Lumino, and with it JupyterLab and Notebook, looks for this attribute before anything else hears of a key. */
const SUPPRESS = "data-lm-suppress-shortcuts";

/** Keep keys from the notebook, and hand them to `use` when everything inside has had them; returns how to end it. */
export function keepKeys(host: HTMLElement, use: (event: KeyboardEvent) => void): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  // The notebook listens at the document while a key is on its way down, which is after the window.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.composedPath().includes(host)) host.toggleAttribute(SUPPRESS, isOurs(event));
    },
    { signal, capture: true },
  );
  host.addEventListener(
    "keydown",
    (event) => {
      use(event);
      // What floats above the widget waits for Escape outside of it.
      if (isOurs(event) && event.key !== "Escape") event.stopPropagation();
    },
    { signal },
  );
  return () => {
    listeners.abort();
  };
}

function isOurs({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return (!ctrlKey && !metaKey && !altKey) || (!altKey && key.toLowerCase() === "z");
}
