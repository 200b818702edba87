/** Numbers as they are shown: a true minus sign, a fixed number of places, nothing that jumps. */

const MINUS = "\u2212";

/** With a fixed number of decimals; "−0.00" is never shown. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** With its sign always shown: "+0.50", "−1.20"; zero has none. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** As short as it is exact, to six significant digits: "0.1", "1e−8". */
export function short(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const small = rounded !== 0 && Math.abs(rounded) < 1e-4;
  return (small ? rounded.toExponential() : String(rounded)).replaceAll("-", MINUS);
}

/** Decimals by which numbers on a scale of this span have about three digits. */
export function decimalsFor(span: number): number {
  if (!(span > 0) || !Number.isFinite(span)) return 2;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(span))));
}

/** A share of one as a percentage with one decimal; 100 % only for all. */
export function percent(share: number): string {
  const tenths = share < 1 ? Math.min(999, Math.round(share * 1000)) : 1000;
  return `${tenths === 1000 ? "100" : (tenths / 10).toFixed(1)} %`;
}

/** A count, in groups of three digits. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A count in at most four figures: 950, 12.3 k, 4.56 M. */
export function magnitude(value: number): string {
  if (value < 1e3) return Math.round(value).toString();
  const [unit, name] = value < 1e6 ? ([1e3, "k"] as const) : ([1e6, "M"] as const);
  return `${(value / unit).toPrecision(3)} ${name}`;
}

/** What a person typed as a number: comma or point, any minus sign, a trailing percent sign; NaN if none. */
export function parseNumber(text: string): number {
  const plain = text.trim().replaceAll(MINUS, "-").replace(",", ".").replace(/\s*%$/, "");
  return plain === "" ? NaN : Number(plain);
}
