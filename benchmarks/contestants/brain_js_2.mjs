// brain.js, the beta of version 2. Its bundle for browsers holds the same NeuralNetwork and needs no gpu.js.

import { createRequire } from "node:module";
import brain from "brain.js-2/dist/browser.js";
import { contend } from "./brain_js_train.mjs";

contend(brain.NeuralNetwork, createRequire(import.meta.url)("brain.js-2/package.json").version);
