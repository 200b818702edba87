/** Goes to other moments of the run, where all that is shown is of that moment, and marks moments to come back to. */

import type { History, Wish } from "./history.svelte";
import type { Notices } from "./notices.svelte";
import type { Bookmark, Past } from "./past.svelte";
import type { Player } from "./player.svelte";

export class Travels {
  readonly #history: History;
  readonly #player: Player;
  readonly #notices: Notices;

  constructor(history: History, player: Player, notices: Notices) {
    this.#history = history;
    this.#player = player;
    this.#notices = notices;
  }

  /**
   * Go to the moment of a branch, the present one unless another is given, after so many updates. `rough` while the hand
   * still moves: the pictures need not be fine yet.
   */
  to(
    updates: number,
    { branch = this.#past.moment?.branch, events = null, rough = false }: Partial<Wish> = {},
  ): void {
    if (branch === undefined) return;
    this.#player.pause();
    this.#history.travel({ branch, updates, events, rough });
  }
  /** Back to the newest moment of the present branch, or on to that of another. */
  toTip(branch?: number): void {
    this.to(Infinity, branch === undefined ? {} : { branch });
  }
  /** Go to a marked moment, on the present branch if it comes by there. */
  toBookmark(bookmark: Bookmark): void {
    const { updates, events, branch } = bookmark.moment;
    this.to(updates, this.#past.isOnWay(bookmark) ? { events } : { events, branch });
  }

  /** Mark the moment on the screen, to come back to it. */
  bookmark(): void {
    const bookmark = this.#past.mark();
    if (!bookmark) return;
    this.#notices.tell(`${bookmark.name} is set at update ${bookmark.moment.updates}.`);
  }

  get #past(): Past {
    return this.#history.past;
  }
}
