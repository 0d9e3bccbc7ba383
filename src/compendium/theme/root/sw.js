/* The book without a network, for a reader who asked for it. While there is a network every file comes
   from there, so that no page is ever out of date; without one it comes from what was kept. What is
   kept is one whole build: a file whose hash is another is not taken, and a new build is fetched
   whole before the old one is let go. */
const home = new URL("./", self.location);
// By the folder: other versions of the book may lie beside it, each with what it keeps
const PREFIX = `book-${home.pathname}-`;
const nameOf = (version, edition) => `${PREFIX}${version}-${edition}`;
const LIST = "offline.json";

const listed = async () => (await fetch(new URL(LIST, home), { cache: "no-store" })).json();
const hashed = async (bytes) =>
  Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 8),
    (byte) => byte.toString(16).padStart(2, "0")).join("");
const kept = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

// The laboratory's worker looks for its files under these names too
const placeOf = (path, list) => path.startsWith("laboratory/") && !path.endsWith("/manifest.json")
  ? [`laboratory-${list.laboratory}`, `${path}?v=${list.laboratory}`] : [null, path];

const keep = async (edition, list, tell = () => {}) => {
  const own = nameOf(list.version, edition), before = await kept();
  let done = 0;
  for (const [path, [hash, size]] of Object.entries(list.files)) {
    if (!path.startsWith(`${edition}/`) && Object.keys(list.sizes).some((other) => path.startsWith(`${other}/`)))
      continue;
    const [shelf, place] = placeOf(path, list), address = new URL(place, home);
    const cache = await caches.open(shelf ?? own);
    let held = await caches.match(address, { cacheName: shelf ?? own });
    for (const name of shelf ? [] : before) held ??= await caches.match(address, { cacheName: name });
    const isSame = held && await hashed(await held.clone().arrayBuffer()) === hash;
    const found = isSame ? held : await fetch(address, { cache: "reload" });
    const bytes = await found.clone().arrayBuffer();
    if (!found.ok || await hashed(bytes) !== hash) throw new Error(path);
    if (!isSame || !shelf) await cache.put(address, found);
    tell(done += size);
  }
  // The last one: where it lies, nothing is missing
  await (await caches.open(own)).put(new URL(LIST, home), new Response(JSON.stringify(list),
    { headers: { "content-type": "application/json" } }));
};
const letGo = async (version) => {
  for (const name of await kept())
    if (!name.startsWith(nameOf(version, ""))) await caches.delete(name);
};

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const list = await listed();
  const editions = new Set((await kept()).map((name) => name.slice(PREFIX.length).replace(/^[^-]*-/, "")));
  for (const edition of editions) if (edition in list.sizes) await keep(edition, list);
  await self.skipWaiting();
})()));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  await letGo((await listed()).version);
  await self.clients.claim();
})()));

self.addEventListener("message", (event) => {
  const { data: { keep: edition }, ports: [port] } = event;
  if (!edition) return;
  event.waitUntil(listed()
    .then((list) => keep(edition, list, (done) => port.postMessage({ done })))
    .then(() => port.postMessage({ isKept: true }),
      (error) => port.postMessage({ failed: String(error.message ?? error) })));
});

const stored = async ({ url }) => {
  const bare = new URL(url);
  bare.hash = "";
  if (bare.pathname.endsWith("/")) bare.pathname += "index.html";
  return await caches.match(bare) ?? await caches.match(bare, { ignoreSearch: true });
};
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(home.href)) return;
  event.respondWith(fetch(request).catch(async (error) => {
    const held = await stored(request);
    if (!held) throw error;
    return held;
  }));
});
