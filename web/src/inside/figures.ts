/** Numbers in an account: enough digits to follow the sum, a true minus sign, powers of ten where they are needed. */

import { bracketed, branch, identifier, number, operator, row, type MathNode } from "./math";

const MINUS = "\u2212";
const DIGITS = 4;
const LARGEST = 1e5;
const SMALLEST = 1e-3;

/** Mantissa and power of ten, as they are written; null for what is no finite number. */
function parts(value: number, digits: number): readonly [string, number] | null {
  if (!Number.isFinite(value)) return null;
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : "";
  if (size === 0) return ["0", 0];
  if (Number.isInteger(value) && size < LARGEST) return [sign + String(size), 0];
  const plain = size.toPrecision(digits);
  // It has a power of ten of its own where the number has more places than digits are wanted.
  if (size >= SMALLEST && !plain.includes("e")) return [sign + plain, 0];
  const [mantissa = "", power = "0"] = size.toExponential(digits - 1).split("e");
  return [sign + mantissa, Number(power)];
}

/** As text: "0.4777", "−3.702e−5". */
export function figure(value: number, digits = DIGITS): string {
  const found = parts(value, digits);
  if (!found) return unbounded(value);
  const [mantissa, power] = found;
  return power === 0 ? mantissa : `${mantissa}e${String(power).replace("-", MINUS)}`;
}

/** As mathematics; a number below 0 stands in brackets behind a sign. */
export function written(value: number, behindSign = false, digits = DIGITS): MathNode {
  const found = parts(value, digits);
  if (!found) return identifier(unbounded(value));
  const [mantissa, power] = found;
  const plain =
    power === 0
      ? number(mantissa)
      : row(
          number(mantissa),
          operator("·"),
          branch("msup", number("10"), number(String(power).replace("-", MINUS))),
        );
  return value < 0 && behindSign ? bracketed(plain) : plain;
}

function unbounded(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return value < 0 ? `${MINUS}∞` : "∞";
}
