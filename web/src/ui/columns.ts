/** How many columns of a room stand side by side, as its own style has it: 3, 2 or 1. */
export function columnsAround(element: Element): number {
  return Number(getComputedStyle(element).getPropertyValue("--columns"));
}
