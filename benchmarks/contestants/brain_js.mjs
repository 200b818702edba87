// brain.js, the release on npm: its plain NeuralNetwork on the CPU, trained by its own `train`.
// It knows batches of 1 only, does not shuffle, and always adds a momentum term (which must be above 0).

import { createRequire } from "node:module";
import brain from "brain.js";
import { contend } from "./brain_js_train.mjs";

contend(brain.NeuralNetwork, createRequire(import.meta.url)("brain.js/package.json").version);
