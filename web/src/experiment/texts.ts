/** Lists of any texts in a link: what means something there is written as `~` and two hexadecimal digits. */

/** What a link writes for an empty list. */
export const NONE = "none";

// eslint-disable-next-line no-control-regex -- control characters are what must not stand in an address
const RESERVED = /[\x00-\x20\x7f~,&=#%;+"<>\\^`{|}]/g;
const ESCAPED = /~([\dA-Fa-f]{2})/g;
// eslint-disable-next-line no-control-regex -- all of ASCII
const BEYOND_ASCII = /[^\x00-\x7f]+/g;

/** The list as a link has it; characters beyond ASCII are percent-encoded. */
export function writeTexts(texts: readonly string[]): string {
  const written = texts.map(escaped).join(",");
  // A list of one text that is this very word must not be taken for an empty one.
  return written === NONE ? written.replace("n", "~6E") : written || NONE;
}

/** The list in a part of a link that has been percent-decoded. */
export function readTexts(written: string): string[] {
  if (written === NONE) return [];
  return written.split(",").map(unescaped);
}

function escaped(text: string): string {
  return text
    .replace(RESERVED, (each) => `~${hexadecimal(each.charCodeAt(0))}`)
    .replace(BEYOND_ASCII, encodeURIComponent);
}

function unescaped(text: string): string {
  return text.replace(ESCAPED, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

function hexadecimal(code: number): string {
  return code.toString(16).toUpperCase().padStart(2, "0");
}
