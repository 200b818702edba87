/** Goes to other moments of the run, where all that is shown is of that moment, and marks moments to come back to. */

import type { RunCommand } from "../engine/protocol";
import type { Course } from "./course.svelte";
import type { Notices } from "./notices.svelte";
import type { Bookmark, Past } from "./past.svelte";
import type { Player } from "./player.svelte";

/** A moment to be seen. */
type Wish = Omit<Extract<RunCommand, { type: "travel" }>, "type">;

export class Travels {
  readonly #course: Course;
  readonly #player: Player;
  readonly #notices: Notices;
  /** The newest moment that somebody wants to see, and whether one is under way. */
  #wish: Wish | null = null;
  #goes = false;

  constructor(course: Course, player: Player, notices: Notices) {
    this.#course = course;
    this.#player = player;
    this.#notices = notices;
  }

  /**
   * Go to the moment of a branch, the present one unless another is given, after so many updates. `rough` while the hand
   * still moves: the pictures need not be fine yet. While one is under way, only the newest wish counts.
   */
  to(
    updates: number,
    { branch = this.#past.moment?.branch, events = null, rough = false }: Partial<Wish> = {},
  ): void {
    if (branch === undefined) return;
    this.#player.pause();
    this.#wish = { branch, updates, events, rough };
    this.#past.headFor(this.#wish);
    if (!this.#goes) this.#setOut();
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
    return this.#course.past;
  }

  #setOut(): void {
    this.#goes = true;
    void this.#course.do(async () => {
      try {
        for (let wish = this.#take(); wish; wish = this.#take()) {
          await this.#course.move({ type: "travel", ...wish });
        }
      } catch (error) {
        this.#past.headFor(null);
        throw error;
      } finally {
        this.#goes = false;
      }
    });
  }

  #take(): Wish | null {
    const wish = this.#wish;
    this.#wish = null;
    return wish;
  }
}
