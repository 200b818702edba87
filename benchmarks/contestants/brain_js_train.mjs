// How both versions of brain.js are trained.

import { rows, serve } from "./protocol.mjs";

// brain.js refuses 0 for both.
const MOMENTUM = 1e-9;
const STOP_AT_ERROR = 1e-300;

export function contend(NeuralNetwork, version) {
  serve((workload, inputs, targets) => {
    const wanted = rows(targets, workload.sizes.at(-1));
    const data = rows(inputs, workload.sizes[0]).map((input, row) => ({
      input,
      output: wanted[row],
    }));
    const options = { activation: workload.activation, hiddenLayers: workload.sizes.slice(1, -1) };
    const network = new NeuralNetwork(options);
    const epochs = (iterations) => {
      const status = network.train(data, {
        ...options,
        iterations,
        errorThresh: STOP_AT_ERROR,
        learningRate: workload.learning_rate,
        momentum: MOMENTUM,
      });
      if (status.iterations !== iterations)
        throw new Error(`brain.js stopped after ${status.iterations} epochs`);
    };
    return {
      version,
      epochs,
      outputs: () => data.map(({ input }) => Array.from(network.run(input))),
    };
  });
}
