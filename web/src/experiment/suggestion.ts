/** "did you mean …?", by the rule of Python's difflib, so that page and command line suggest the same. */

const LEAST_LIKENESS = 0.6;

/** The nearest of some names as a question, or nothing. */
export function suggestion(name: string, names: readonly string[]): string {
  const text = name.toLowerCase();
  const likeness = names.map((each) => ({ each, ratio: ratio(each, text) }));
  const near = likeness
    .filter(({ ratio }) => ratio >= LEAST_LIKENESS)
    // Of equals, difflib takes the last in alphabetical order.
    .sort((a, b) => b.ratio - a.ratio || (a.each < b.each ? 1 : -1))[0];
  return near ? `; did you mean '${near.each}'?` : "";
}

/** Share of the letters that match (Ratcliff and Obershelp 1988). */
function ratio(a: string, b: string): number {
  return a.length + b.length === 0 ? 1 : (2 * matching(a, b)) / (a.length + b.length);
}

/** Letters of the longest common piece, and of those to its left and to its right. */
function matching(a: string, b: string): number {
  let size = 0;
  let startA = 0;
  let startB = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let k = 0;
      while (i + k < a.length && j + k < b.length && a[i + k] === b[j + k]) k++;
      if (k > size) [size, startA, startB] = [k, i, j];
    }
  }
  if (size === 0) return 0;
  const left = matching(a.slice(0, startA), b.slice(0, startB));
  const right = matching(a.slice(startA + size), b.slice(startB + size));
  return left + size + right;
}
