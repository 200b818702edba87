/** The answer over the plane in a picture that is saved: surface, boundary, samples, axes, and what colours mean. */

import { toReal, type Unit } from "../../engine/scaling";
import { axisName, classNames } from "../../rooms/shapes/answer";
import { boundary } from "../../rooms/shapes/boundary";
import { drawShapes } from "../../rooms/shapes/points";
import { ticksOf } from "../../rooms/shapes/ticks";
import { FEATURES } from "../../stage/symbols";
import { decimalsFor, fixed } from "../../ui/format";
import type { Scene } from "./scene";
import type { SvgPen } from "./svg-pen";
import { write, writeSymbol } from "./words";

/** Room for the numbers and the name along an axis. */
export const MARGIN = 46;
const TICK = 5;
const APART = 70;
const SMALL = 13;
const ROW = 24;
/** Width of a letter, about, as a share of its size. */
const LETTER = 0.56;

/** Height of the square with all that stands below it. */
export function heightFor(scene: Scene, width: number): number {
  const size = width - MARGIN;
  const last = scene.frame.task === "regression" ? ROW : (legendOf(scene, size).at(-1)?.y ?? 0);
  return size + MARGIN + 16 + last;
}

/** From the left end of the numbers to the right side of the square; the legend stands below. */
export function drawPlane(pen: SvgPen, scene: Scene, width: number): void {
  const { frame, colours, palette, showTrain, showTest } = scene;
  const { surface } = frame;
  if (!surface) return;
  const size = width - MARGIN;
  const box = { x: MARGIN, y: 0, width: size, height: size };
  pen.within(box, { radius: 10, clipped: true }, () => {
    const whole = { x: 0, y: 0, width: size, height: size };
    pen.image(scene.image(surface.pixels, surface.resolution), whole, false);
    pen.lineJoin = "round";
    pen.lineWidth = 1.5;
    pen.strokeStyle = colours.ink;
    pen.beginPath();
    boundary(pen, frame, size);
    pen.stroke();
    drawShapes(pen, frame, { size, colours, palette, showTrain, showTest });
  });
  pen.within(box, {}, () => {
    drawAxes(pen, scene, size);
  });
  pen.within({ ...box, y: size + MARGIN + 4 }, {}, () => {
    if (frame.task === "regression") drawColourBar(pen, scene, size);
    else drawClasses(pen, scene, size);
  });
}

function drawAxes(pen: SvgPen, { frame, experiment, colours }: Scene, size: number): void {
  const { low, high } = frame.plane;
  const count = Math.floor(size / APART);
  const ticks = (unit: Unit): ReturnType<typeof ticksOf> =>
    ticksOf(toReal(unit, low), toReal(unit, high), count);
  const line = { size: 12, colour: colours.soft };
  pen.strokeStyle = colours.soft;
  pen.lineWidth = 1;
  for (const { share, text } of ticks(frame.scaling.x1)) {
    mark(pen, share * size, size, share * size, size + TICK);
    write(pen, text, { ...line, x: share * size, y: size + 19, anchor: "middle" });
  }
  for (const { share, text } of ticks(frame.scaling.x2)) {
    mark(pen, -TICK, (1 - share) * size, 0, (1 - share) * size);
    write(pen, text, { ...line, x: -TICK - 4, y: (1 - share) * size + 4, anchor: "end" });
  }
  const places = [
    { x: size / 2, y: size + 38, anchor: "middle" },
    { x: -MARGIN, y: 12, anchor: "start" },
  ] as const;
  places.forEach((place, axis) => {
    const name = axisName(experiment, axis === 0 ? 0 : 1);
    const own = { ...place, size: 15, colour: colours.ink };
    if (name === null) writeSymbol(pen, axis === 0 ? FEATURES.x1 : FEATURES.x2, own);
    else if (axis === 0) write(pen, name, { ...own, size: SMALL });
    // Beside the axis there is no room for a name: it stands in the corner of the picture.
    else write(pen, name, { ...own, x: 10, y: 20, size: SMALL, rim: colours.card });
  });
}

function mark(pen: SvgPen, x0: number, y0: number, x1: number, y1: number): void {
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}

/** A word and its mark; the mark's left end, and the middle of the line. */
interface Entry {
  readonly name: string;
  readonly draw: (pen: SvgPen, scene: Scene, x: number, y: number) => void;
}

function drawClasses(pen: SvgPen, scene: Scene, size: number): void {
  for (const { name, draw, x, y } of legendOf(scene, size)) {
    draw(pen, scene, x, y);
    const line = { x: x + 19, y: y + 4.5, size: SMALL, colour: scene.colours.soft };
    write(pen, name, line);
  }
}

/** A mark and a name for each class; then what discs, diamonds and rings are: in as many rows as it takes. */
function legendOf(scene: Scene, size: number): (Entry & { x: number; y: number })[] {
  const { frame, experiment, showTrain, showTest } = scene;
  const entries: Entry[] = classNames(experiment, frame.classes).map((name, label) => ({
    name,
    draw: drawSquare(label),
  }));
  if (showTrain) entries.push({ name: "training", draw: drawDisc });
  if (showTest && frame.testSamples > 0) entries.push({ name: "test", draw: drawDiamond });
  entries.push({ name: "misread", draw: drawRing });
  let [x, y] = [0, 8];
  return entries.map((entry) => {
    const width = 20 + LETTER * SMALL * Array.from(entry.name).length;
    if (x > 0 && x + width > size) [x, y] = [0, y + ROW];
    const placed = { ...entry, x, y };
    x += width + 18;
    return placed;
  });
}

function drawSquare(label: number): Entry["draw"] {
  return (pen, { colours }, x, y) => {
    pen.fillStyle = colours.classes[label] ?? colours.ink;
    pen.beginPath();
    pen.roundRect(x, y - 6, 12, 12, 3);
    pen.fill();
  };
}
function drawDisc(pen: SvgPen, { colours }: Scene, x: number, y: number): void {
  pen.fillStyle = colours.soft;
  pen.beginPath();
  pen.arc(x + 6, y, 5);
  pen.fill();
}
function drawDiamond(pen: SvgPen, { colours }: Scene, x: number, y: number): void {
  pen.fillStyle = colours.soft;
  pen.beginPath();
  pen.moveTo(x + 6, y - 6);
  pen.lineTo(x + 12, y);
  pen.lineTo(x + 6, y + 6);
  pen.lineTo(x, y);
  pen.closePath();
  pen.fill();
}
function drawRing(pen: SvgPen, { colours }: Scene, x: number, y: number): void {
  pen.fillStyle = colours.hairline;
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.arc(x + 6, y, 5);
  pen.fill();
  pen.stroke();
}

/** Which colour stands for which number, in the data's own units. */
function drawColourBar(pen: SvgPen, scene: Scene, size: number): void {
  const { frame, colours, palette } = scene;
  const { low, high } = frame.surface ?? { low: -1, high: 1 };
  const unit = frame.scaling.value;
  const decimals = decimalsFor((high - low) * unit.scale);
  // A square of rows that are all alike, pressed into a bar.
  const row = new Uint8ClampedArray(palette.buffer, palette.byteOffset, palette.byteLength);
  const pixels = new Uint8ClampedArray(palette.length * row.length);
  for (let k = 0; k < palette.length; k++) pixels.set(row, k * row.length);
  const bar = { x: 0, y: 0, width: size, height: 12 };
  pen.within(bar, { radius: 6, clipped: true }, () => {
    pen.image(scene.image(pixels, palette.length), bar, false);
  });
  const anchors = ["start", "middle", "end"] as const;
  anchors.forEach((anchor, k) => {
    const value = toReal(unit, low + (k / 2) * (high - low));
    const line = { x: (k / 2) * size, y: 30, size: SMALL, colour: colours.soft, anchor };
    write(pen, fixed(value, decimals), line);
  });
}
