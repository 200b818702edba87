/** Let the browser save something as a file. */

/** How long the browser may take to fetch it, in milliseconds. */
const FETCHED_WITHIN = 60_000;

export function download(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FETCHED_WITHIN);
}
