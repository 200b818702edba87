import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FileKind } from "../../../src/state/drawing-files/save";
import { writeBytes, writeInt64s, writeTexts } from "../../../src/formats/npy";
import type { Drawings } from "../../../src/state/drawings.svelte";
import { bits, draw, keep } from "../drawing";
import { closeAll, drawing, until } from "../support";

const ROW = Array.from({ length: 36 }, (_, cell) => Number(cell % 5 === 0));
const HEADER = `label,${ROW.map((_, cell) => `p${cell}`).join(",")}`;
const EMPTY_ZIP = zipSync({});

let drawings: Drawings;

beforeEach(async () => {
  drawings = await drawing();
});
afterEach(closeAll);

async function openText(text: string, name = "letters.csv"): Promise<string | null> {
  await drawings.open(new File([text], name));
  return drawings.session.notice;
}

async function openBytes(
  bytes: Uint8Array<ArrayBuffer>,
  name = "letters.npz",
): Promise<string | null> {
  await drawings.open(new File([bytes], name));
  return drawings.session.notice;
}

function fixture(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(resolve(import.meta.dirname, name)));
}

function bitmaps(): string[] {
  return drawings.kept.map(
    ({ text }) => drawings.reader?.bitmap(text, drawings.grid).join("") ?? "",
  );
}

/** The tray as it is told apart from others: names, bitmaps, and what is held out. */
function inside(): unknown[] {
  return drawings.kept.map(({ label, heldOut }, row) => [
    drawings.names[label],
    bitmaps()[row],
    heldOut,
  ]);
}

async function reopened(kind: FileKind): Promise<void> {
  const { name, blob } = drawings.save(kind);
  closeAll();
  drawings = await drawing();
  await drawings.open(new File([blob], name));
}

describe("what is saved is opened again:", () => {
  beforeEach(() => {
    drawings.rename(0, 'A "b", c');
    drawings.rename(1, "👩‍🔬");
    keep(drawings, "X", 0, 1);
    keep(drawings, "O", 1, 2);
    drawings.holdOut(1, true);
    drawings.clear();
    drawings.toggleCell(4);
    drawings.say(0);
  });

  test("JSON with all strokes and settings", async () => {
    drawings.session.change("rate", ({ training }) => (training.learning_rate = 0.7));
    drawings.setGrid(10);
    const { experiment } = drawings.session;
    await reopened("json");
    expect(drawings.session.experiment).toEqual(experiment);
    expect(drawings.session.history.undoLabel).toBe("file");
    drawings.session.history.undo();
    expect(drawings.kept).toHaveLength(0);
  });

  test("NPZ with all bitmaps, names, and what is held out", async () => {
    drawings.setGrid(8);
    const before = inside();
    await reopened("npz");
    expect(drawings.grid).toBe(8);
    expect(inside()).toEqual(before);
  });

  test("CSV with all bitmaps and names", async () => {
    const before = inside().map((each) => (each as unknown[]).slice(0, 2));
    await reopened("csv");
    expect(inside()).toEqual(before.map((each) => [...each, false]));
  });

  test("the same drawings make the same file", async () => {
    const bytes = async () => new Uint8Array(await drawings.save("npz").blob.arrayBuffer());
    expect(await bytes()).toEqual(await bytes());
    expect(drawings.save("csv").name).toBe("drawings.csv");
  });
});

describe("a file is merged with the drawings at hand:", () => {
  test("classes are matched by name, and new ones added", async () => {
    keep(drawings, "X", 0);
    const sentence = await openText(`${HEADER}\r\nO,${ROW.join()}\r\n+,${ROW.join()}\r\n`);
    expect(drawings.names).toEqual(["X", "O", "+"]);
    expect(drawings.kept.map(({ label }) => label)).toEqual([0, 1, 2]);
    expect(sentence).toBe("2 drawings of letters.csv are in the tray now.");
    expect(bitmaps()[1]).toBe(ROW.join(""));
    drawings.session.history.undo();
    expect([drawings.names, drawings.kept.length]).toEqual([["X", "O"], 1]);
    await until(() => drawings.session.frame?.samples === 1);
  });

  test("where the classes stay, so do the weights", async () => {
    draw(drawings, "X");
    drawings.teach(1);
    const learnt = await bits(drawings, 1);
    await openText(`${HEADER}\nO,${ROW.join()}`);
    expect(await bits(drawings, 1)).toBe(learnt);
  });

  test("its own classes and grid are taken where nothing is in the way", async () => {
    const wide = Array.from({ length: 64 }, () => 1);
    const header = `label,${wide.map((_, cell) => `p${cell}`).join(",")}`;
    const lines = Array.from({ length: 10 }, (_, digit) => `${digit},${wide.join()}`);
    await openText([header, ...lines].join("\n"));
    expect(drawings.grid).toBe(8);
    expect(drawings.names).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  });

  test("a file with one class leaves another to tell it from", async () => {
    await openText(`${HEADER}\nZ,${ROW.join()}`);
    expect(drawings.names).toEqual(["Z", "X"]);
  });

  test("JSON brings its drawings and no settings, and not what is there already", async () => {
    keep(drawings, "X", 0, 3);
    keep(drawings, "O", 1, 4);
    const text = await drawings.save("json").blob.text();
    drawings.remove(0);
    drawings.session.change("rate", ({ training }) => (training.learning_rate = 0.7));
    const sentence = await openText(text, "mine.json");
    expect(sentence).toBe(
      "1 drawing of mine.json is in the tray now; 1 more had been there already.",
    );
    expect(drawings.kept.map(({ label }) => label)).toEqual([1, 0]);
    expect(drawings.session.experiment.training.learning_rate).toBe(0.7);
  });

  test("eleven classes are refused, and nothing changes", async () => {
    keep(drawings, "X", 0);
    const lines = Array.from({ length: 10 }, (_, digit) => `${digit},${ROW.join()}`);
    const sentence = await openText([HEADER, ...lines].join("\n"));
    expect(sentence).toContain("there would be 12 characters (X, O, 0, 1");
    expect(sentence).toContain("but there can be 10 at most.");
    expect([drawings.names, drawings.kept.length]).toEqual([["X", "O"], 1]);
  });
});

describe("NumPy's own archives are read:", () => {
  // X = np.random.default_rng(0).integers(0, 2, (3, 36)); np.savez("plain.npz", X=X.astype(np.uint8), y=[0, 1, 0], names=["X", "Ö👩‍🔬"],
  // held_out=[False, True, False]); np.savez_compressed("square.npz", X=X.reshape(3, 6, 6) / 1, y=np.uint16([7, 3, 7]))
  const FIRST = "111000000111111111110110011011100101";

  test("numbers of one byte, texts and truth values", async () => {
    await openBytes(fixture("plain.npz"));
    expect(drawings.names).toEqual(["X", "Ö👩‍🔬"]);
    expect(drawings.kept.map(({ label, heldOut }) => [label, heldOut])).toEqual([
      [0, false],
      [1, true],
      [0, false],
    ]);
    expect(bitmaps()[0]).toBe(FIRST);
  });

  test("compressed, square bitmaps of doubles, and labels without names", async () => {
    await openBytes(fixture("square.npz"));
    expect(drawings.names).toEqual(["7", "3"]);
    expect(drawings.kept.map(({ label }) => label)).toEqual([0, 1, 0]);
    expect(bitmaps()[0]).toBe(FIRST);
  });

  test("labels that are texts", async () => {
    const X = writeBytes("|u1", [2, 36], [...ROW, ...ROW]);
    await openBytes(zipSync({ "X.npy": X, "y.npy": writeTexts(["ja", "nein"]) }));
    expect(drawings.names).toEqual(["ja", "nein"]);
  });
});

describe("a file that cannot be opened gets one sentence, and nothing changes:", () => {
  const short = ROW.slice(0, 30);
  const X = writeBytes("|u1", [1, 36], ROW);
  const y = writeInt64s([0]);

  test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ["another text", "hello, world", "is no file of drawings: it must be JSON, NPZ, or CSV"],
    ["nothing at all", "", "is no file of drawings"],
    [
      "a picture",
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff),
      "neither text nor an archive of NumPy",
    ],
    ["JSON that is cut", '{"data": {"kind": "giv', "The document is not JSON"],
    [
      "JSON of Shapes",
      '{"data": {"kind": "moons"}}',
      "holds no drawings: it is an experiment of the room Shapes",
    ],
    [
      "JSON with a broken drawing",
      '{"data": {"kind": "given", "drawings": ["A"], "targets": [0]}}',
      "`data.drawings[0]` is 'A'",
    ],
    [
      "a bitmap of the wrong size",
      `label,${short.map((_, cell) => `p${cell}`).join(",")}\nX,${short.join()}`,
      "has 30 cells, but must have 36 (6×6), 64 (8×8), 100 (10×10), 144 (12×12), 256 (16×16), 400 (20×20) or 784 (28×28).",
    ],
    [
      "a line that is too short",
      `${HEADER}\nX,${short.join()}`,
      "Line 2 of the file has 30 cells, but the first line names 36.",
    ],
    [
      "a cell that is neither 0 nor 1",
      `${HEADER}\nX,${ROW.with(3, 2).join()}`,
      "Line 2 of the file has '2' as p3, but must have 0 or 1.",
    ],
    [
      "a label without letters",
      `${HEADER}\n ,${ROW.join()}`,
      "A character needs a name of 1 to 16 letters or signs.",
    ],
    [
      "a label that is too long",
      `${HEADER}\nseventeen letters,${ROW.join()}`,
      "has 17 letters, but must have 1 to 16.",
    ],
    ["no drawings", `${HEADER}\n`, "holds no drawings"],
    ["an empty archive", EMPTY_ZIP, "has no array X"],
    ["a damaged archive", fixture("plain.npz").slice(0, 300), "is damaged: it cannot be unpacked."],
    ["an archive without labels", zipSync({ "X.npy": X }), "has no array y"],
    [
      "labels that are too few",
      zipSync({ "X.npy": X, "y.npy": writeInt64s([]) }),
      "y in the file has length 0, but X has 1 rows.",
    ],
    [
      "a label without a name",
      zipSync({ "X.npy": X, "y.npy": writeInt64s([2]), "names.npy": writeTexts(["a", "b"]) }),
      "y in the file is 2 in row 0, but must be the number of a name, from 0 to 1.",
    ],
    [
      "grey bitmaps",
      zipSync({ "X.npy": writeBytes("|u1", [1, 36], ROW.with(5, 9)), "y.npy": y }),
      "Row 0 of X in the file has 9 in cell 5, but must have 0 or 1.",
    ],
    [
      "a list of numbers",
      zipSync({ "X.npy": writeInt64s([0, 1]), "y.npy": writeInt64s([0, 1]) }),
      "Each row of X in the file has 1 cells",
    ],
    [
      "an array that is cut",
      zipSync({ "X.npy": X.slice(0, 140), "y.npy": y }),
      "X in the file is cut: its end is missing.",
    ],
    [
      "what is no array",
      zipSync({ "X.npy": Uint8Array.of(1, 2, 3), "y.npy": y }),
      "X in the file is no array of NumPy.",
    ],
  ])("%s", async (_, content, sentence) => {
    keep(drawings, "X", 0);
    const before = drawings.session.experiment;
    await drawings.open(new File([content], "the file"));
    expect(drawings.session.notice).toContain(sentence);
    expect(drawings.session.experiment).toBe(before);
  });

  test("one that is gone", async () => {
    const gone = new File([], "gone.csv");
    gone.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
    await drawings.open(gone);
    expect(drawings.session.notice).toBe(
      "gone.csv cannot be read: it may have been moved or changed.",
    );
  });
});
