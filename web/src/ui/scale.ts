/** How the positions of a slider, 0 to 1, and its values belong together. */

export interface Scale {
  readonly minimum: number;
  readonly maximum: number;
  toValue(position: number): number;
  toPosition(value: number): number;
}

/** Even steps from minimum to maximum. */
export function linearScale(minimum: number, maximum: number, step: number): Scale {
  const span = maximum - minimum;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    minimum,
    maximum,
    toValue(position) {
      const value = minimum + Math.round((position * span) / step) * step;
      return Number(clamp(value, minimum, maximum).toFixed(decimals));
    },
    toPosition: (value) => clamp((value - minimum) / span, 0, 1),
  };
}

/** Equal ratios from minimum (above 0) to maximum, in values of so many significant digits. */
export function logScale(minimum: number, maximum: number, digits: number, whole = false): Scale {
  const ratio = Math.log(maximum / minimum);
  return {
    minimum,
    maximum,
    toValue(position) {
      const value = Number((minimum * Math.exp(position * ratio)).toPrecision(digits));
      return clamp(whole ? Math.round(value) : value, minimum, maximum);
    },
    toPosition: (value) => clamp(Math.log(Math.max(value, minimum) / minimum) / ratio, 0, 1),
  };
}

/** A log scale whose first position is 0, "none". */
export function logScaleFromZero(minimum: number, maximum: number, digits: number): Scale {
  const inner = logScale(minimum, maximum, digits);
  const first = 0.04;
  return {
    minimum: 0,
    maximum,
    toValue: (position) => (position < first / 2 ? 0 : inner.toValue(toInner(position, first))),
    toPosition: (value) => (value === 0 ? 0 : first + inner.toPosition(value) * (1 - first)),
  };
}

function toInner(position: number, first: number): number {
  return clamp((position - first) / (1 - first), 0, 1);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
