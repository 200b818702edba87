/** Formulas as elements of presentation MathML. */

import type { MathNode } from "./math";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** Let an element have one formula; where only numbers have changed, only their texts are set anew. */
export function show(parent: Element, node: MathNode): void {
  const { firstElementChild: old } = parent;
  const next = fitted(old, node);
  if (next !== old) parent.replaceChildren(next);
}

/** The element of a node: the old one where it suits. */
function fitted(old: Element | null, node: MathNode): Element {
  const element = old?.localName === node.tag ? old : document.createElementNS(MATHML, node.tag);
  if ("text" in node) {
    // At the beginning of a line they would be taken for signs.
    if (node.tag === "mo" && "+=".includes(node.text)) element.setAttribute("form", "infix");
    if (element.textContent !== node.text) element.textContent = node.text;
    return element;
  }
  const { children } = node;
  for (const [place, child] of children.entries()) {
    const before = element.children[place] ?? null;
    const after = fitted(before, child);
    if (before === null) element.append(after);
    else if (after !== before) before.replaceWith(after);
  }
  while (element.children.length > children.length) element.lastElementChild?.remove();
  return element;
}
