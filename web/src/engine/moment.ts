/** Where a run is in its history, and what the page is told of that. */

/** A moment of a run: it can be computed again at any time, to the last bit. */
export interface Moment {
  /** The history that the moment belongs to; a worker that is started anew has another. */
  readonly timeline: number;
  readonly branch: number;
  /** How many of the events on the way from the root to the branch's tip have happened. */
  readonly events: number;
  /** Number of the last one of them. */
  readonly event: number;
  /** Updates made so far. */
  readonly updates: number;
}

/** What was done to a run apart from training it in passes. */
export type EventKind = "open" | "load" | "restore" | "reset" | "set" | "switch" | "teach";

/** An event as the page marks it. */
export interface Mark {
  /** Number of the event; it keeps it for good. */
  readonly event: number;
  readonly kind: EventKind;
  /** Updates when it happened, and after it: teaching makes some itself. */
  readonly at: number;
  readonly after: number;
}

/** One way that a run has gone. */
export interface BranchAbout {
  readonly branch: number;
  /** What it left; null for a new start. */
  readonly parent: number | null;
  /** Events and updates where it left the other; of a new start, where it began. */
  readonly from: { readonly events: number; readonly updates: number };
  /** Updates at its tip, when this was told. */
  readonly tip: number;
  /** All events on the way to its tip; those before `from` are the parent's. */
  readonly marks: readonly Mark[];
}

/** Where a frame is. */
export interface Place {
  readonly moment: Moment;
  /** The newest moment of its branch. */
  readonly tip: Moment;
  /** Whether the run is still on its way to the moment that was asked for. */
  readonly travelling: boolean;
  /** All branches, the oldest first, where they are not as they were in the last frame. */
  readonly branches: readonly BranchAbout[] | null;
}
