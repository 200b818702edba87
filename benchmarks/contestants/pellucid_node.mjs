// Pellucid in Node: engine.wasm, with nothing between it and this file. The page's worker does the same.

import { readFileSync } from "node:fs";
import { serve } from "./protocol.mjs";

const BUILD = new URL("../../src/pellucid/engine/build/", import.meta.url);
const PAGE_BYTES = 65536;

serve(async (workload, inputs, targets) => {
  const manifest = JSON.parse(readFileSync(new URL("engine.json", BUILD), "utf8"));
  const memory = new WebAssembly.Memory({ initial: 32 });
  const { instance } = await WebAssembly.instantiate(readFileSync(new URL("engine.wasm", BUILD)), {
    env: { memory },
  });
  const engine = instance.exports;
  const block = Math.ceil(engine.__heap_base.value / 16) * 16;
  const reserve = (end) => {
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  };
  const views = { int32: Int32Array, float32: Float32Array };
  const set = (slot, ...values) => {
    const dtype = Object.keys(views).find((kind) => slot in manifest.slots[kind]);
    new views[dtype](memory.buffer, block + 4 * manifest.slots[dtype][slot].word).set(values);
  };
  const array = (name) => {
    const [start] = new Int32Array(memory.buffer, block + 4 * manifest.arrays[name].slot, 1);
    return new Float32Array(memory.buffer, block + 4 * start);
  };
  const check = (status) => {
    if (status === manifest.enumerations.Status.running) return;
    const [name] = Object.entries(manifest.enumerations.Status).find(([, code]) => code === status);
    throw new Error(`Pellucid: ${name}`);
  };

  const { DataKind, Activation, Loss, OutputKind, Optimizer, Initializer } = manifest.enumerations;
  const { sizes } = workload;
  const hidden = sizes.slice(1, -1);
  const outputs = sizes.at(-1);
  const activation = Activation[workload.activation];
  reserve(block + 4 * manifest.header_words);
  set("DATA_KIND", DataKind.given);
  set("SAMPLES", workload.samples);
  set("TEST_SAMPLES", 0);
  set("CLASSES", Math.max(2, outputs));
  set("INPUTS", sizes[0]);
  set("BITS", Number(inputs.every((value) => value === 0 || value === 1)));
  set("HIDDEN_LAYERS", hidden.length);
  set("UNITS", ...hidden);
  set("ACTIVATIONS", ...hidden.map(() => activation));
  set("OUTPUT_KIND", outputs > 1 ? OutputKind.per_class : OutputKind.single);
  set("OUTPUT_ACTIVATION", activation);
  set("LOSS", Loss.squared_error);
  set("INITIALIZER", Initializer.glorot);
  set("OPTIMIZER", Optimizer.sgd);
  set("LEARNING_RATE", workload.learning_rate);
  set("BATCH_SIZE", workload.batch_size);
  const words = engine.measure(block);
  if (words < 0) check(words);
  reserve(block + 4 * words);
  check(engine.prepare(block));
  const values = array("VALUES");
  for (let row = 0; row < workload.samples; row += 1) {
    const wanted = targets.subarray(row * outputs, (row + 1) * outputs);
    values[row] = outputs > 1 ? wanted.indexOf(1) : Number(wanted[0] > 0);
  }
  array("NETWORK_INPUTS").set(inputs);
  check(engine.generate(block));
  check(engine.reset(block));

  return {
    version: `${manifest.source_sha256.slice(0, 7)} (Node ${process.versions.node})`,
    epochs: (count) => check(engine.epochs(block, count)),
    outputs() {
      check(engine.evaluate(block));
      const all = array("NETWORK_OUTPUTS");
      return Array.from({ length: workload.samples }, (_, row) =>
        Array.from(all.subarray(row * outputs, (row + 1) * outputs)),
      );
    },
  };
});
