/** What can be saved of a run, in the groups and words of the dialog, and how each file is made. */

import type { Frame } from "../engine/frame";
import { refusal } from "../experiment/errors";
import type { Experiment } from "../experiment/experiment";
import { aboutOf } from "../formats/about";
import { layersOf, tensorsOf } from "../formats/tensors";
import { fileName } from "../state/experiment-file";
import type { Rooms } from "../state/rooms.svelte";
import type { Colours } from "../ui/theme.svelte";
import type { Scene } from "./picture/scene";

export interface Made {
  readonly name: string;
  readonly blob: Blob;
}

/** What a file is made from. */
export interface Source {
  readonly rooms: Rooms;
  readonly colours: Colours;
}

export interface FileKind {
  /** Its ending, without the point. */
  readonly ending: string;
  readonly make: (source: Source) => Promise<Made>;
}

/** The same thing in one format or several. */
export interface Thing {
  readonly name: string;
  readonly about: string;
  readonly kinds: readonly FileKind[];
}

export interface Group {
  readonly name: string;
  readonly things: readonly Thing[];
}

const TYPES: Readonly<Record<string, string>> = {
  py: "text/x-python;charset=utf-8",
  json: "application/json",
  npz: "application/zip",
  csv: "text/csv;charset=utf-8",
  svg: "image/svg+xml",
};
/** Pixels along the edges of tiles and of the answer, which are seen larger than on most screens. */
const DETAIL = { tileResolution: 160, tilesPerColumn: 32, surfaceResolution: 840 };
/** Numbers alone: no pictures are painted. */
const NO_PICTURES = { tileResolution: 0, tilesPerColumn: 0, surfaceResolution: 0 };

const NETWORK: Group = {
  name: "Network",
  things: [
    {
      name: "NumPy script",
      about: "The network and its training, written out to be read; it runs by itself.",
      kinds: [{ ending: "py", make: (source) => makeScript(source, "numpy") }],
    },
    {
      name: "PyTorch script",
      about: "The same network and training with PyTorch.",
      kinds: [{ ending: "py", make: (source) => makeScript(source, "torch") }],
    },
    {
      name: "ONNX model",
      about: "The trained network for other programs, with its features and scaling.",
      kinds: [{ ending: "onnx", make: makeModel }],
    },
    {
      name: "Weights",
      about: "All weights and biases; they can be opened here again.",
      kinds: [
        { ending: "json", make: (source) => makeWeights(source, "json") },
        { ending: "npz", make: (source) => makeWeights(source, "npz") },
        { ending: "safetensors", make: (source) => makeWeights(source, "safetensors") },
      ],
    },
  ],
};
const SAMPLES: Group = {
  name: "Data",
  things: [
    {
      name: "Samples",
      about: "A table of all samples: numbers, label, and what is held out.",
      kinds: [{ ending: "csv", make: makeSamples }],
    },
  ],
};
const DRAWINGS: Group = {
  name: "Data",
  things: [
    {
      name: "Drawings",
      about: "Label and pixels of each drawing, as a table or as arrays for NumPy.",
      kinds: [
        { ending: "csv", make: (source) => makeDrawings(source, "csv") },
        { ending: "npz", make: (source) => makeDrawings(source, "npz") },
      ],
    },
  ],
};
const RUN: Group = {
  name: "Run",
  things: [
    {
      name: "Loss curve",
      about: "Loss and accuracy at every moment of the curve.",
      kinds: [{ ending: "csv", make: makeCurve }],
    },
    {
      name: "Picture",
      about: "The network and its answer as they are now, for slides and papers.",
      kinds: [
        { ending: "svg", make: (source) => makePicture(source, "svg") },
        { ending: "png", make: (source) => makePicture(source, "png") },
      ],
    },
  ],
};

export function groupsFor(room: Rooms["room"]): readonly Group[] {
  return [NETWORK, room === "draw" ? DRAWINGS : SAMPLES, RUN];
}

async function makeScript({ rooms }: Source, framework: "numpy" | "torch"): Promise<Made> {
  const [{ frame, experiment }, { script }, { default: table }] = await Promise.all([
    rooms.session.ask.capture(NO_PICTURES),
    import("./script"),
    import("./scripts.json"),
  ]);
  const bitmap = (text: string): Uint8Array =>
    rooms.drawings?.bitmap(text, experiment.data.grid) ?? new Uint8Array();
  return file(experiment, framework, "py", script(table[framework], frame, experiment, bitmap));
}

async function makeModel({ rooms }: Source): Promise<Made> {
  const [{ frame, experiment }, { Graph }, { modelOf }] = await Promise.all([
    rooms.session.ask.capture(NO_PICTURES),
    import("./onnx/graph"),
    import("./onnx/model"),
  ]);
  const about = {
    pellucid: JSON.stringify(aboutOf(frame, experiment)),
    class_names: JSON.stringify(experiment.data.class_names ?? []),
  };
  return file(experiment, "", "onnx", modelOf(new Graph(frame, experiment), about));
}

async function makeWeights(
  { rooms }: Source,
  format: "json" | "npz" | "safetensors",
): Promise<Made> {
  const { frame, experiment } = await rooms.session.ask.capture(NO_PICTURES);
  return file(experiment, "weights", format, await weights(frame, experiment, format));
}

async function weights(
  frame: Frame,
  experiment: Experiment,
  format: "json" | "npz" | "safetensors",
): Promise<BlobPart> {
  const tensors = tensorsOf(layersOf(frame));
  const about = aboutOf(frame, experiment);
  if (tensors.some(({ values }) => !Array.from(values).every(Number.isFinite))) {
    throw refusal("This network has weights that are no finite numbers; go back to a good moment.");
  }
  if (format === "json") {
    return (await import("../formats/weights-json")).writeWeightsJson(tensors, about);
  }
  if (format === "npz") {
    return (await import("../formats/weights-npz")).writeWeightsNpz(tensors, about);
  }
  return (await import("../formats/safetensors")).writeSafetensors(tensors, about);
}

async function makeSamples({ rooms }: Source): Promise<Made> {
  const [{ frame, experiment }, { samplesCsv }] = await Promise.all([
    rooms.session.ask.capture(NO_PICTURES),
    import("./samples-csv"),
  ]);
  return file(experiment, "samples", "csv", samplesCsv(frame, experiment));
}

function makeDrawings({ rooms }: Source, format: "csv" | "npz"): Promise<Made> {
  const { drawings } = rooms;
  if (!drawings) throw new Error("the room Draw is not open");
  return Promise.resolve(drawings.save(format));
}

async function makeCurve({ rooms }: Source): Promise<Made> {
  const { curveCsv } = await import("./curve-csv");
  const { past, experiment } = rooms.session;
  return file(experiment, "curve", "csv", curveCsv(past.curve));
}

async function makePicture(source: Source, format: "svg" | "png"): Promise<Made> {
  const { session } = source.rooms;
  const [{ frame, experiment }, { picture }, { pixelsAddress, pngOf }] = await Promise.all([
    session.ask.capture(DETAIL),
    import("./picture/picture"),
    import("./picture/pixels"),
  ]);
  const made = picture(sceneOf(source, frame, experiment, pixelsAddress));
  return file(experiment, "", format, format === "svg" ? made.svg : await pngOf(made));
}

function sceneOf(
  { rooms, colours }: Source,
  frame: Frame,
  experiment: Experiment,
  image: Scene["image"],
): Scene {
  const { view } = rooms;
  const drawings = rooms.room === "draw" ? rooms.drawings : null;
  const reading = drawings?.readAt(frame) ?? null;
  return {
    experiment,
    frame,
    reading: reading && reading.on > 0 ? reading : null,
    names: drawings?.names ?? [],
    colours,
    palette: view.palette,
    classic: view.classicColours,
    showTrain: view.showTrain,
    showTest: view.showTest,
    image,
  };
}

function file(experiment: Experiment, part: string, ending: string, content: BlobPart): Made {
  const name = `${fileName(experiment)}${part === "" ? "" : `-${part}`}.${ending}`;
  return { name, blob: new Blob([content], { type: TYPES[ending] ?? "application/octet-stream" }) };
}
