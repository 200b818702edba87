/** Numbers as text, as Python's `repr` writes a float. */

/** Digits that tell every float32 from all others. */
const MOST = 9;

/** The decimal with the fewest digits that, rounded to float32, is this float32 again. */
export function float32Text(value: number): string {
  // Which has a sign that is lost on the way through digits.
  if (value === 0) return floatText(value);
  for (let digits = 1; digits < MOST; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return floatText(short);
  }
  return floatText(Number(value.toPrecision(MOST)));
}

/** The fewest digits that give the same double; exponents below 1e-4 and from 1e16 on. */
export function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const [, sign = "", first = "", others = "", power = ""] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  const digits = first + others;
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${first}${others === "" ? "" : `.${others}`}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}
