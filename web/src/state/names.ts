/** Names of characters: which are free, and which may not be given. */

import { LONGEST_NAME } from "../experiment/drawn";

/** Names that a new character is given, the first that is free. */
const SUGGESTED = ["X", "O", "+", "—", "|", "/", "\\", "✓", "✗"];
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** A free name for one more character: digits go on with digits. */
export function freeName(names: readonly string[]): string {
  const digits = names.every((name) => DIGITS.includes(name));
  const order = digits ? [...DIGITS, ...SUGGESTED] : [...SUGGESTED, ...DIGITS];
  return order.find((name) => !names.includes(name)) ?? "";
}

/** A name as it is kept: without space around it, and with letters composed the usual way. */
export function tidied(name: string): string {
  return name.trim().normalize("NFC");
}

/** Why a character may not be called so, beside these others; null where it may. */
export function nameFault(name: string, others: readonly string[]): string | null {
  const letters = Array.from(name);
  if (letters.length === 0)
    return `A character needs a name of 1 to ${LONGEST_NAME} letters or signs.`;
  if (letters.length > LONGEST_NAME) {
    const start = letters.slice(0, 24).join("");
    return `The name '${start}…' has ${letters.length} letters, but must have 1 to ${LONGEST_NAME}.`;
  }
  if (/[\p{Cc}\p{Cs}]/u.test(name))
    return "The name of a character must consist of letters and signs that can be seen.";
  return others.includes(name) ? `There is a character named ${name} already.` : null;
}
