import { expect, test } from "vitest";
import { shareWords } from "../src/share";

test("of a short link of generated data it is said what it holds", () => {
  expect(shareWords("copied", 60, 0)).toBe("Link copied: it holds the whole experiment.");
});

test("a link says how many drawings are in it", () => {
  expect(shareWords("copied", 900, 1)).toBe("Link copied, with your drawing in it.");
  expect(shareWords("copied", 900, 1200)).toBe("Link copied, with your 1\u202f200 drawings in it.");
});

test("a link that some programs cut says so, and what is safer", () => {
  const words = shareWords("copied", 16_001, 300);
  expect(words).toContain("Some programs cut links as long as this (16\u202f001 characters).");
  expect(words).toContain("A file is safer");
  expect(shareWords("copied", 16_000, 300)).not.toContain("cut");
});

test("where copying is refused, the address bar is named only if it holds the link", () => {
  expect(shareWords("refused", 900, 3)).toContain("The link is in the address bar");
  expect(shareWords("refused", 20_000, 3)).not.toContain("it always holds the experiment");
});
