import { describe, expect, test } from "vitest";
import type { Experiment } from "../../src/experiment/experiment";
import { DEFAULT_EXPERIMENT, DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";
import { gridOf, pixelName, whyIdle } from "../../src/stage/drawings";
import { facesOf } from "../../src/stage/faces";
import { layOut } from "../../src/stage/layout";
import { unitName, unitSymbol } from "../../src/stage/symbols";

const WIDTHS = [36, 12, 2];

function drawings(count: number, heldOut: number): Experiment {
  const draft = structuredClone(DRAWINGS_EXPERIMENT);
  draft.data.drawings = new Array<string>(count).fill("AAA");
  draft.data.targets = new Array<number>(count).fill(0);
  draft.data.held_out = Array.from({ length: heldOut }, (_, row) => row);
  return draft;
}

describe("names in a network of drawings", () => {
  test("inputs are pixels, outputs are characters", () => {
    const name = (column: number, unit: number): string =>
      unitName(DRAWINGS_EXPERIMENT, WIDTHS, column, unit, ["X", "O"]);
    expect(name(0, 8)).toBe("Pixel row 2, column 3");
    expect(name(1, 0)).toBe("Unit 1 of hidden layer 1");
    expect(name(2, 1)).toBe("Output for O");
    expect(unitName(DRAWINGS_EXPERIMENT, [36, 12, 1], 2, 0, ["X", "O"])).toBe("Output for O");
    expect(unitSymbol(DRAWINGS_EXPERIMENT, WIDTHS, 0, 8).letters[0]?.index).toBe("2,3");
    expect(pixelName(28, 783)).toBe("row 28, column 28");
  });

  test("other data keep theirs", () => {
    expect(unitName(DEFAULT_EXPERIMENT, [2, 4, 3, 1], 0, 1)).toBe("Input x 2");
    expect(gridOf(DEFAULT_EXPERIMENT, 36)).toBe(0);
  });

  test("inputs that are not yet of the chosen grid are not taken for its pixels", () => {
    expect(gridOf(DRAWINGS_EXPERIMENT, 64)).toBe(0);
    expect(gridOf(DRAWINGS_EXPERIMENT, 36)).toBe(6);
  });
});

describe("training", () => {
  test("needs a drawing that is not held out, and says so", () => {
    expect(whyIdle(drawings(0, 0))).toContain("Draw and train or label something first");
    expect(whyIdle(drawings(2, 2))).toContain("held out");
    expect(whyIdle(drawings(2, 1))).toBe("");
    expect(whyIdle(DEFAULT_EXPERIMENT)).toBe("");
  });
});

describe("the faces of the outputs", () => {
  const faces = (names: readonly string[], width: number) => {
    const room = { width, height: 480, header: 60, footer: 0, rem: 16 };
    const layout = layOut([36, 12, names.length], room, [], { grid: 6, unfolded: false });
    const column = layout.columns[2];
    if (!column) throw new Error("the layout has this column");
    return facesOf(column, names, layout.width, 16);
  };

  test("hold short names, and leave long ones to stand beside", () => {
    expect(faces(["X", "O"], 640).font).toBe(18);
    expect(faces(["X", "three"], 640).font).toBeGreaterThan(10);
    expect(faces(["X", "a long name, yes"], 640).font).toBe(0);
  });

  test("have their words below where there is no room at the side", () => {
    expect(faces(["X", "O"], 640).below).toBe(false);
    expect(faces(["X", "O"], 300).below).toBe(true);
  });
});
