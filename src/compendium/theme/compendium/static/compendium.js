/* What the pages do beyond HTML: colours, the place in the language links, folds, copying. */
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

// The same place in the other languages; the root page remembers the choice. Labels are the same in
// all of them: the one in the address, unless the reader went on from there, or the last above
let moved = false;
for (const name of ["wheel", "touchmove", "keydown"])
  addEventListener(name, (event) => { moved ||= /^(Page|Arrow|Home|End| )/.test(event.key ?? " "); }, { passive: true });
addEventListener("hashchange", () => { moved = false; });
function place() {
  if (location.hash && (!moved || location.hash.includes("&"))) return location.hash;
  if (scrollY < innerHeight / 3) return "";
  const above = all("main :is(h2, h3, h4, tr)[id]").filter((at) =>
    at.checkVisibility() && at.getBoundingClientRect().top < innerHeight / 3);
  return above.length ? "#" + above.at(-1).id : "";
}
for (const a of all(".languages a")) {
  for (const name of ["click", "auxclick", "contextmenu"])
    a.addEventListener(name, () => { a.hash = place(); });
  a.addEventListener("click", () => {
    try { localStorage.setItem("compendium.language", a.hreflang); } catch {}
  });
}

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

// Copying: code, and the address of a section, figure, table or claim
const said = one("#c-said");
async function copy(text) {
  try { await navigator.clipboard.writeText(text); } catch { return; }
  said.textContent = ui.copied;
  setTimeout(() => { said.textContent = ""; }, 2000);
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.headerlink");
  if (link) copy(link.href);
});
for (const block of all("main .highlight")) {
  const button = document.createElement("button");
  button.className = "copy";
  button.textContent = ui.copy;
  const about = one("summary, h4, h3, h2", block.closest("details:not(.hide), section") ?? document)?.textContent.replace("#", "");
  button.ariaLabel = [ui.copy, about?.trim()].filter(Boolean).join(": ");
  button.onclick = () => copy(one("pre", block).textContent);
  block.append(button);
}
