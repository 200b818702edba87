// Tells the service worker which files the built page has and what they hold; every change makes a new worker.

import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";

const SITE = new URL("../../src/pellucid/site/", import.meta.url);
const WORKER = "service-worker.js";
const PLACE = /\bPAGE\b/g;

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64");

const entries = await readdir(SITE, { recursive: true });
const files = {};
for (const name of entries.map((each) => each.replaceAll("\\", "/")).sort()) {
  if (name === WORKER || !/\.\w+$/.test(name)) continue;
  // Some hosts answer index.html with a redirection, which a kept page must not be.
  const address = name === "index.html" ? "./" : name;
  files[address] = `sha256-${sha256(await readFile(new URL(name, SITE)))}`;
}
const page = JSON.stringify({ version: sha256(JSON.stringify(files)).slice(0, 12), files });

const worker = await readFile(new URL(WORKER, SITE), "utf8");
const places = worker.match(PLACE)?.length;
if (places !== 1)
  throw new Error(`${WORKER} has ${places ?? 0} places for the list of files, not one`);
await writeFile(
  new URL(WORKER, SITE),
  worker.replace(PLACE, () => page),
);
console.log(`${WORKER}: keeps ${Object.keys(files).length} files`);
