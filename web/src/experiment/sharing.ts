/** Experiments that follow each other share what they have in common, so that many of them take little memory. */

/**
 * Put what is the same as before in the place of what is equal to it; returns `before` where all of it is.
 *
 * `after` is changed and must be nobody else's yet. Texts count as well: a copy of a drawing has letters of its own.
 */
export function sharing<T>(after: T, before: unknown): T {
  if (Object.is(after, before)) return before as T;
  if (!isCollection(after) || !isCollection(before)) return after;
  if (Array.isArray(after) !== Array.isArray(before)) return after;
  const parts: Record<string, unknown> = after;
  let same = Object.keys(parts).length === Object.keys(before).length;
  for (const key of Object.keys(parts)) {
    parts[key] = sharing(parts[key], before[key]);
    same &&= key in before && Object.is(parts[key], before[key]);
  }
  return same ? (before as T) : after;
}

function isCollection(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
