/** The tree that an element stands in: the page, or the closed-off one (a shadow root) of a widget in a notebook. */

export type Root = Document | ShadowRoot;

export function rootOf(element: Node): Root {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root : document;
}

/** Where what belongs to no place of its own is put: the end of the tree. */
export function endOf(element: Node): HTMLElement | ShadowRoot {
  const root = rootOf(element);
  return root instanceof ShadowRoot ? root : root.body;
}

/** What has the focus in an element's tree; null where it is elsewhere. */
export function focusedBeside(element: Node): Element | null {
  const { activeElement } = rootOf(element);
  return activeElement === document.body ? null : activeElement;
}

/** What an event has happened to, also for whoever listens outside of its tree. */
export function targetOf(event: Event): EventTarget | null {
  return event.composedPath()[0] ?? event.target;
}
