/*
 * Trains experiments and reads drawings in engine.wasm and says what came out, as SHA-256 sums.
 *
 * One file for every JavaScript engine: the shells of SpiderMonkey and JavaScriptCore have no modules, files, timers
 * or encoders in common with Node and browsers, so nothing but the language, WebAssembly and a way to print is used.
 *
 * A job holds `wasm` (engine.wasm in Base64), `engine` (engine.json), `resolution` and `high` (the pictures) and
 * `experiments`: each has a name, settings [slot, place, value], given arrays { name: numbers } and updates; or it is
 * a drawing, with the codes of its text, a grid, points with a tolerance, a bitmap, and a character with its seed.
 */
"use strict";

const PAGE_BYTES = 65536;
const ALIGNMENT = 16;
const VIEWS = { int32: Int32Array, float32: Float32Array, float64: Float64Array };
/** Number of the last kind of record. */
const LAST_RECORD = 8;
const PROGRESS = ["FAILED_LAYER", "FAILED_REASON", "EPOCHS", "POSITION"];

function printResults(job) {
  const say = typeof print === "function" ? print : console.log;
  for (const result of runExperiments(job)) say(JSON.stringify(result));
}

function runExperiments(job) {
  const block = createBlock(decodeBase64(job.wasm), job.engine);
  return job.experiments.map((experiment) => ({
    name: experiment.name,
    ...("codes" in experiment ? readDrawing(block, experiment) : runExperiment(block, experiment, job)),
  }));
}

/** Train one experiment; return its status and its sums: after divergence fewer, since a NaN's bits are free. */
function runExperiment(block, { settings, given, updates }, { resolution, high }) {
  const { call, slot, array } = block;
  block.clear();
  for (const [name, place, value] of settings) slot(name)[place] = value;
  const words = call("measure");
  if (words < 0) return { status: words };
  block.reserve(words);
  call("prepare");
  for (const name of Object.keys(given)) array(name).set(given[name]);
  call("generate");
  const result = { samples: sum(["POINTS", "VALUES", "NETWORK_INPUTS", "TARGETS"].map(array)) };
  call("reset");
  result.start = sum(parameters(block));
  call("step", updates);
  call("epochs", 1);
  result.status = call("evaluate");
  result.progress = PROGRESS.map((name) => slot(name)[0]);
  if (result.status !== 0) return result;
  result.weights = sum(parameters(block));
  result.state = sum([block.view("int32", 0, slot("STATE_WORDS")[0])]);
  result.results = sum(["NETWORK_OUTPUTS", "PREDICTED", "SAMPLE_LOSSES", "CONFUSION"].map(array));
  const seen = slot("FEATURES")[0] !== 0;
  result.surfaces = seen ? sum([surfaces(block, words, resolution, high)]) : "";
  result.explanations = sum(explanations(block, words));
  result.accounts = slot("WEIGHTED")[0] === 0 ? sum(accounts(block, words)) : "";
  call("teach", slot("SAMPLES")[0] - 1, 3);
  result.taught = sum([block.view("int32", 0, slot("STATE_WORDS")[0])]);
  return result;
}

/** Responses to the first sample, shares of its inputs in each output, and every layer's pictures of its weights. */
function explanations(block, words) {
  const { slot, array, call } = block;
  const widths = Array.from(slot("WIDTHS").subarray(0, slot("LAYERS")[0] + 1));
  const [inputs] = widths;
  const units = widths.reduce((total, width) => total + width, 0);
  const results = [];
  block.reserve(words + inputs * (1 + Math.max(...widths)) + 2 * units + 2);
  const x = block.address + 4 * words;
  const out = x + 4 * inputs;
  const keep = (length) => results.push(block.view("float32", words + inputs, length).slice());
  block.view("float32", words, inputs).set(array("NETWORK_INPUTS").subarray(0, inputs));
  call("respond", x, out, out + 4 * units);
  keep(2 * units);
  for (let output = 0; output < slot("OUTPUTS")[0]; output++) {
    call("share_out", x, output, out);
    keep(inputs + 2);
  }
  for (let layer = 0; layer + 1 < widths.length; layer++) {
    call("picture_weights", layer, widths[layer + 1], out);
    keep(widths[layer + 1] * inputs);
  }
  return results;
}

/** The account of the next update: its units, records, nudges, and the loss in a plane through the weights. */
function accounts(block, words) {
  const { slot, array, view, address, run } = block;
  const widths = Array.from(slot("WIDTHS").subarray(0, slot("LAYERS")[0] + 1));
  const units = widths.reduce((total, width) => total + width, 0);
  const parameters = array("PARAMETERS").length;
  const copied = Math.ceil(words / ALIGNMENT) * ALIGNMENT;
  const room = 32 + 4 * Math.max(slot("SAMPLES")[0], ...widths) + 3 * units;
  block.reserve(3 * copied + room + 2 * parameters);
  const [before, after, out] = [1, 2, 3].map((place) => address + 4 * place * copied);
  const [first, second] = [out + 4 * room, out + 4 * (room + parameters)];
  for (const place of [1, 2]) view("int32", place * copied, words).set(view("int32", 0, words));
  const results = [];
  const keep = (length) => results.push(view("float32", 3 * copied, length).slice());
  run("account", before, after, 0, 0);
  run("account_units", before, out);
  keep(3 * units);
  for (let layer = 0; layer + 1 < widths.length; layer++) {
    for (const unit of [0, widths[layer + 1] - 1]) {
      for (const source of [-1, 0, widths[layer] - 1]) {
        for (let kind = 0; kind <= LAST_RECORD; kind++) {
          keep(run("record", before, after, kind, layer, unit, source, out));
        }
        run("nudge", before, after, layer, unit, source, 0.01, out);
        keep(5);
      }
    }
  }
  run("trace", before, 0, 0, -1, -1, 1, 3, out);
  keep(3);
  run("direct", before, 1, first, second);
  run("landscape", before, after, first, second, -0.5, 0.25, 0.5, 3, out);
  keep(3);
  const start = array("PARAMETERS").byteOffset - address;
  run("locate", before, after + start, first, second, out);
  keep(2);
  return results;
}

/** What the engine makes of a drawing: of its text, and its texts of strokes and cells, and of a character. */
function readDrawing(block, { codes, grid, points, tolerance, bitmap, character, seed }) {
  const { call, view, address } = block;
  const n = codes.length;
  const size = Math.max(3 * n + grid * grid, 7 * points.length, 3 * 256 + 4, 2 * bitmap.length);
  block.reserve(n + size);
  const start = () => view("int32", 0, n).set(codes);
  const after = address + 4 * n;
  const result = {};
  start();
  result.on = call("rasterize", n, grid, after);
  result.bits = sum([view("float32", n, grid * grid)]);
  for (const name of ["fit_drawing", "read_strokes"]) {
    const count = call(name, n, after);
    result[name] = sum([view("float32", n, 3 * count)]);
  }
  view("float32", 0, points.length).set(points);
  const length = call("write_strokes", points.length / 3, tolerance, address + 4 * points.length);
  result.text = sum([view("int32", points.length, length)]);
  view("float32", 0, bitmap.length).set(bitmap);
  const cells = call("write_cells", Math.sqrt(bitmap.length), address + 4 * bitmap.length);
  result.cells = sum([view("int32", bitmap.length, cells)]);
  const count = block.run("write_by_hand", character, seed, address);
  result.hand = sum([view("float32", 0, 3 * count)]);
  return result;
}

/** All parameters: layer by layer W (n_out, n_in), which the engine holds as (n_in, n_out), then b (n_out,). */
function parameters({ slot, array }) {
  const all = array("PARAMETERS");
  const parts = [];
  for (let layer = 0; layer < slot("LAYERS")[0]; layer++) {
    const [inputs, outputs] = slot("WIDTHS").subarray(layer, layer + 2);
    const start = slot("LAYER_STARTS")[layer];
    const W = new Float32Array(inputs * outputs);
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < outputs; j++) W[j * inputs + i] = all[start + i * outputs + j];
    }
    parts.push(W, all.subarray(start + W.length, start + W.length + outputs));
  }
  return parts;
}

/** Every unit over the plane, (units, resolution, resolution), written behind the block. */
function surfaces(block, words, resolution, high) {
  const widths = block.slot("WIDTHS").subarray(0, block.slot("LAYERS")[0] + 1);
  const length = widths.reduce((total, width) => total + width, 0) * resolution * resolution;
  block.reserve(words + length);
  block.call("surfaces", resolution, -high, high, 0, block.address + 4 * words);
  return block.view("float32", words, length);
}

/** The memory of one run after another, in the same place. */
function createBlock(wasm, engine) {
  const memory = new WebAssembly.Memory({ initial: 32 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
  const address = Math.ceil(exports.__heap_base.value / ALIGNMENT) * ALIGNMENT;
  const slots = {};
  for (const dtype of Object.keys(engine.slots)) {
    for (const name of Object.keys(engine.slots[dtype])) {
      slots[name] = { dtype, ...engine.slots[dtype][name] };
    }
  }
  const view = (dtype, word, length) => new VIEWS[dtype](memory.buffer, address + 4 * word, length);
  const slot = (name) => view(slots[name].dtype, slots[name].word, slots[name].length);
  return {
    address,
    view,
    slot,
    array(name) {
      const { slot: place, dtype, shape } = engine.arrays[name];
      const extents = shape.map((extent) => (typeof extent === "string" ? slot(extent)[0] : extent));
      return view(
        dtype,
        view("int32", place, 1)[0],
        extents.reduce((size, each) => size * each, 1),
      );
    },
    call: (name, ...rest) => exports[name](address, ...rest),
    run: (name, ...rest) => exports[name](...rest),
    clear: () => view("int32", 0, engine.header_words).fill(0),
    reserve(words) {
      const missing = address + 4 * words - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    },
  };
}

function decodeBase64(text) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const length = text.replace(/=+$/, "").length;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  for (let k = 0; k < length; k++) {
    bits = (bits << 6) | digits.indexOf(text[k]);
    if (k % 4 > 0) bytes[k - Math.floor(k / 4) - 1] = bits >> (6 - 2 * (k % 4));
  }
  return bytes;
}

// SHA-256 as in FIPS 180-4, section 6.2.
const ROUND_CONSTANTS = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
];
const INITIAL_HASH = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/** SHA-256 of the bytes of some arrays, one behind the other, in hexadecimal digits. */
function sum(arrays) {
  const size = arrays.reduce((total, each) => total + each.byteLength, 0);
  const message = new Uint8Array(Math.ceil((size + 9) / 64) * 64);
  let end = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    message.set(new Uint8Array(buffer, byteOffset, byteLength), end);
    end += byteLength;
  }
  message[end] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(message.length - 8, Math.floor(size / 2 ** 29));
  view.setUint32(message.length - 4, size << 3);
  const hash = Int32Array.from(INITIAL_HASH);
  for (let offset = 0; offset < message.length; offset += 64) addChunk(hash, view, offset);
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function addChunk(hash, view, offset) {
  const schedule = new Int32Array(64);
  for (let t = 0; t < 16; t++) schedule[t] = view.getInt32(offset + 4 * t);
  for (let t = 16; t < 64; t++) {
    const early = schedule[t - 15];
    const late = schedule[t - 2];
    const s0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    const s1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    schedule[t] = schedule[t - 16] + s0 + schedule[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let t = 0; t < 64; t++) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[t] + schedule[t]) | 0;
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, k) => (hash[k] += word));
}

function rotated(word, by) {
  return (word >>> by) | (word << (32 - by));
}
