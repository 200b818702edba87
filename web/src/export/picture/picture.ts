/** The network and its answer side by side, as SVG. */

import type { Frame } from "../../engine/frame";
import type { Experiment } from "../../experiment/experiment";
import { DATASETS } from "../../rooms/shapes/datasets";
import { count, fixed, percent } from "../../ui/format";
import { drawBars, heightOf } from "./bars";
import { drawNetwork, sizeFor } from "./network";
import { drawPlane, heightFor, MARGIN } from "./plane";
import type { Scene } from "./scene";
import { escaped, SvgPen } from "./svg-pen";
import { SANS, SERIF, write } from "./words";

export interface Picture {
  readonly svg: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

const EDGE = 28;
const GAP = 36;
/** Height of the heading with the line below it. */
const HEAD = 62;
const PLANE = 420;
const BARS = 300;

export function picture(scene: Scene): Picture {
  const { frame, reading, colours } = scene;
  const network = sizeFor(frame.widths);
  const answer = answerSize(scene);
  const inner = Math.ceil(Math.max(network.height, answer.height));
  const width = 2 * EDGE + network.width + (answer.width > 0 ? GAP + answer.width : 0);
  const height = 2 * EDGE + HEAD + inner;
  const pen = new SvgPen();
  pen.fillStyle = colours.card;
  pen.fillRect(0, 0, width, height);
  const title = titleOf(scene.experiment);
  pen.add(
    "text",
    {
      x: EDGE,
      y: EDGE + 18,
      "font-family": SERIF,
      "font-size": 22,
      "font-weight": 600,
      fill: colours.ink,
    },
    escaped(title),
  );
  const words = wordsOf(frame);
  write(pen, words, { x: EDGE, y: EDGE + 42, size: 13, colour: colours.soft });
  const top = EDGE + HEAD;
  pen.within({ x: EDGE, y: top, ...network }, {}, () => {
    drawNetwork(pen, scene, { ...network, height: inner });
  });
  const x = EDGE + network.width + GAP;
  pen.within({ x, y: top + (inner - answer.height) / 2, ...answer }, {}, () => {
    if (reading) drawBars(pen, scene, reading, answer.width);
    else drawPlane(pen, scene, answer.width);
  });
  return { svg: document(pen.content, width, height, title, words), width, height };
}

/** Of an empty pad, and of inputs that are no points of the plane, there is no answer to be seen. */
function answerSize(scene: Scene): { width: number; height: number } {
  const { frame, names, reading } = scene;
  if (reading) return { width: BARS, height: heightOf(names.length) };
  if (!frame.surface) return { width: 0, height: 0 };
  return { width: MARGIN + PLANE, height: heightFor(scene, MARGIN + PLANE) };
}

function titleOf({ data }: Experiment): string {
  const dataset = DATASETS.find(({ kind }) => kind === data.kind);
  if (dataset) return dataset.name;
  return data.drawings ? "Drawings" : "Points";
}

/** The moment in numbers: as they stand beside the curve. */
function wordsOf(frame: Frame): string {
  const words = [
    `${count(frame.updates)} ${frame.updates === 1 ? "update" : "updates"}`,
    `epoch ${count(frame.epoch)}`,
  ];
  const add = (name: string, loss: number | null, accuracy: number | null): void => {
    if (loss === null) return;
    const share = accuracy === null ? "" : `, accuracy ${percent(accuracy)}`;
    words.push(`${name} loss ${loss < 100 ? fixed(loss, 3) : loss.toPrecision(3)}${share}`);
  };
  add("training", frame.trainLoss, frame.trainAccuracy);
  add("test", frame.testLoss, frame.testAccuracy);
  return words.join("  ·  ");
}

function document(
  content: string,
  width: number,
  height: number,
  title: string,
  words: string,
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${SANS}" role="img">`,
    `<title>${escaped(`${title}: the network and its answer`)}</title>`,
    `<desc>${escaped(`${words}. Made with Pellucid.`)}</desc>`,
    content,
    "</svg>\n",
  ].join("\n");
}
