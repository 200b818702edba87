/** Lets what is trained wait while nobody can see it. */

export class InView {
  readonly #seen = new Set<Element>();
  #waiting: (() => void)[] = [];

  /** Watch a view; returns how to end that. */
  watch(element: Element): () => void {
    const watcher = new IntersectionObserver((entries) => {
      for (const { isIntersecting } of entries) this.#note(element, isIntersecting);
    });
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      this.#note(element, false);
    };
  }

  /** Call back with the next picture; while no view can be seen and `waits`, when one can be seen again. */
  schedule(callback: () => void, waits: boolean): void {
    if (waits && this.#seen.size === 0) this.#waiting.push(callback);
    else requestAnimationFrame(callback);
  }

  #note(element: Element, seen: boolean): void {
    if (seen) this.#seen.add(element);
    else this.#seen.delete(element);
    if (this.#seen.size > 0) {
      for (const callback of this.#waiting.splice(0)) requestAnimationFrame(callback);
    }
  }
}
