import { describe, expect, test } from "vitest";
import { inBox, selectorInTree } from "../../scripts/own-tree.ts";

describe("a selector of the page", () => {
  test.each([
    [":root", ":host"],
    [':root[data-theme="dark"]', ':host([data-theme="dark"])'],
    [
      ':root[data-palette="classic"][data-theme="dark"]',
      ':host([data-palette="classic"][data-theme="dark"])',
    ],
    [":root:not([data-theme])", ":host(:not([data-theme]))"],
    [':root[data-theme="dark"] .other', ':host([data-theme="dark"]) .other'],
    ["body", ".pellucid-body"],
    [".body > p", ".body > p"],
    ["tbody td", "tbody td"],
  ])("%s is in the tree %s", (selector, expected) => {
    expect(selectorInTree(selector)).toBe(expected);
  });
});

describe("a condition on the window", () => {
  test.each([
    ["(max-width: 47.5em)", "(max-width: 47.5rem)"],
    ["(min-width: 47.51em) and (max-width: 68em)", "(min-width: 47.51rem) and (max-width: 75rem)"],
    ["(min-width: 68.01em) and (max-height: 53em)", "(min-width: 75.01rem)"],
    ["(max-height: 53em)", "(width >= 0px)"],
    ["(min-width: 68.01em) and (min-height: 53.01em)", null],
    ["(pointer: coarse)", "(pointer: coarse)"],
    ["(prefers-reduced-motion: reduce)", "(prefers-reduced-motion: reduce)"],
  ])("%s is for a box %s", (condition, expected) => {
    expect(inBox(condition)).toBe(expected);
  });
});
