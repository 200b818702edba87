/** The account of an answer: the empty square, and each pixel's share for and against. */

import type { Reading } from "../../engine/reading";

export type Why = Reading["why"];

export interface Account {
  readonly empty: number;
  readonly pro: number;
  readonly contra: number;
  readonly total: number;
}

const PLACES = 100;
/** A margin of 4 is a probability of 98 %: the share of each of the pixels that make it up has full colour. */
const SURE = 4;

/** Rounded to hundredths so that what is shown adds up as it is shown; each number is less than one hundredth off. */
export function accountOf({ shares, empty }: Why): Account {
  let [pro, contra] = [0, 0];
  for (const share of shares) {
    if (share > 0) pro += share;
    else contra += share;
  }
  const exact = [empty, pro, contra].map((term) => term * PLACES);
  const terms = exact.map(Math.floor);
  const total = Math.round(sum(exact));
  // Those that rounding down has cost the most are rounded up, as many as are needed.
  const order = [0, 1, 2].sort((a, b) => lost(exact, terms, b) - lost(exact, terms, a));
  for (const place of order.slice(0, total - sum(terms))) terms[place] = (terms[place] ?? 0) + 1;
  const [first = 0, second = 0, third = 0] = terms.map((term) => term / PLACES);
  return { empty: first, pro: second, contra: third, total: total / PLACES };
}

/** The share that has full colour: the largest, but pixels that hardly say anything stay pale. */
export function fullShare({ shares }: Why, on: number): number {
  const largest = shares.reduce((most, share) => Math.max(most, Math.abs(share)), 0);
  return Math.max(largest, SURE / Math.max(1, on));
}

function sum(terms: readonly number[]): number {
  return terms.reduce((total, term) => total + term, 0);
}

function lost(exact: readonly number[], terms: readonly number[], place: number): number {
  return (exact[place] ?? 0) - (terms[place] ?? 0);
}
