/** Makes the page open without a network after the first visit, where browsers allow that: https, and this machine. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  addEventListener("load", () => {
    // A browser may refuse, as some do in private windows; the page is then the same, with a network.
    navigator.serviceWorker.register("./service-worker.js").catch(() => undefined);
  });
}
