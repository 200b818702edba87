/** Whether the weights in a file are those of the network at hand, and what is to be done where they are not. */

import type { Frame } from "../engine/frame";
import type { Parameters } from "../engine/protocol";
import type { Experiment } from "../experiment/experiment";
import { inputNames } from "../formats/about";
import type { OpenedWeights } from "../formats/open-weights";
import { parametersOf, shapeText, widthsOf, type Layer } from "../formats/tensors";

export { openWeights } from "../formats/open-weights";

/** The weights in a file beside the network at hand. */
export interface Weights {
  /** Name of the file. */
  readonly file: string;
  readonly parameters: Parameters;
  /** The experiment that they are from, where the file holds it. */
  readonly experiment: Experiment | null;
  /** Why they do not fit into the network, in a sentence; null where they do. */
  readonly misfit: string | null;
  /** Whether they fit and, as far as the file says, are of such a network. */
  readonly isOwn: boolean;
}

/** Weights of another network than the one at hand: what to do with them is for the visitor to say. */
export interface Offer extends Weights {
  readonly experiment: Experiment;
}

export function weighed(opened: OpenedWeights, frame: Frame, experiment: Experiment): Weights {
  const misfit = misfitOf(opened, frame.widths);
  return {
    file: opened.file,
    parameters: parametersOf(opened.layers),
    experiment: opened.experiment,
    misfit,
    isOwn: misfit === null && isOfNetwork(opened, frame, experiment),
  };
}

/** Why weights do not fit into a network, in a sentence with both shapes; null where they do. */
export function misfitOf(
  { file, layers }: Pick<OpenedWeights, "file" | "layers">,
  widths: readonly number[],
): string | null {
  const last = widths.length - 2;
  if (layers.length !== last + 1) {
    const hidden = layers.length - 1;
    return `${file} has the weights of ${counted(layers.length, "layer")}, but this network has ${last + 1}: choose ${hidden === 0 ? "no hidden layers" : counted(hidden, "hidden layer")}.`;
  }
  for (const [place, { biases, inputs }] of layers.entries()) {
    const [before = 0, units = 0] = widths.slice(place, place + 2);
    if (inputs === before && biases.length === units) continue;
    const name = place === last ? "the output layer" : `hidden layer ${place + 1}`;
    const shapes = `${shapeText([biases.length, inputs])} in ${file}, but ${shapeText([units, before])} here`;
    return `The weights of ${name} have the shape ${shapes}: ${advice(layers, widths, place)}.`;
  }
  return null;
}

/** What would make the first layer that does not fit do so. */
function advice(layers: readonly Layer[], widths: readonly number[], place: number): string {
  const given = widthsOf(layers);
  if (given[place] !== widths[place]) {
    return place === 0
      ? `choose data and features that make ${counted(given[0] ?? 0, "input")}`
      : `choose ${counted(given[place] ?? 0, "unit")} in hidden layer ${place}`;
  }
  return place === layers.length - 1
    ? `choose data that ask for ${counted(given.at(-1) ?? 0, "output")}`
    : `choose ${counted(given[place + 1] ?? 0, "unit")} in hidden layer ${place + 1}`;
}

/** Whether what a file says of its network, as far as it says something, is true of the one at hand. */
export function isOfNetwork(
  { inputs, activations }: Pick<OpenedWeights, "inputs" | "activations">,
  frame: Frame,
  experiment: Experiment,
): boolean {
  const same = (one: readonly string[] | null, other: readonly string[]): boolean =>
    one === null || one.join() === other.join();
  return same(inputs, inputNames(frame, experiment)) && same(activations, frame.activations);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
