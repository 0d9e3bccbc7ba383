/* What the pages do beyond HTML: colours, anchors in the language links, copying, search. */
const ui = JSON.parse(document.getElementById("c-ui").textContent);
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

// Colours: as the system, light, dark
const schemes = ["auto", "light", "dark"];
const scheme = one(".scheme");
function paint(name) {
  if (name === "auto") delete root.dataset.theme;
  else root.dataset.theme = name;
  one("use", scheme).setAttribute("href", "#i-" + name);
  scheme.title = ui.theme + ": " + ui["theme_" + name];
  scheme.setAttribute("aria-label", scheme.title);
}
paint(root.dataset.theme || "auto");
scheme.hidden = false;
scheme.onclick = () => {
  const next = schemes[(schemes.indexOf(root.dataset.theme || "auto") + 1) % 3];
  paint(next);
  try { next === "auto" ? localStorage.removeItem("compendium.theme") : localStorage.setItem("compendium.theme", next); } catch {}
};

// The same place in the other languages; the root page remembers the choice
function follow() { for (const a of all(".languages a")) a.hash = location.hash; }
follow();
addEventListener("hashchange", follow);
for (const a of all(".languages a")) a.addEventListener("click", () => {
  try { localStorage.setItem("compendium.language", a.hreflang); } catch {}
});

// The list of sections stands open where there is room beside the text
const here = one(".here details");
if (here && matchMedia("(min-width: 75rem)").matches) here.open = true;

// Code stays out of sight until the reader asks for it; the head has set what was chosen last
const codes = one(".codes");
if (codes) {
  codes.hidden = false;
  codes.ariaChecked = String(root.dataset.code === "on");
  codes.onclick = () => {
    root.dataset.code = root.dataset.code === "on" ? "off" : "on";
    codes.ariaChecked = String(root.dataset.code === "on");
    try { localStorage.setItem("compendium.code", root.dataset.code); } catch {}
  };
}

// What scrolls sideways can be scrolled from the keyboard. The observer asks after layout, and
// again when a fold opens: to ask at once would lay out the whole page while it loads.
const reach = new ResizeObserver((boxes) => {
  for (const { target } of boxes)
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
});
function watch(within) {
  for (const box of all("main pre, .table-scroll, .cell_output, table.docutils", within)) reach.observe(box);
}
watch(document);

// What is folded is unpacked when it is opened; until then it is text, not elements
const packs = () => all("main details > noscript");
function unpack(fold) {
  const pack = one(":scope > noscript", fold);
  if (!pack) return;
  pack.outerHTML = pack.textContent;
  watch(fold);
}
for (const pack of packs()) {
  const fold = pack.parentElement;
  one("summary", fold).addEventListener("click", () => unpack(fold));
  fold.addEventListener("toggle", () => unpack(fold), { once: true });
}

// A link to something folded opens the folds around it
function named(id) {
  const found = document.getElementById(id);
  if (found || !id) return found;
  const mark = `id="${id}"`;
  for (const pack of packs()) if (pack.textContent.includes(mark)) unpack(pack.parentElement);
  return document.getElementById(id);
}
function unfold() {
  const target = named(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const folds = [];
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") folds.push(at);
  const about = /^H\d$/.test(target.tagName) ? target.parentElement : target;
  const inside = one(":scope > details.fold", about);
  for (const fold of inside ? [inside, ...folds] : folds) { unpack(fold); fold.open = true; }
  if (folds.length) target.scrollIntoView();
}
unfold();
addEventListener("hashchange", unfold);

// Copy code
for (const block of all("main .highlight")) {
  const button = document.createElement("button");
  button.className = "copy";
  button.textContent = ui.copy;
  button.onclick = async () => {
    await navigator.clipboard?.writeText(one("pre", block).textContent);
    button.textContent = ui.copied;
    setTimeout(() => { button.textContent = ui.copy; }, 1500);
  };
  block.append(button);
}

// Search: Pagefind's index is fetched when somebody first searches
const dialog = one("#c-search");
const [field, status, list] = ["input", "[role=status]", "ol"].map((s) => one(s, dialog));
let engine;
function open() {
  engine ??= import(new URL(root.dataset.content_root + "pagefind/pagefind.js", document.baseURI));
  dialog.showModal();
  field.select();
}
function entry(result) {
  const item = document.createElement("li");
  const a = item.appendChild(document.createElement("a"));
  a.href = result.url;
  a.appendChild(document.createElement("b")).textContent = result.title ?? result.meta.title;
  a.appendChild(document.createElement("span")).innerHTML = result.excerpt; // escaped by Pagefind
  return item;
}
async function search() {
  const words = field.value.trim();
  status.textContent = words && ui.searching;
  let found;
  try { found = await (await engine).debouncedSearch(words, {}, 150); }
  catch { status.textContent = ui.search_failed; return; }
  if (!found) return; // the reader typed on
  const pages = await Promise.all(found.results.slice(0, 12).map((r) => r.data()));
  if (field.value.trim() !== words) return;
  list.replaceChildren(...pages.map((page) => {
    const item = entry(page);
    const parts = page.sub_results.filter((part) => part.url !== page.url).slice(0, 3);
    if (parts.length) item.appendChild(document.createElement("ol")).append(...parts.map(entry));
    return item;
  }));
  const count = found.results.length;
  status.textContent = !words ? "" : count ? `${ui.pages_found} ${count}` : ui.no_results;
}
const opener = one(".find");
opener.hidden = false;
opener.onclick = open;
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
