/** Writes SVG with the pen that draws on the screen's canvases, so that what is saved is what is seen. */

import type { Pen } from "../../ui/canvas";

/** Attributes of an element; what is undefined is left out. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What `save` keeps and `restore` brings back. */
const STATE = [
  "fillStyle",
  "strokeStyle",
  "lineWidth",
  "lineCap",
  "lineJoin",
  "globalAlpha",
  "font",
  "textAlign",
  "textBaseline",
] as const;

const ANCHORS: Readonly<Record<CanvasTextAlign, string>> = {
  left: "start",
  start: "start",
  center: "middle",
  right: "end",
  end: "end",
};
/** How far below the middle a line of letters stands, as a share of their size. */
const MIDDLE = 0.36;

export class SvgPen implements Pen {
  fillStyle = "#000000";
  strokeStyle = "#000000";
  lineWidth = 1;
  lineCap: CanvasLineCap = "butt";
  lineJoin: CanvasLineJoin = "miter";
  globalAlpha = 1;
  font = "10px sans-serif";
  textAlign: CanvasTextAlign = "start";
  textBaseline: CanvasTextBaseline = "alphabetic";

  readonly #elements: string[] = [];
  #path = "";
  #dashes: readonly number[] = [];
  readonly #saved: { readonly state: Attributes; readonly dashes: readonly number[] }[] = [];
  /** Groups that are open in each state that is saved, and in the present one. */
  readonly #groups: number[] = [0];
  #clips = 0;

  /** All elements so far. */
  get content(): string {
    return this.#elements.join("\n");
  }

  /** An element as it is; its text must be escaped. */
  add(name: string, attributes: Attributes, content = ""): void {
    const open = `<${name}${written(attributes)}`;
    this.#elements.push(content === "" ? `${open}/>` : `${open}>${content}</${name}>`);
  }
  /** What is drawn goes into a group that is moved and clipped to a box with round corners. */
  within(
    { x, y, width, height }: Box,
    { radius = 0, clipped = false }: { readonly radius?: number; readonly clipped?: boolean },
    draw: () => void,
  ): void {
    this.#elements.push(`<g transform="translate(${round(x)} ${round(y)})">`);
    this.save();
    if (clipped) {
      this.beginPath();
      this.roundRect(0, 0, width, height, radius);
      this.clip();
    }
    draw();
    this.restore();
    this.#elements.push("</g>");
  }

  beginPath(): void {
    this.#path = "";
  }
  moveTo(x: number, y: number): void {
    this.#path += `M${round(x)} ${round(y)}`;
  }
  lineTo(x: number, y: number): void {
    this.#path += `${this.#path === "" ? "M" : "L"}${round(x)} ${round(y)}`;
  }
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#path += `C${[x1, y1, x2, y2, x, y].map(round).join(" ")}`;
  }
  /** Whole circles only. */
  arc(x: number, y: number, radius: number): void {
    const [r, d] = [round(radius), round(2 * radius)];
    this.#path += `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${d} 0a${r} ${r} 0 1 0 ${-d} 0z`;
  }
  roundRect(x: number, y: number, width: number, height: number, radius: unknown = 0): void {
    const r = Math.min(Number(radius), width / 2, height / 2);
    const corner = (dx: number, dy: number): string =>
      r > 0 ? `a${round(r)} ${round(r)} 0 0 1 ${round(dx)} ${round(dy)}` : "";
    this.#path += [
      `M${round(x + r)} ${round(y)}h${round(width - 2 * r)}${corner(r, r)}`,
      `v${round(height - 2 * r)}${corner(-r, r)}h${round(2 * r - width)}${corner(-r, -r)}`,
      `v${round(2 * r - height)}${corner(r, -r)}z`,
    ].join("");
  }
  closePath(): void {
    this.#path += "z";
  }
  setLineDash(dashes: readonly number[]): void {
    this.#dashes = dashes;
  }

  fill(): void {
    if (this.#path !== "") this.add("path", { d: this.#path, ...this.#filling });
  }
  stroke(): void {
    if (this.#path !== "") this.add("path", { d: this.#path, fill: "none", ...this.#stroking });
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    if (this.globalAlpha > 0) this.add("rect", { ...boxed(x, y, width, height), ...this.#filling });
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.add("rect", { ...boxed(x, y, width, height), fill: "none", ...this.#stroking });
  }
  /** The size of the letters and their weight are taken from `font`; the family is that of the whole picture. */
  fillText(text: string, x: number, y: number): void {
    const size = Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 10);
    this.add(
      "text",
      {
        x: round(x),
        y: round(this.textBaseline === "middle" ? y + MIDDLE * size : y),
        "font-size": round(size),
        "font-weight": /^(\d+) /.exec(this.font)?.[1],
        "text-anchor": ANCHORS[this.textAlign],
        ...this.#filling,
      },
      escaped(text),
    );
  }

  /** A square of pixels, as PNG in a `data:` address. */
  image(address: string, { x, y, width, height }: Box, pixelated: boolean): void {
    this.add("image", {
      ...boxed(x, y, width, height),
      href: address,
      preserveAspectRatio: "none",
      style: pixelated ? "image-rendering:pixelated" : undefined,
    });
  }

  save(): void {
    const state = Object.fromEntries(STATE.map((name) => [name, this[name]]));
    this.#saved.push({ state, dashes: this.#dashes });
    this.#groups.push(0);
  }
  /** What follows is seen inside of the path only, until `restore`. */
  clip(): void {
    const id = `clip-${this.#clips++}`;
    this.add("clipPath", { id }, `<path d="${this.#path}"/>`);
    this.#elements.push(`<g clip-path="url(#${id})">`);
    this.#groups.push((this.#groups.pop() ?? 0) + 1);
  }
  restore(): void {
    const saved = this.#saved.pop();
    if (!saved) return;
    for (let open = this.#groups.pop() ?? 0; open > 0; open--) this.#elements.push("</g>");
    Object.assign(this, saved.state);
    this.#dashes = saved.dashes;
  }

  get #filling(): Attributes {
    const { colour, alpha } = separated(this.fillStyle, this.globalAlpha);
    return { fill: colour, "fill-opacity": alpha };
  }
  get #stroking(): Attributes {
    const { colour, alpha } = separated(this.strokeStyle, this.globalAlpha);
    return {
      stroke: colour,
      "stroke-width": round(this.lineWidth),
      "stroke-opacity": alpha,
      "stroke-dasharray": this.#dashes.length > 0 ? this.#dashes.map(round).join(" ") : undefined,
      "stroke-linecap": this.lineCap === "butt" ? undefined : this.lineCap,
      "stroke-linejoin": this.lineJoin === "miter" ? undefined : this.lineJoin,
    };
  }
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** To a hundredth of a pixel. */
export function round(length: number): number {
  return Math.round(100 * length) / 100 + 0;
}

function boxed(x: number, y: number, width: number, height: number): Attributes {
  return { x: round(x), y: round(y), width: round(width), height: round(height) };
}

/** Programs for slides know "#rrggbb" and an opacity, but neither "#rrggbbaa" nor "rgb(1 2 3)". */
function separated(colour: string, alpha: number): { colour: string; alpha: number | undefined } {
  const channels = /^rgb\((\d+) (\d+) (\d+)\)$/.exec(colour)?.slice(1).map(Number);
  const digits = channels?.map((channel) => channel.toString(16).padStart(2, "0")).join("");
  const hex = digits === undefined ? colour : `#${digits}`;
  const own = hex.length === 9 ? parseInt(hex.slice(7), 16) / 255 : 1;
  const all = round(own * alpha);
  return { colour: hex.slice(0, 7), alpha: all < 1 ? all : undefined };
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('"', "&quot;")}"`)
    .join("");
}
