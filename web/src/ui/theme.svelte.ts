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

/** What a theme is put on, and what it follows where the reader has chosen none. */
export interface Bearer {
  /** The element that the styles look at. */
  readonly root: HTMLElement;
  readonly isDark: () => boolean;
  /** Call back when that has changed, until the function that is returned is called. */
  readonly watch: (changed: () => void) => () => void;
}

export class Theme {
  /** Colours of the theme in force. */
  colours = $state.raw() as Colours;

  /** Follow the reader's choice and what is around; to be called while a component is set up. */
  constructor(
    choice: () => "system" | "light" | "dark",
    classic: () => boolean,
    room: () => string,
    { root, isDark, watch }: Bearer = thePage(),
  ) {
    let darkAround = $state(isDark());
    this.colours = readColours(root);

    $effect(() =>
      watch(() => {
        darkAround = isDark();
      }),
    );
    $effect.pre(() => {
      const dark = choice() === "dark" || (choice() === "system" && darkAround);
      root.dataset["theme"] = dark ? "dark" : "light";
      root.dataset["palette"] = classic() ? "classic" : "standard";
      root.dataset["room"] = room();
      // A notebook may take it out of its page, where nothing has a colour.
      if (root.isConnected) this.colours = readColours(root);
    });
  }
}

/** The whole page, which follows the system. */
function thePage(): Bearer {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  return {
    root: document.documentElement,
    isDark: () => system.matches,
    watch: (changed) => {
      system.addEventListener("change", changed);
      return () => {
        system.removeEventListener("change", changed);
      };
    },
  };
}

function readColours(root: HTMLElement): Colours {
  const style = getComputedStyle(root);
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
