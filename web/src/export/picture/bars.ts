/** The answer to a drawing in a picture that is saved: a bar for each class, as long as the network is sure. */

import type { Reading } from "../../engine/reading";
import { answerOf } from "../../rooms/draw/answer";
import { fixed, percent } from "../../ui/format";
import type { Scene } from "./scene";
import type { SvgPen } from "./svg-pen";
import { write } from "./words";

const SIZE = 15;
const HEIGHT = 14;
const VALUE = 62;
const LETTER = 0.62;
/** In rows of this height, or of less where there are many. */
const ROW = 34;

/** Height of the bars of so many classes. */
export function heightOf(classes: number): number {
  return classes * ROW;
}

export function drawBars(pen: SvgPen, scene: Scene, reading: Reading, width: number): void {
  const { frame, names, colours } = scene;
  const answer = answerOf(reading, frame.activations.at(-1) ?? "");
  const longest = Math.max(...names.map((name) => Array.from(name).length));
  const room = Math.min(0.4 * width, LETTER * SIZE * longest + 14);
  const track = width - room - VALUE;
  names.forEach((name, label) => {
    const y = (label + 0.5) * ROW;
    const value = answer.values[label];
    const best = answer.best === label;
    const colour = best ? colours.ink : colours.soft;
    write(pen, name, { x: 0, y: y + 0.36 * SIZE, size: SIZE, colour, bold: best });
    const bar = (length: number, fill: string): void => {
      pen.fillStyle = fill;
      pen.beginPath();
      pen.roundRect(room, y - HEIGHT / 2, length, HEIGHT, HEIGHT / 2);
      pen.fill();
    };
    bar(track, colours.hairline);
    const share = Math.min(1, Math.max(0, value ?? 0));
    pen.within({ x: 0, y: 0, width, height: ROW * names.length }, {}, () => {
      pen.beginPath();
      pen.roundRect(room, y - HEIGHT / 2, track, HEIGHT, HEIGHT / 2);
      pen.clip();
      pen.fillStyle = colours.classes[label] ?? colours.ink;
      if (share > 0) pen.fillRect(room, y - HEIGHT / 2, share * track, HEIGHT);
    });
    const known = value !== undefined && Number.isFinite(value);
    const text = !known ? "–" : answer.kind === "numbers" ? fixed(value, 2) : percent(value);
    const line = { x: width, y: y + 0.36 * SIZE, size: SIZE, colour, bold: best };
    write(pen, text, { ...line, anchor: "end" });
  });
}
