/** The styles of the page for a tree of its own, and its fonts, which only a whole page can have. */

import inter from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url&inline";
import serifItalic from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2?url&inline";
import serif from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url&inline";
import text from "virtual:styles";

/** As in `styles/fonts.css`. */
const FACES = [
  new FontFace("Inter Variable", `url(${inter})`, { weight: "100 900" }),
  new FontFace("Source Serif 4 Variable", `url(${serif})`, { weight: "200 900" }),
  new FontFace("Source Serif 4 Variable", `url(${serifItalic})`, {
    style: "italic",
    weight: "200 900",
  }),
];

let sheet: CSSStyleSheet | undefined;

/** Give a tree the styles; all widgets of a notebook share them. */
export function dress(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    for (const face of FACES) document.fonts.add(face);
  }
  root.adoptedStyleSheets = [sheet];
}
