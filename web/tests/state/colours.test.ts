import { describe, expect, test } from "vitest";
import {
  DEFAULT_COLOURS,
  classColours,
  classPalettes,
  colourOf,
  divergingPalette,
} from "../../src/state/colours";

describe("palettes", () => {
  const palette = divergingPalette(DEFAULT_COLOURS);

  test("run from the low colour through the middle to the high one", () => {
    expect(colourOf(palette, -1, -1, 1)).toBe("rgb(224 122 47)");
    expect(colourOf(palette, 1, -1, 1)).toBe("rgb(47 111 180)");
    const [red] = /\d+/.exec(colourOf(palette, 0, -1, 1)) ?? [];
    expect(Number(red)).toBeGreaterThan(250);
  });

  test("do not leave their ends", () => {
    expect(colourOf(palette, 9, -1, 1)).toBe(colourOf(palette, 1, -1, 1));
  });

  test("are opaque and there is one for each class", () => {
    const palettes = classPalettes(DEFAULT_COLOURS);
    expect(palettes).toHaveLength(10);
    expect(
      [...palette, ...palettes.flat().flatMap((each) => [...each])].every(
        (word) => word >>> 24 === 255,
      ),
    ).toBe(true);
    expect(palettes.map((each) => each.at(-1))).toEqual([...classColours(DEFAULT_COLOURS)]);
  });

  test("refuse a colour that is written otherwise", () => {
    expect(() => divergingPalette({ ...DEFAULT_COLOURS, middle: "white" })).toThrow("#rrggbb");
  });
});
