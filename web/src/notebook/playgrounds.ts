/** A playground on a notebook: one pair of rooms for it, however often it is shown. */

import { mount, unmount } from "svelte";
import type { Model, View } from "./anywidget";
import { Exchange } from "./exchange.svelte";
import { InView } from "./in-view";
import Playground from "./Playground.svelte";
import { dress } from "./styles";

export class Playgrounds {
  readonly #inView = new InView();
  #exchange: Exchange | null = null;
  #views = 0;

  /** Show it in an element; returns how to take it away. */
  show({ model, el }: View): () => void {
    const exchange = (this.#exchange ??= this.#begin(model));
    this.#views++;
    const { host, body } = furnished(el);
    const stopWatching = this.#inView.watch(host);
    let view: ReturnType<typeof mount> | null = null;
    const stopWaiting = whenLaidOut(host, () => {
      view = mount(Playground, { target: body, props: { rooms: exchange.rooms, host } });
    });
    return () => {
      stopWaiting();
      stopWatching();
      if (view) void unmount(view);
      host.remove();
      this.#views--;
      void this.#endUnlessShown(exchange);
    };
  }

  #begin(model: Model): Exchange {
    const exchange: Exchange = new Exchange(model, (callback) =>
      this.#inView.schedule(callback, exchange.rooms.session.player.playing),
    );
    return exchange;
  }

  /** With the last view goes the worker, but not what it has learnt: that is told before. */
  async #endUnlessShown(exchange: Exchange): Promise<void> {
    if (this.#views > 0) return;
    exchange.rooms.session.player.pause();
    await exchange.flush();
    if (this.#views > 0 || this.#exchange !== exchange) return;
    this.#exchange = null;
    exchange.close();
  }
}

/** A tree of its own in an element of the notebook, with the page's styles. */
function furnished(el: HTMLElement): { host: HTMLElement; body: HTMLElement } {
  const host = document.createElement("div");
  host.className = "pellucid";
  const root = host.attachShadow({ mode: "open" });
  dress(root);
  const body = document.createElement("div");
  body.className = "pellucid-body";
  root.append(body);
  el.append(host);
  return { host, body };
}

/** Call back once an element has its place on the notebook: before, there are no colours that could be read of it. */
function whenLaidOut(element: HTMLElement, callback: () => void): () => void {
  const watcher = new ResizeObserver(() => {
    if (!element.isConnected) return;
    watcher.disconnect();
    callback();
  });
  watcher.observe(element);
  return () => {
    watcher.disconnect();
  };
}
