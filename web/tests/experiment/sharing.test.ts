import { expect, test } from "vitest";
import { sharing } from "../../src/experiment/sharing";

const before = { data: { drawings: ["AAAA", "BBBB"], points: null }, rates: [1, 2], seed: 3 };

test("what is the same in all is the very same object", () => {
  expect(sharing(structuredClone(before), before)).toBe(before);
});

test("what has changed is new, and the rest is shared", () => {
  const after = { ...structuredClone(before), rates: [1, 3] };
  const shared = sharing(after, before);
  expect(shared).toEqual({ ...before, rates: [1, 3] });
  expect(shared).not.toBe(before);
  expect(shared.data).toBe(before.data);
});

test("lists that have grown or shrunk are new", () => {
  const longer = { ...structuredClone(before), rates: [1, 2, 3] };
  expect(sharing(longer, before).rates).toEqual([1, 2, 3]);
  const shorter = { ...structuredClone(before), rates: [1] };
  expect(sharing(shorter, before).rates).toEqual([1]);
  expect(before.rates).toEqual([1, 2]);
});

test("nothing, numbers and lists are told apart", () => {
  expect(sharing({ a: [] }, { a: {} })).toEqual({ a: [] });
  expect(sharing({ a: null }, { a: {} })).toEqual({ a: null });
  expect(sharing({ a: {} }, { a: null })).toEqual({ a: {} });
  expect(sharing({ b: 1 }, { a: 1 })).toEqual({ b: 1 });
});
