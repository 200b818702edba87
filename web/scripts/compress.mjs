// Puts a Brotli and a gzip form beside every file of the built page that gets smaller by it, and tells the sizes.

import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const SITE = new URL("../../src/pellucid/site/", import.meta.url);
const COMPRESSIBLE = /\.(css|html|js|json|svg|txt|wasm)$/;
/** A form that saves less than this share is not worth a file. */
const WORTH = 0.95;

const FORMS = {
  br: (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  // Level 9 without a time stamp: the same input gives the same file.
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
};

let total = 0;
const entries = await readdir(SITE, { recursive: true, withFileTypes: true });
for (const entry of entries.filter((each) => each.isFile())) {
  const file = `${entry.parentPath}/${entry.name}`;
  if (!COMPRESSIBLE.test(entry.name)) continue;
  const bytes = await readFile(file);
  const sizes = [bytes.length];
  for (const [ending, compress] of Object.entries(FORMS)) {
    const compressed = compress(bytes);
    sizes.push(compressed.length);
    if (compressed.length < WORTH * bytes.length) await writeFile(`${file}.${ending}`, compressed);
    else await rm(`${file}.${ending}`, { force: true });
  }
  total += Math.min(sizes[0], sizes[2]);
  console.log(`${entry.name}: ${sizes[0]} B, Brotli ${sizes[1]} B, gzip ${sizes[2]} B`);
}
console.log(`The page without fonts and pictures: ${(total / 1000).toFixed(1)} kB with gzip`);
