/* The whole book without a network: a button, which says how much it keeps, and one that lets it go. */
(() => {
const home = new URL("../",
  new URL(document.documentElement.dataset.content_root ?? "./", document.baseURI));
const PREFIX = `book-${home.pathname}-`;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

for (const box of document.querySelectorAll(".offline")) {
  const { lang, words } = JSON.parse(box.querySelector('script[type="application/json"]').textContent);
  const room = document.createElement("p"), status = document.createElement("p");
  const [keep, drop] = ["button", "button"].map((name) => document.createElement(name));
  room.className = "tools screen-only";
  status.setAttribute("role", "status");
  status.className = "screen-only";
  room.append(keep, drop);
  const mega = (bytes) => (bytes / 1e6).toFixed(1).replace(".", words.decimal);
  const isOwn = (name) => name.startsWith(PREFIX) && name.endsWith(`-${lang}`);
  const isWhole = async () => {
    for (const cacheName of (await caches.keys()).filter(isOwn))
      if (await caches.match(new URL("offline.json", home), { cacheName })) return true;
    return false;
  };
  let size = 0;

  const show = async () => {
    const isKept = await isWhole();
    keep.hidden = isKept;
    drop.hidden = !isKept;
    if (isKept) status.textContent = words.kept;
  };
  const asked = (worker, message, heard) => new Promise((answer, refuse) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if (data.isKept) answer();
      else if (data.failed) refuse(new Error(data.failed));
      else heard(data.done);
    };
    worker.postMessage(message, [port2]);
  });
  const begin = async () => {
    keep.disabled = true;
    try {
      await navigator.serviceWorker.register(new URL("sw.js", home), { scope: home.pathname });
      const { active } = await navigator.serviceWorker.ready;
      await asked(active, { keep: lang }, (done) => {
        status.textContent = fill(words.keeping, { done: mega(done), size: mega(size) });
      });
      await show();
    } catch (error) {
      for (const name of (await caches.keys()).filter(isOwn)) await caches.delete(name);
      status.textContent = fill(words.failed, { why: error.message });
    }
    keep.disabled = false;
  };
  const end = async () => {
    for (const name of (await caches.keys()).filter(isOwn)) await caches.delete(name);
    if (!(await caches.keys()).some((name) => name.startsWith(PREFIX)))
      await (await navigator.serviceWorker.getRegistration(home))?.unregister();
    status.textContent = words.gone;
    await show();
  };
  const look = async () => {
    if (!("serviceWorker" in navigator) || !("caches" in self)) {
      status.textContent = words.unable;
      return box.append(status);
    }
    try {
      ({ sizes: { [lang]: size } } = await (await fetch(new URL("offline.json", home), { cache: "no-cache" })).json());
    } catch { /* without a network, and nothing was kept */ }
    keep.textContent = fill(words.keep, { size: mega(size ?? 0) });
    drop.textContent = words.drop;
    for (const [button, act] of [[keep, begin], [drop, end]]) {
      button.type = "button";
      button.addEventListener("click", act);
    }
    keep.hidden = drop.hidden = true;
    box.append(room, status);
    if (size) await show();
  };
  box.querySelector(".without").remove();
  look();
}
})();
