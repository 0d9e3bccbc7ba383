/* A link into the book shows what it leads to while the pointer or the focus is on it: a figure, a
   table's first rows, a row, a section's beginning, a term. The link works as ever. */
const ROWS = 4, WAIT = 350;
const shown = document.createElement("aside");
shown.className = "preview";
shown.popover = "manual";
shown.ariaHidden = "true"; // what it shows can be read where the link leads
document.body.append(shown);

// Another page is read once; scripts are off in it, so that what is folded there is elements
const pages = new Map();
const page = ({ origin, pathname }) => {
  if (!pages.has(pathname))
    pages.set(pathname, fetch(origin + pathname).then((answer) => answer.ok ? answer.text() : "")
      .then((text) => new DOMParser().parseFromString(text, "text/html")));
  return pages.get(pathname);
};

// Only what has something to show: not the heading of a whole page, not a lone anchor
const about = (found) => {
  if (!found) return null;
  if (/^H[2-6]$/.test(found.tagName)) {
    const first = found.parentElement.querySelector(":scope > :is(p, ul, figure)");
    return first && [found, first];
  }
  const block = found.closest("figure, tr, p, li") ?? found.nextElementSibling;
  return block?.matches("figure, tr, p:not(.about), li") ? [block] : null;
};

const copied = (part) => {
  let copy = document.importNode(part, true);
  if (copy.tagName === "TR") {
    const table = document.createElement("table");
    table.className = "data";
    table.append(copy);
    copy = table;
  }
  for (const row of [...copy.querySelectorAll("tbody tr")].slice(ROWS)) row.remove();
  for (const extra of copy.querySelectorAll(
    ".headerlink, .downloads, .print-only, .figure-wide:has(+ .figure-narrow), button, input, script"))
    extra.remove();
  for (const named of [copy, ...copy.querySelectorAll("[id]")]) named.removeAttribute("id");
  return copy;
};

let due, asked;
const hide = () => {
  clearTimeout(due);
  asked = null;
  if (shown.matches(":popover-open")) shown.hidePopover();
};
const show = async (link) => {
  asked = link;
  const url = new URL(link.href);
  let whole = null;
  try { whole = await page(url); } catch { return; } // the book may lie on a disk, or the net be away
  const parts = about(whole.getElementById(decodeURIComponent(url.hash.slice(1))));
  if (asked !== link || !parts) return;
  shown.replaceChildren(...parts.map(copied));
  shown.showPopover();
  const at = link.getBoundingClientRect(), below = at.bottom + 8;
  const { width, height } = shown.getBoundingClientRect();
  shown.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  shown.style.top = `${below + height < innerHeight ? below : Math.max(8, at.top - height - 8)}px`;
};
const leads = (event) => {
  const link = event.target.closest?.("main a[href*='#']:not(.headerlink)");
  return link && link.origin === location.origin && link.hash.length > 1 ? link : null;
};
const soon = (event) => {
  const link = leads(event);
  if (!link || link === asked) return;
  hide();
  due = setTimeout(show, WAIT, link);
};
if (matchMedia("(hover: hover)").matches) {
  document.addEventListener("pointerover", soon);
  document.addEventListener("pointerout", (event) => { if (leads(event)) hide(); });
}
document.addEventListener("focusin", (event) => { if (event.target.matches(":focus-visible")) soon(event); });
document.addEventListener("focusout", hide);
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
addEventListener("scroll", () => { if (shown.matches(":popover-open")) hide(); }, { passive: true });
