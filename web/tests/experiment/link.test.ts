import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { checked } from "../../src/experiment/check";
import type { Experiment } from "../../src/experiment/experiment";
import { decode, encode } from "../../src/experiment/link";
import { DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";
import { readTexts, writeTexts } from "../../src/experiment/texts";

interface Vectors {
  encoded: { link: string; experiment: unknown }[];
  read: { link: string; experiment: unknown }[];
  refused: { link: string; sentence: string }[];
}

const file = resolve(import.meta.dirname, "../../../tests/link_vectors.json");
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;

describe("the vectors that Python is held to as well", () => {
  test.each(vectors.encoded)("$link is written and read", ({ link, experiment }) => {
    expect(encode(checked(experiment))).toBe(link);
    expect(decode(link)).toEqual(checked(experiment));
  });

  test.each(vectors.read)("$link, written by hand, is read", ({ link, experiment }) => {
    expect(decode(link)).toEqual(checked(experiment));
  });

  test.each(vectors.refused)("$link is refused", ({ link, sentence }) => {
    expect(() => decode(link)).toThrow(expect.objectContaining({ message: sentence }));
  });
});

test("a link that is cut anywhere is refused", () => {
  const link = encode(checked({ data: { kind: "circles" }, network: { hidden: [{ units: 3 }] } }));
  for (let kept = 2; kept < link.length; kept++) {
    expect(() => decode(link.slice(0, kept))).toThrow("its end ('&end') is missing");
  }
});

test("a whole address and an escaped link are read", () => {
  const expected = checked({ network: { hidden: [{ units: 8 }, { units: 2 }] } });
  expect(decode("https://example.org/play/#v=1&hidden=8,2&end")).toEqual(expected);
  expect(decode("#v=1&hidden=8%2C2&end")).toEqual(expected);
});

test("a lone percent sign is refused with a sentence", () => {
  expect(() => decode("#noise=%")).toThrow(
    "`data.noise` is '%', but must be a number from 0 to 1.",
  );
});

describe("drawings and names in a link", () => {
  const drawings = ["AAA", "___.AAA.-_9", `.${"A".repeat(131)}`, ".______"];

  function drawn(class_names: string[]): Experiment {
    const data = { ...DRAWINGS_EXPERIMENT.data, drawings, targets: [0, 1, 1, 0], held_out: [2] };
    const classes = class_names.length;
    return checked({ ...DRAWINGS_EXPERIMENT, data: { ...data, classes, class_names, grid: 28 } });
  }

  test.each([
    [["×", "✓"]],
    [["none", ","]],
    [["👩‍🔬", "a b"]],
    [["0", "1"]],
    [["1e3", "-0.5", "end"]],
    [["~2C", "%2C", "&end", "v=1", "#"]],
    [["“", '"', "'", "<b>", "\\", "|", "{", "+", ";"]],
  ])("are the same again: %j", (names) => {
    const experiment = drawn(names);
    const link = encode(experiment);
    expect(link).toMatch(/^#[\w!$'()*\-./:?@[\],;=&~%]+$/);
    expect(decode(link)).toEqual(experiment);
    // As browsers and messengers hand them on.
    expect(decode(`https://example.org/play/${encodeURI(decodeURI(link))}`)).toEqual(experiment);
    expect(decode(decodeURIComponent(link))).toEqual(experiment);
  });

  test("may be none at all", () => {
    expect(decode(encode(DRAWINGS_EXPERIMENT))).toEqual(DRAWINGS_EXPERIMENT);
    expect(encode(DRAWINGS_EXPERIMENT)).toContain("&drawings=none&");
  });

  test("a list of one text that is the word for an empty list is told from it", () => {
    expect(writeTexts(["none"])).toBe("~6Eone");
    expect(readTexts("~6Eone")).toEqual(["none"]);
    expect(readTexts(writeTexts([]))).toEqual([]);
  });
});
