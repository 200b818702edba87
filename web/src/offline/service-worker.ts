/** Keeps the page's own files, so that it opens without a network, and answers for nothing else. */

declare const self: ServiceWorkerGlobalScope;

/** Put in by the build: the address of each file from here, and the hash of what it holds. */
declare const PAGE: { version: string; files: Record<string, string> };

const { version, files } = PAGE;
const HERE = new URL("./", self.location.href).href;
const OURS = `pellucid ${HERE} `;
const CACHE = OURS + version;
const KEPT = new Set(Object.keys(files).map((file) => new URL(file, HERE).href));
/** How long the network may take to say whether there is a newer page, in milliseconds. */
const PATIENCE = 3000;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const address = addressOf(event.request);
  if (event.request.method !== "GET" || !KEPT.has(address)) return;
  const hashed = address.startsWith(`${HERE}assets/`);
  event.respondWith(hashed ? same(event.request, address) : newest(event.request, address));
});

/** All files or none: one that holds something else than the build made is refused. */
async function keep(): Promise<void> {
  const requests = Object.entries(files).map(
    ([file, integrity]) => new Request(new URL(file, HERE), { integrity, cache: "no-cache" }),
  );
  await (await caches.open(CACHE)).addAll(requests);
}

/** The browser starts a newer worker when no page of the older one is open; nobody needs its files any more. */
async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

function addressOf(request: Request): string {
  const { origin, pathname } = new URL(request.url);
  const address = origin + pathname;
  return address === `${HERE}index.html` ? HERE : address;
}

/** A file whose name has the hash of what it holds is the same for ever. */
async function same(request: Request, address: string): Promise<Response> {
  return (await kept(address)) ?? fetch(request);
}

/** Any other file comes from the network, unless there is none, it fails or it takes too long. */
async function newest(request: Request, address: string): Promise<Response> {
  const old = await kept(address);
  if (!old) return fetch(request);
  const answer = fetch(request).then(
    (fresh) => (fresh.status < 500 ? fresh : old),
    () => old,
  );
  const late = new Promise<Response>((resolve) => setTimeout(resolve, PATIENCE, old));
  return Promise.race([answer, late]);
}

async function kept(address: string): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(address, { ignoreVary: true });
}

export {};
