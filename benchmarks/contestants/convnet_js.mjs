// convnetjs: fully connected layers and its own Trainer.

import convnetjs from "convnetjs";
import { createRequire } from "node:module";
import { rows, serve } from "./protocol.mjs";

serve((workload, inputs, targets) => {
  const [width, ...layers] = workload.sizes;
  const network = new convnetjs.Net();
  network.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: width },
    ...layers.map((units) => ({ type: "fc", num_neurons: units, activation: workload.activation })),
  ]);
  // makeLayers would put one more dense layer before a 'regression'; the loss belongs right on the last activation.
  network.layers.push(
    new convnetjs.RegressionLayer({ in_sx: 1, in_sy: 1, in_depth: layers.at(-1) }),
  );
  const trainer = new convnetjs.SGDTrainer(network, {
    method: "sgd",
    learning_rate: workload.learning_rate,
    momentum: 0,
    l2_decay: 0,
    batch_size: workload.batch_size,
  });
  const volumes = rows(inputs, width).map((row) => new convnetjs.Vol(row));
  const wanted = rows(targets, layers.at(-1));

  return {
    version: createRequire(import.meta.url)("convnetjs/package.json").version,
    epochs(count) {
      for (let epoch = 0; epoch < count; epoch += 1) {
        for (const row of convnetjs.randperm(volumes.length))
          trainer.train(volumes[row], wanted[row]);
      }
    },
    outputs: () => volumes.map((volume) => Array.from(network.forward(volume).w)),
  };
});
