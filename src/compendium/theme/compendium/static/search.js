/* The search: Pagefind's index, fetched when somebody first searches; the words marked on arrival. */
const dialog = one("#c-search");
const [field, status, list] = ["input", "[role=status]", "ol"].map((s) => one(s, dialog));
const folds = new Map(dialog.dataset.folds.split(" ").map((pair) => [...pair]));
const folded = (text) => text.toLowerCase().replace(/./gu, (letter) => folds.get(letter) ?? letter);
let engine;
function open() {
  engine ??= import(new URL(root.dataset.content_root + "pagefind/pagefind.js", document.baseURI));
  dialog.showModal();
  field.select();
}
function entry(result) {
  const item = document.createElement("li");
  const a = item.appendChild(document.createElement("a"));
  a.appendChild(document.createElement("b")).textContent = result.title ?? result.meta.title;
  a.appendChild(document.createElement("span")).innerHTML = result.excerpt; // escaped by Pagefind
  const url = new URL(result.url, location);
  const words = new Set(all("mark", a).map((mark) => mark.textContent.toLowerCase()));
  url.searchParams.set("found", [...words].join(" "));
  a.href = url;
  return item;
}
const weight = (part) => part.weighted_locations.reduce((sum, at) => sum + at.balanced_score, 0);
const heaviest = (parts) => parts.filter((part) => part.anchor && part.anchor.element !== "h1")
  .sort((one, other) => weight(other) - weight(one)).slice(0, 3);
async function search() {
  const words = field.value.trim();
  status.textContent = words && ui.searching;
  let found;
  try { found = await (await engine).debouncedSearch(folded(words), {}, 150); }
  catch { status.textContent = ui.search_failed; return; }
  if (!found) return; // the reader typed on
  const pages = await Promise.all(found.results.slice(0, 12).map((r) => r.data()));
  if (field.value.trim() !== words) return;
  list.replaceChildren(...pages.map((page) => {
    const item = entry(page);
    const parts = heaviest(page.sub_results);
    if (parts.length) item.appendChild(document.createElement("ol")).append(...parts.map(entry));
    return item;
  }));
  const count = found.results.length;
  status.textContent = !words ? "" : count ? `${ui.pages_found} ${count}` : ui.no_results;
}
const opener = one(".find");
opener.hidden = false;
opener.onclick = open;
if (location.hash === "#c-search") open(); // so a page without a search leads to it
field.oninput = search;
dialog.onclick = (event) => {
  if (event.target === dialog || event.target.closest("li a")) dialog.close();
};
dialog.onkeydown = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.target === field && 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [field, ...all("a", list)];
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
};
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if ((event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    open();
  }
});

// The words that led here are marked, in an open fold if they stand in none but a closed one
function marked(pattern) {
  const ranges = [];
  const texts = document.createTreeWalker(one("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.closest("noscript, script, style")) continue;
    for (const { index, 0: word } of text.data.matchAll(pattern)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      ranges.push(range);
    }
  }
  return ranges;
}
function arrive() {
  const url = new URL(location);
  const words = url.searchParams.get("found")?.match(/[\p{L}\p{N}]+/gu);
  if (!words) return;
  url.searchParams.delete("found");
  history.replaceState(null, "", url);
  if (!CSS.highlights) return;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  const target = document.getElementById(decodeURIComponent(url.hash.slice(1)));
  const about = target?.closest("section") ?? one("main");
  let ranges = marked(pattern);
  if (!ranges.some((range) => about.contains(range.startContainer))) {
    const fold = packs().map((pack) => pack.parentElement)
      .find((fold) => about.contains(fold) && fold.textContent.match(pattern));
    if (fold) { unpack(fold); fold.open = true; ranges = marked(pattern); }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}
arrive();
