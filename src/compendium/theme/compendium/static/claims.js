/* The table of claims, filtered by verdict, kind and words. The choice stands in the address, so
   that it can be sent; an address that names a hidden claim shows all of them. A long list begins
   with its first claims, for readers on a phone. */
(() => {
const box = document.querySelector(".claims");
const form = box?.querySelector("form");
if (!form) return;
const rows = [...box.querySelectorAll("tbody > tr[data-verdict]")];
const status = form.querySelector("[role=status]");
const fields = [...form.querySelectorAll("[name]")];
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = rows.map((row) => plain(row.textContent));
for (const row of rows) { // after the texts are taken: the sign is no part of a claim
  const link = document.createElement("a");
  row.cells[0].querySelector("br, .quiet").before(link); // not behind the place, on a line of its own
  Object.assign(link, { className: "headerlink", href: "#" + row.id, textContent: "#", tabIndex: -1, ariaHidden: "true" });
}
const more = box.querySelector("button.more");
const FIRST = matchMedia("(max-width: 40rem)").matches ? 12 : 40;
let whole = rows.length <= FIRST * 1.25;
const numbers = new Intl.NumberFormat(document.documentElement.lang);

const read = () => {
  const asked = new URLSearchParams(location.search);
  for (const field of fields) field.value = asked.get(field.name) ?? "";
};

const write = () => {
  const asked = new URLSearchParams(location.search);
  for (const { name, value } of fields) value ? asked.set(name, value) : asked.delete(name);
  const query = asked.toString();
  history.replaceState(null, "", location.pathname + (query && "?" + query) + location.hash);
  for (const a of document.querySelectorAll(".languages a")) a.search = query;
};

const show = () => {
  const { words, verdict, kind } = form.elements;
  const wanted = plain(words.value).split(/\s+/).filter(Boolean);
  let shown = 0, fitting = 0;
  rows.forEach((row, at) => {
    const fits = (!verdict.value || row.dataset.verdict === verdict.value)
      && (!kind.value || row.dataset.kind === kind.value)
      && wanted.every((word) => texts[at].includes(word));
    fitting += fits;
    row.hidden = !fits || (!whole && fitting > FIRST);
    shown += !row.hidden;
  });
  status.textContent = status.dataset.told
    .replace("{shown}", numbers.format(shown)).replace("{all}", numbers.format(rows.length));
  more.hidden = shown === fitting;
};

const unfold = () => {
  whole = true;
  show();
};

const uncover = () => {
  const row = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!row?.hidden || !rows.includes(row)) return;
  for (const field of fields) field.value = "";
  write();
  unfold();
  row.scrollIntoView();
};

let waiting;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => { write(); show(); }, 120);
});
form.addEventListener("reset", () => setTimeout(() => {
  for (const field of fields) field.value = "";
  write();
  show();
}));
more.addEventListener("click", () => {
  const next = rows.find((row) => row.hidden);
  unfold();
  next?.querySelector("a")?.focus();
});
addEventListener("beforeprint", unfold);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", uncover);
form.hidden = false;
read();
show();
write();
uncover();
})();
