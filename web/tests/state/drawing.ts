/** Drawings for tests: hands that draw, and a page with drawings in it. */

import type { Drawings } from "../../src/state/drawings.svelte";
import { until } from "./support";

/** Draw a character on the pad as a hand would; each seed is another hand. */
export function draw(drawings: Drawings, character: string, seed = 0): void {
  for (const [first, ...rest] of drawings.reader?.byHand(character, seed) ?? []) {
    if (!first) continue;
    drawings.begin(first);
    drawings.extend(rest);
    drawings.lift();
  }
}

/** Draw a character on an empty pad and say what it is. */
export function keep(drawings: Drawings, character: string, label: number, seed = 0): void {
  drawings.clear();
  draw(drawings, character, seed);
  drawings.say(label);
}

/** All weights and biases, once the network has made so many updates. */
export async function bits({ session }: Drawings, updates: number): Promise<string> {
  await until(
    () => session.frame?.updates === updates && session.frameExperiment === session.experiment,
  );
  const { frame } = session;
  return frame ? [...frame.weights, ...frame.biases].map((each) => each.join()).join(";") : "";
}

/** Texts and labels of the tray. */
export function tray({ kept }: Drawings): [string, number][] {
  return kept.map(({ text, label }) => [text, label]);
}
