import { describe, expect, test } from "vitest";
import { picture } from "../../src/export/picture/picture";
import type { Scene } from "../../src/export/picture/scene";
import { SvgPen } from "../../src/export/picture/svg-pen";
import { divergingPalette, DEFAULT_COLOURS } from "../../src/state/colours";
import { moment } from "./support";

const DETAIL = { tileResolution: 16, tilesPerColumn: 32, surfaceResolution: 64 };

async function scene(document: object, rest: Partial<Scene> = {}): Promise<Scene> {
  const { classes } = DEFAULT_COLOURS;
  return {
    ...(await moment(document, 5, DETAIL)),
    reading: null,
    names: [],
    colours: {
      ink: "#111111",
      soft: "#555555",
      hairline: "#dddddd",
      card: "#ffffff",
      glow: "#ffcc00",
      positive: "#0000ff",
      negative: "#ff8800",
      low: "#ff8800",
      middle: "#ffffff",
      high: "#0000ff",
      pointRim: "#ffffff",
      tileRim: "#222222",
      classes,
      pictureClasses: classes,
    },
    palette: divergingPalette(DEFAULT_COLOURS),
    classic: false,
    showTrain: true,
    showTest: true,
    image: (pixels, resolution) => `data:image/png;base64,${pixels.length}x${resolution}`,
    ...rest,
  };
}

/** Elements by name; throws where they are not closed in the order in which they were opened. */
function elements(svg: string): Map<string, number> {
  const counts = new Map<string, number>();
  const open: string[] = [];
  for (const [, closes, name = "", alone] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/g)) {
    if (closes) expect(open.pop()).toBe(name);
    else counts.set(name, (counts.get(name) ?? 0) + 1);
    if (!closes && !alone) open.push(name);
  }
  expect(open).toEqual([]);
  return counts;
}

describe("the picture", () => {
  test("has a tile for each unit, an edge for each weight, and the answer", async () => {
    const { svg, width, height } = picture(await scene({}));
    const counts = elements(svg);
    // Units of 2-4-3-1, and the surface.
    expect(counts.get("image")).toBe(10 + 1);
    expect(svg.match(/<path d="M[^"]*C[^"]*" fill="none"/g)).toHaveLength(8 + 12 + 3);
    expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`);
    expect([width, height].every(Number.isInteger)).toBe(true);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|rgb\(/);
    expect(svg).toContain(">Moons<");
    expect(svg).toContain("epoch 5");
  });

  test("has the true width and sign of an edge", async () => {
    const { frame, ...rest } = await scene({ network: { hidden: [] } });
    frame.weights[0]?.set([-3, 0]);
    const { svg } = picture({ frame, ...rest });
    const edges = [
      ...svg.matchAll(/C[^"]*" fill="none" stroke="(#\w+)" stroke-width="([\d.]+)"([^>]*)/g),
    ];
    expect(edges.map(([, colour]) => colour)).toEqual(["#ff8800", "#0000ff"]);
    expect(Number(edges[0]?.[2])).toBeGreaterThan(3 * Number(edges[1]?.[2]));
    expect(edges[0]?.[3]).toContain("stroke-dasharray");
    expect(edges[1]?.[3]).not.toContain("stroke-dasharray");
  });

  test.each([
    ["regression", { data: { kind: "bumps" } }, ["2.0"]],
    ["five classes", { data: { kind: "blobs", classes: 5 } }, ["class 4", "misread"]],
    ["a wide layer", { network: { hidden: [{ units: 40 }] } }, ["+ "]],
    ["eight layers", { network: { hidden: new Array(8).fill({ units: 2 }) } }, ["2 units"]],
  ])("of %s is sound", async (_, document, words) => {
    const { svg } = picture(await scene(document));
    elements(svg);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    for (const word of words.slice(1)) expect(svg).toContain(word);
  });

  test("hides what is hidden on the screen", async () => {
    const all = elements(picture(await scene({})).svg).get("path") ?? 0;
    const { svg } = picture(await scene({}, { showTrain: false }));
    expect(all - (elements(svg).get("path") ?? 0)).toBeGreaterThan(100);
    expect(svg).not.toContain(">training<");
  });

  test("writes any name as text", async () => {
    const data = {
      kind: "given",
      points: [
        [0, 0, 0],
        [1, 1, 1],
      ],
      class_names: ["<b>&", '"q"'],
    };
    const { svg } = picture(await scene({ data: { ...data, axes: ["a<b", "c&d"] } }));
    elements(svg);
    expect(svg).toContain("&lt;b&gt;&amp;");
    expect(svg).toContain("c&amp;d");
  });
});

describe("the pen", () => {
  test("writes an opacity of its own for colours that have one", () => {
    const pen = new SvgPen();
    pen.fillStyle = "#11223380";
    pen.globalAlpha = 0.5;
    pen.fillRect(0, 0, 1, 1);
    pen.fillStyle = "rgb(1 2 255)";
    pen.globalAlpha = 1;
    pen.fillRect(0, 0, 1, 1);
    expect(pen.content).toBe(
      '<rect x="0" y="0" width="1" height="1" fill="#112233" fill-opacity="0.25"/>\n' +
        '<rect x="0" y="0" width="1" height="1" fill="#0102ff"/>',
    );
  });

  test("brings back its state and closes what was clipped", () => {
    const pen = new SvgPen();
    pen.lineWidth = 3;
    pen.save();
    pen.lineWidth = 7;
    pen.setLineDash([1, 2]);
    pen.beginPath();
    pen.roundRect(0, 0, 4, 4, 0);
    pen.clip();
    pen.restore();
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.lineTo(1, 1);
    pen.stroke();
    expect(elements(pen.content).get("g")).toBe(1);
    expect(pen.content).toContain('stroke-width="3"/>');
  });
});
