/** Colours of the page as the engine wants them: palettes of RGBA words. */

/** CSS colours (#rrggbb) that pictures are painted with. */
export interface Colours {
  /** Low values, class 0. */
  readonly negative: string;
  readonly middle: string;
  /** High values, class 1. */
  readonly positive: string;
  /** One per class, ten. */
  readonly classes: readonly string[];
}

type Channels = readonly [red: number, green: number, blue: number];

const STEPS = 256;

/** Until the page has told its own: those of the light look. */
export const DEFAULT_COLOURS: Colours = {
  negative: "#e07a2f",
  middle: "#ffffff",
  positive: "#2f6fb4",
  classes: [
    "#e07a2f",
    "#2f6fb4",
    "#2a9d84",
    "#a8478f",
    "#c9a21f",
    "#5bb3dc",
    "#8c3b2a",
    "#6857b0",
    "#7b858e",
    "#75852a",
  ],
};

/** RGBA words from the lowest value through the middle to the highest. */
export function divergingPalette({
  negative,
  middle,
  positive,
}: Colours): Uint32Array<ArrayBuffer> {
  const [low, centre, high] = [channels(negative), channels(middle), channels(positive)];
  return Uint32Array.from({ length: STEPS }, (_, step) => {
    const place = (2 * step) / (STEPS - 1) - 1;
    return place < 0 ? word(mix(centre, low, -place)) : word(mix(centre, high, place));
  });
}

/** RGBA words from the middle to a class's colour. */
export function classPalettes({ middle, classes }: Colours): Uint32Array<ArrayBuffer>[] {
  return classes.map((colour) =>
    Uint32Array.from({ length: STEPS }, (_, step) =>
      word(mix(channels(middle), channels(colour), step / (STEPS - 1))),
    ),
  );
}

export function classColours({ classes }: Colours): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(classes, (colour) => word(channels(colour)));
}

/** The CSS colour of a value in a palette whose ends stand for `low` and `high`. */
export function colourOf(palette: Uint32Array, value: number, low: number, high: number): string {
  const place = Math.round(((value - low) / (high - low)) * (palette.length - 1));
  const rgba = palette[Math.min(palette.length - 1, Math.max(0, place))] ?? 0;
  return `rgb(${rgba & 255} ${(rgba >> 8) & 255} ${(rgba >> 16) & 255})`;
}

function channels(colour: string): Channels {
  const digits = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour.trim());
  if (!digits) throw new RangeError(`the colour ${colour} must be written as #rrggbb`);
  const [red, green, blue] = digits.slice(1).map((pair) => parseInt(pair, 16));
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** In light, that is by squares of the channels, as the engine blends classes. */
function mix(from: Channels, to: Channels, share: number): Channels {
  const channel = (a: number, b: number) => Math.sqrt((1 - share) * a * a + share * b * b);
  return [channel(from[0], to[0]), channel(from[1], to[1]), channel(from[2], to[2])];
}

/** Red in the lowest byte, as canvases have it; opaque. */
function word([red, green, blue]: Channels): number {
  return (Math.round(red) | (Math.round(green) << 8) | (Math.round(blue) << 16) | 0xff000000) >>> 0;
}
