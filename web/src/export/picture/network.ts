/** The network in a picture that is saved: edges, biases and units by the code that draws them on the screen. */

import type { Frame, Tile } from "../../engine/frame";
import type { Experiment } from "../../experiment/experiment";
import { drawActivations } from "../../stage/activations";
import { drawBiases } from "../../stage/biases";
import { gridOf } from "../../stage/drawings";
import { drawEdges } from "../../stage/edges";
import { facesOf } from "../../stage/faces";
import { layOut, type ColumnPlace, type NetworkLayout, type UnitPlace } from "../../stage/layout";
import { drawPixels } from "../../stage/pixels";
import { Strongest } from "../../stage/strongest";
import { unitSymbol } from "../../stage/symbols";
import { countOf } from "../../stage/widths";
import { percent, signed } from "../../ui/format";
import { mixed } from "../../ui/theme.svelte";
import { ACTIVATIONS, wordFor } from "../../ui/words";
import type { Scene } from "./scene";
import type { SvgPen } from "./svg-pen";
import { write, writeSymbol } from "./words";

const REM = 16;
/** Room above the columns for their two lines of words. */
const HEADER = 3.5 * REM;
const SMALL = 13;
const TINY = 12;
/** Least distance between columns, and what a unit takes in a high column. */
const SPACING = 6.5 * REM;
const PITCH = 3.4 * REM;
const HIGHEST = 16;
const LOWEST = 9;
/** How strongly a circle is filled at most, in its class's colour. */
const FILLED = 0.6;
const PROBABILITIES = ["softmax", "sigmoid"];
/** As the corner of a tile on the screen. */
const CORNER = 0.22;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Room that a network needs, in pixels. */
export function sizeFor(widths: readonly number[]): Size {
  const rows = Math.min(HIGHEST, Math.max(LOWEST, ...widths.slice(1)));
  const height = Math.ceil(HEADER + rows * PITCH);
  return { width: Math.max(640, widths.length * SPACING), height };
}

export function drawNetwork(pen: SvgPen, scene: Scene, size: Size): void {
  const { frame, experiment, reading, colours } = scene;
  const { widths } = frame;
  const grid = gridOf(experiment, widths[0] ?? 0);
  const bitmap = grid > 0 ? { grid, unfolded: false } : null;
  const layout = layOut(widths, { ...size, header: HEADER, footer: 0, rem: REM }, [], bitmap);
  const bits = reading?.bits ?? null;
  const strongest = new Strongest();
  drawEdges(pen, layout, frame, { colours, strongest, focus: null, edge: null, bits });
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  drawBiases(pen, layout, frame, colours);
  layout.columns.forEach((place, column) => {
    writeHeader(pen, scene, place, column);
    if (place.bitmap) {
      drawPixels(pen, place, bits, colours, scene.classic, []);
      return;
    }
    drawUnits(pen, scene, layout, place, column);
    if (place.hidden > 0 && place.fold) {
      const { x, y } = place.fold;
      write(pen, `+ ${place.hidden}`, {
        x,
        y,
        size: SMALL,
        colour: colours.soft,
        anchor: "middle",
      });
    }
  });
  if (reading) drawActivations(pen, layout, reading, colours);
}

function writeHeader(pen: SvgPen, scene: Scene, { x }: ColumnPlace, column: number): void {
  const { frame, colours } = scene;
  const words = headerOf(scene.experiment, frame, column);
  words.forEach((text, line) => {
    const colour = line === 0 ? colours.ink : colours.soft;
    write(pen, text, {
      x,
      y: 14 + 18 * line,
      size: line === 0 ? SMALL : TINY,
      colour,
      anchor: "middle",
    });
  });
}

function headerOf(experiment: Experiment, frame: Frame, column: number): string[] {
  const { widths, activations } = frame;
  const units = widths[column] ?? 0;
  const activation = wordFor(ACTIVATIONS, activations[column - 1] ?? "");
  if (column === widths.length - 1) return [countOf(units, "output"), activation];
  if (column > 0) return [countOf(units, "unit"), activation];
  const perPixel = gridOf(experiment, units) > 0 ? ["one per pixel"] : [];
  return [countOf(units, "input"), ...perPixel];
}

function drawUnits(
  pen: SvgPen,
  scene: Scene,
  layout: NetworkLayout,
  place: ColumnPlace,
  column: number,
): void {
  const { frame, experiment, names, reading, colours } = scene;
  const outputs = names.length > 0 && column === frame.widths.length - 1;
  const drawn = names.length > 0;
  for (const unit of place.units) {
    if (outputs) {
      drawFace(pen, scene, layout, place, unit);
      continue;
    }
    const tile = frame.tile(column, unit.unit);
    if (tile) drawTile(pen, scene, unit, tile, drawn);
    if (frame.unitIsOff(column, unit.unit)) crossOut(pen, unit, colours.ink);
    if (!place.dense) {
      const symbol = unitSymbol(experiment, frame.widths, column, unit.unit, names);
      const y = unit.y + unit.size / 2 + 1.75 * REM;
      writeSymbol(pen, symbol, { x: unit.x, y, size: 15, colour: colours.soft, anchor: "middle" });
    }
    const activation = reading?.activations[column]?.[unit.unit];
    if (activation === undefined) continue;
    const x = unit.x + unit.size / 2 + 0.625 * REM;
    const line = { x, y: unit.y + 4, size: TINY, colour: colours.ink, rim: colours.card };
    write(pen, signed(activation, 2), line);
  }
}

function drawTile(
  pen: SvgPen,
  { frame, colours, image }: Scene,
  { x, y, size }: UnitPlace,
  tile: Tile,
  pixelated: boolean,
): void {
  const box = { x: x - size / 2, y: y - size / 2, width: size, height: size };
  pen.within(box, { radius: CORNER * size, clipped: true }, () => {
    pen.image(image(tile.pixels, frame.tileResolution), { ...box, x: 0, y: 0 }, pixelated);
  });
  pen.beginPath();
  pen.roundRect(box.x, box.y, size, size, CORNER * size);
  pen.strokeStyle = colours.tileRim;
  pen.lineWidth = 1.25;
  pen.stroke();
}

function crossOut(pen: SvgPen, { x, y, size }: UnitPlace, colour: string): void {
  const reach = 0.43 * size;
  pen.beginPath();
  for (const sign of [-1, 1]) {
    pen.moveTo(x - reach, y - sign * reach);
    pen.lineTo(x + reach, y + sign * reach);
  }
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.stroke();
}

/** The class of an output in a circle that is filled by what it says. */
function drawFace(
  pen: SvgPen,
  { frame, names, reading, colours }: Scene,
  layout: NetworkLayout,
  place: ColumnPlace,
  { column, unit, x, y, size }: UnitPlace,
): void {
  // A single output stands for the second of two classes.
  const label = frame.widths[column] === 1 ? 1 : unit;
  const name = names[label] ?? "";
  const colour = colours.classes[label] ?? colours.ink;
  const activation = reading?.activations[column]?.[unit] ?? null;
  const share = Math.min(1, Math.max(0, activation ?? 0));
  const faces = facesOf(place, names, layout.width, layout.rem);
  pen.beginPath();
  pen.arc(x, y, size / 2 - 1);
  pen.fillStyle = mixed(colours.card, colour, FILLED * share);
  pen.fill();
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.stroke();
  const middle = { x, y: y + 0.36 * faces.font, anchor: "middle" as const, colour: colours.ink };
  if (faces.font > 0) write(pen, name, { ...middle, size: faces.font });
  const probability = PROBABILITIES.includes(frame.activations.at(-1) ?? "");
  const says = activation === null ? "" : probability ? percent(activation) : signed(activation, 2);
  const words = [faces.font > 0 ? "" : name, says].filter((text) => text !== "");
  const beside = { x: x + size / 2 + 6, y: y + 4.5, anchor: "start" as const };
  const below = { x, y: y + size / 2 + 1.75 * REM, anchor: "middle" as const };
  const line = { ...(faces.below ? below : beside), size: SMALL, colour: colours.ink };
  words.forEach((text, row) => {
    const y = line.y + (row - (words.length - 1) / 2) * 16;
    write(pen, text, { ...line, y, bold: text === says });
  });
}
