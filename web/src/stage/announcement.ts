/** What a screen reader is told of the run: only when it starts, rests or stops, never while it goes on. */

import type { Session } from "../state/session.svelte";
import { count, percent } from "../ui/format";
import { ofDrawings, whyIdle } from "./drawings";

/** One short sentence, made of nothing that changes while the run goes on. */
export function announcement(session: Session): string {
  switch (session.status) {
    case "loading":
      return "Loading the engine";
    case "running":
      return "Training";
    case "ready":
      return resting(session);
    case "diverged":
    case "failed":
      return "";
  }
}

function resting({ frame, experiment, player, past }: Session): string {
  // The timeline itself says which; here it would be told again with every step on it.
  if (past.isPast) return "At an earlier moment";
  // The reason is told where it stands.
  if (player.stopped) return "";
  if (!frame || frame.updates === 0) return whyIdle(experiment) === "" ? "Ready to train" : "Ready";
  const accuracy =
    frame.testAccuracy === null ? "" : `, test accuracy ${percent(frame.testAccuracy)}`;
  const passes = ofDrawings(experiment) ? "" : `${count(frame.epoch)} epochs and `;
  return `Paused after ${passes}${count(frame.updates)} updates${accuracy}`;
}
