/** Light or dark, blue and orange or the classic pair; and the colours of both for what is drawn by hand. */

import { createContext } from "svelte";

export interface Colours {
  readonly ink: string;
  readonly soft: string;
  readonly hairline: string;
  readonly card: string;
  readonly glow: string;
  readonly positive: string;
  readonly negative: string;
  /** Pictures of values run from low through middle to high. */
  readonly low: string;
  readonly middle: string;
  readonly high: string;
  readonly pointRim: string;
  readonly tileRim: string;
  readonly classes: readonly string[];
  /** The classes in pictures: paler, so that the samples stand out. */
  readonly pictureClasses: readonly string[];
}

const CLASSES = 10;
const PALER = 0.16;

export const [getTheme, setTheme] = createContext<Theme>();

export class Theme {
  /** Colours of the theme in force. */
  colours = $state.raw<Colours>(readColours());

  /** Follow the reader's choice and the system; to be called while a component is set up. */
  constructor(
    choice: () => "system" | "light" | "dark",
    classic: () => boolean,
    room: () => string,
  ) {
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    let systemDark = $state(system.matches);
    const root = document.documentElement;

    $effect(() => {
      const changed = (): void => {
        systemDark = system.matches;
      };
      system.addEventListener("change", changed);
      return () => {
        system.removeEventListener("change", changed);
      };
    });
    $effect.pre(() => {
      const dark = choice() === "dark" || (choice() === "system" && systemDark);
      root.dataset["theme"] = dark ? "dark" : "light";
      root.dataset["palette"] = classic() ? "classic" : "standard";
      root.dataset["room"] = room();
      this.colours = readColours();
    });
  }
}

function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => sixDigits(style.getPropertyValue(`--${name}`).trim());
  const middle = read("picture-middle");
  const classes = Array.from({ length: CLASSES }, (_, index) => read(`class-${index}`));
  return {
    ink: read("ink"),
    soft: read("soft"),
    hairline: read("hairline"),
    card: read("card"),
    glow: read("glow"),
    positive: read("positive"),
    negative: read("negative"),
    low: read("picture-low"),
    middle,
    high: read("picture-high"),
    pointRim: read("point-rim"),
    tileRim: read("tile-rim"),
    classes,
    pictureClasses: classes.map((colour) => mixed(colour, middle, PALER)),
  };
}

/** The build writes colours as short as it can: "#fff". */
function sixDigits(colour: string): string {
  return colour.length === 4 ? colour.replaceAll(/[^#]/g, "$&$&") : colour;
}

/** So much of the second colour in the first, both "#rrggbb". */
export function mixed(colour: string, other: string, share: number): string {
  const channel = (start: number): string => {
    const [from = 0, to = 0] = [colour, other].map((c) => parseInt(c.slice(start, start + 2), 16));
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
