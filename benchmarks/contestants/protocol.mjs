// How the benchmark talks to a contestant in Node: the same as protocol.py, which says what the requests mean.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const SHORTEST_CALL = 0.005; // seconds

/** Read the workload's description and its samples, rows of plain numbers in one Float32Array each. */
function read(folder) {
  const workload = JSON.parse(readFileSync(`${folder}/workload.json`, "utf8"));
  const floats = (name) =>
    new Float32Array(new Uint8Array(readFileSync(`${folder}/${name}`)).buffer);
  return { workload, inputs: floats("inputs.f32"), targets: floats("targets.f32") };
}

/** Split one array into rows of `width` plain numbers. */
export function rows(values, width) {
  const count = values.length / width;
  return Array.from({ length: count }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width)),
  );
}

/**
 * Answer requests from standard input until it ends. `make(workload, inputs, targets)` returns (a promise of)
 * `{ version, epochs(count), outputs() }`.
 */
export async function serve(make) {
  const { workload, inputs, targets } = read(process.argv[2]);
  const contestant = await make(workload, inputs, targets);
  answer({ version: contestant.version });
  let count = 1;
  for await (const line of createInterface({ input: process.stdin })) {
    const [request, argument] = line.split(" ");
    if (request === "outputs") {
      answer(contestant.outputs());
      continue;
    }
    const limit = Number(argument);
    const cpu = cpuSeconds();
    const wall = performance.now();
    let done = 0;
    let spent = 0;
    while (spent < limit) {
      contestant.epochs(count);
      done += count;
      const before = spent;
      spent = cpuSeconds() - cpu;
      if (spent - before < SHORTEST_CALL) count *= 2;
    }
    answer({
      samples: done * workload.samples,
      cpu: spent,
      wall: (performance.now() - wall) / 1000,
    });
  }
}

function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function answer(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
