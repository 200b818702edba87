/** Words and symbols of the mathematics in a picture. */

import type { SymbolParts } from "../../ui/symbol";
import { escaped, round, type SvgPen } from "./svg-pen";

/** Fonts that every machine has something for. */
export const SANS = "Inter, 'Helvetica Neue', Arial, sans-serif";
export const SERIF = "'Source Serif 4', Georgia, 'Times New Roman', serif";

export interface Line {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly colour: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  readonly serif?: boolean;
  /** A rim of this colour, to be read over any picture. */
  readonly rim?: string;
}

export function write(pen: SvgPen, text: string, line: Line): void {
  if (text !== "") writeSpans(pen, escaped(text), line);
}

/** A letter with its index, power or hat, set by shifts that all programs understand. */
export function writeSymbol(pen: SvgPen, { before, letters }: SymbolParts, line: Line): void {
  const { size } = line;
  const small = round(0.72 * size);
  const shifted = (text: string, by: number): string =>
    `<tspan dy="${round(by * size)}" font-size="${small}">${escaped(text)}</tspan><tspan dy="${round(-by * size)}">\u200b</tspan>`;
  const spans = letters.map(({ letter, index, power, hat }) =>
    [
      `<tspan font-style="italic">${escaped(letter)}${hat ? "\u0302" : ""}</tspan>`,
      index === undefined ? "" : shifted(index, 0.22),
      power === undefined ? "" : shifted(power, -0.4),
    ].join(""),
  );
  const words = before === undefined ? "" : `${escaped(before)} `;
  writeSpans(pen, words + spans.join(""), { ...line, serif: true });
}

function writeSpans(pen: SvgPen, spans: string, line: Line): void {
  const { x, y, size, colour, anchor = "start", bold = false, serif = false, rim } = line;
  pen.add(
    "text",
    {
      x: round(x),
      y: round(y),
      "font-family": serif ? SERIF : undefined,
      "font-size": round(size),
      "font-weight": bold ? 600 : undefined,
      "text-anchor": anchor === "start" ? undefined : anchor,
      fill: colour,
      stroke: rim,
      "stroke-width": rim === undefined ? undefined : 3,
      "stroke-linejoin": rim === undefined ? undefined : "round",
      "paint-order": rim === undefined ? undefined : "stroke",
    },
    spans,
  );
}
