/** Formulas as LaTeX, for copying. */

import type { MathNode } from "./math";

const SYMBOLS: Readonly<Record<string, string>> = {
  "·": "\\cdot ",
  "−": "-",
  "∑": "\\sum",
  "∂": "\\partial ",
  "…": "\\dots ",
  "{": "\\begin{cases}",
  δ: "\\delta ",
  η: "\\eta ",
  μ: "\\mu ",
  ρ: "\\rho ",
  β: "\\beta ",
  ε: "\\varepsilon ",
  λ: "\\lambda ",
  π: "\\pi ",
  Δ: "\\Delta ",
  "₁": "_1",
  "₂": "_2",
  ᵗ: "^t",
  "′": "'",
  "\u202f": "\\,",
  "%": "\\%",
  "∞": "\\infty ",
};
/** Accents that stand behind their letter. */
const ACCENTS: Readonly<Record<string, string>> = { "\u0302": "\\hat", "\u0303": "\\tilde" };
const FUNCTIONS = ["exp", "log", "tanh", "sin", "cos", "max"];

export function latex(node: MathNode): string {
  if ("text" in node) return node.tag === "mtext" ? `\\text{${node.text}}` : texted(node.text);
  const parts = node.children.map(latex);
  const [first = "", second = ""] = parts;
  switch (node.tag) {
    case "mfrac":
      return `\\frac{${first}}{${second}}`;
    case "msup":
      return `{${first}}^{${second}}`;
    case "msub":
      return `{${first}}_{${second}}`;
    case "msqrt":
      return `\\sqrt{${parts.join(" ")}}`;
    case "munder":
      return `${first}_{${second}}`;
    case "mtable":
      return `${parts.join(" \\\\ ")} \\end{cases}`;
    case "mtr":
      return parts.join(" & ");
    default:
      return parts.join(" ");
  }
}

function texted(text: string): string {
  if (FUNCTIONS.includes(text)) return `\\${text}`;
  const letters = Array.from(text.normalize("NFD"));
  const written = letters.map((letter, place) => {
    if (letter in ACCENTS) return "";
    const accent = ACCENTS[letters[place + 1] ?? ""];
    const plain = SYMBOLS[letter] ?? letter;
    return accent ? `${accent}{${plain.trim()}}` : plain;
  });
  const whole = written.join("");
  return /^[a-z]{2,}$/.test(whole) ? `\\mathrm{${whole}}` : whole;
}
