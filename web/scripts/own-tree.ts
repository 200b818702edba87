/**
 * The page's styles for a tree of its own (a shadow root) in somebody else's page: the root element is the host, the
 * body an element of that class, and the window is the element's box.
 */

/** As much of PostCSS as is needed. */
interface Rule {
  selector: string;
  remove(): void;
}
interface AtRule {
  name: string;
  params: string;
  remove(): void;
}

const ALWAYS = "(width >= 0px)";

/** Where the page has three columns; a box has them later, since its timeline is as narrow as it is. */
const WIDE = /\b68(?=(\.01)?em)/g;
const WIDE_BOX = "75";

export const ownTree = {
  postcssPlugin: "own-tree",
  Rule(rule: Rule): void {
    if (rule.selector === "html") rule.remove();
    else rule.selector = selectorInTree(rule.selector);
  },
  AtRule: {
    media(rule: AtRule): void {
      const condition = inBox(rule.params);
      if (condition === null) rule.remove();
      else if (condition !== rule.params) {
        rule.name = "container";
        rule.params = `widget ${condition}`;
      }
    },
  },
};

/** A selector of the page, in the tree. */
export function selectorInTree(selector: string): string {
  return selector
    .replaceAll(/:root((?:\[[^\]]*\]|:not\([^)]*\))+)/g, ":host($1)")
    .replaceAll(":root", ":host")
    .replaceAll(/(?<![\w.#-])body(?![\w-])/g, ".pellucid-body");
}

/**
 * What a condition on the window is for the box: one on its width, in units of the notebook; null where it never holds,
 * since the box is as low as a window can be. Conditions on anything else stay as they are.
 */
export function inBox(params: string): string | null {
  const kept: string[] = [];
  for (const part of params.split(" and ")) {
    if (/^\(min-height:/.test(part)) return null;
    if (/^\(max-height:/.test(part)) continue;
    // A container's em is that of its own font; the page's widths are of the reader's.
    kept.push(
      /-width:/.test(part)
        ? part.replaceAll(WIDE, WIDE_BOX).replaceAll(/([\d.])em\b/g, "$1rem")
        : part,
    );
  }
  return kept.length === 0 ? ALWAYS : kept.join(" and ");
}
