/** The spread of many starts: their results in order, the band of their losses, the histogram, and all in words. */

import { bin, max, median, min, quantileSorted, ticks } from "d3-array";
import type { Start } from "../../../engine/seeds";
import { count, percent, short } from "../../../ui/format";
import { last, type Verdict } from "./verdict";

export type Part = "train" | "test";

/** How a start ended. */
export interface Result {
  readonly place: number;
  readonly start: Start;
  readonly verdict: Verdict;
  /** Accuracy, or the loss of regression. */
  readonly value: number;
  readonly loss: number;
}

export interface Spread {
  /** From worst to best, those that diverged first. */
  readonly results: readonly Result[];
  /** Those of them that have not diverged. */
  readonly sound: readonly Result[];
  readonly part: Part;
  /** Whether values are accuracies. */
  readonly classes: boolean;
}

export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly results: readonly Result[];
  readonly stuck: number;
}

/** Losses at one moment. */
export interface Band {
  readonly epoch: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

const MOST_BINS = 12;

export function spreadOf(
  starts: readonly (Start | undefined)[],
  verdicts: readonly (Verdict | null)[],
  part: Part,
): Spread {
  const classes = starts.some((start) => start && last(start).trainAccuracy !== null);
  const results = starts.flatMap((start, place): Result[] => {
    const verdict = verdicts[place];
    if (!start || !verdict) return [];
    const moment = last(start);
    const loss = moment[`${part}Loss`] ?? NaN;
    const value = classes ? (moment[`${part}Accuracy`] ?? NaN) : loss;
    return [{ place, start, verdict, value, loss }];
  });
  const worse = (one: Result, other: Result): number =>
    Number(other.verdict === "diverged") - Number(one.verdict === "diverged") ||
    (classes ? one.value - other.value : 0) ||
    other.loss - one.loss ||
    one.place - other.place;
  results.sort(worse);
  const sound = results.filter(({ verdict }) => verdict !== "diverged");
  return { results, sound, part, classes };
}

/** Median and the 10 to 90 % of the losses, at every moment that each of the sound starts has. */
export function bandsOf({ sound, part }: Spread): Band[] {
  const epochs = sound[0]?.start.moments.map(({ epoch }) => epoch) ?? [];
  return epochs.map((epoch, look) => {
    const losses = sound.map(({ start }) => start.moments[look]?.[`${part}Loss`] ?? NaN);
    const sorted = losses.toSorted((one, other) => one - other);
    const at = (share: number): number => quantileSorted(sorted, share) ?? NaN;
    return { epoch, low: at(0.1), middle: at(0.5), high: at(0.9) };
  });
}

/** How many starts ended where; the edges are round numbers. */
export function binsOf({ sound, classes }: Spread): Bin[] {
  const low = min(sound, ({ value }) => value) ?? 0;
  const high = max(sound, ({ value }) => value) ?? 1;
  const edges = roundEdges(low, high, classes);
  const place = bin<Result, number>()
    .value(({ value }) => value)
    .domain([edges[0] ?? 0, edges.at(-1) ?? 1])
    .thresholds(edges.slice(1, -1));
  return place([...sound]).map((results) => ({
    low: results.x0 ?? 0,
    high: results.x1 ?? 0,
    results,
    stuck: results.filter(({ verdict }) => verdict === "stuck").length,
  }));
}

/** The value as it is shown. */
export function shown(value: number, classes: boolean): string {
  return classes ? percent(value) : short(Number(value.toPrecision(3)));
}

/** The whole in one sentence. */
export function summary(spread: Spread): string {
  const { results, sound, part, classes } = spread;
  const [worst] = sound;
  const counts = (["stuck", "diverged"] as const).map((verdict) => {
    const many = results.filter((result) => result.verdict === verdict).length;
    return `${many === 0 ? "none" : count(many)} ${verdict}`;
  });
  const starts = results.length === 1 ? "1 start:" : `${count(results.length)} starts:`;
  if (!worst) return `${starts} ${counts.join(", ")}.`;
  const what = `${part === "test" ? "test" : "training"} ${classes ? "accuracy" : "loss"}`;
  const middle = shown(median(sound, ({ value }) => value) ?? NaN, classes);
  return `${starts} median ${what} ${middle}, worst ${shown(worst.value, classes)}, ${counts.join(", ")}.`;
}

/** Edges of the histogram; accuracies end at 1. */
function roundEdges(low: number, high: number, classes: boolean): number[] {
  const span = Math.max(high - low, classes ? 0.05 : 0.1 * high || 1);
  const from = classes ? Math.max(0, high - span) : low;
  const inner = ticks(from, classes ? high : low + span, MOST_BINS - 2);
  const step = (inner[1] ?? 1) - (inner[0] ?? 0);
  const first = inner[0] ?? from;
  const all = [...inner];
  if (first > from) all.unshift(first - step);
  while ((all.at(-1) ?? 0) < high) all.push((all.at(-1) ?? 0) + step);
  if (all.length < 2) all.push((all[0] ?? 0) + step);
  return all.map((edge) => Number(edge.toPrecision(12)));
}
