// The page for screening. What a reviewer says is kept in the browser until the server has it.
"use strict";

const start = JSON.parse(document.getElementById("start").textContent);
const $ = (id) => document.getElementById(id);
const KEYS = { include: "I", exclude: "E", unsure: "M", not_retrieved: "N" };
const QUEUE = "screening-unsaved";

let language = localStorage.getItem("screening-language") || start.language;
let choices, who, role = "independent", records = [], at = -1, shown = null, done = [];
let asked = 0, sending = false, items = [];

const word = (key) => start.words[language][key];
const label = (code) => choices.decisions.find((each) => each.code === code)?.label ?? "";

async function ask(path, more = {}) {
  const query = new URLSearchParams({ lang: language, reviewer: who ?? "", role, ...more });
  const answer = await fetch(`/api/${path}?${query}`);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

// --- words -------------------------------------------------------------------------------------

async function speak() {
  document.documentElement.lang = language;
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  document.title = word("title");
  choices = await ask("choices");
  $("stage").textContent = choices.stage;
  for (const [code, text] of Object.entries(choices.role)) $(`role-${code}`).textContent = text;
  fill($("names"), choices.reviewers.map((name) => option(name, name)));
  fill($("known-labels"), choices.labels.map((name) => option(name, name)));
  fill($("criterion"), [option("", word("no_criterion")),
    ...choices.criteria.map((each, n) => option(each.code, n < 9 ? `${n + 1}. ${each.label}` : each.label))]);
  fill($("decisions"), choices.decisions.map((each) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = each.code;
    button.dataset.code = each.code;
    button.setAttribute("aria-keyshortcuts", KEYS[each.code]);
    button.setAttribute("aria-pressed", "false");
    const key = document.createElement("kbd");
    key.textContent = KEYS[each.code];
    key.ariaHidden = "true";
    button.append(each.label, key);
    button.onclick = () => decide(each.code);
    return button;
  }));
  $("decisions").setAttribute("aria-label", word("decision"));
  saved();
}

function option(value, text) {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = text;
  return made;
}

const fill = (parent, children) => parent.replaceChildren(...children);

// --- records -----------------------------------------------------------------------------------

async function begin() {
  records = await ask("list");
  for (const each of queue()) mirror(each);
  $("enter").hidden = true;
  $("desk").hidden = false;
  list();
  if (!records.length) return tell(word("nothing"));
  const open = records.findIndex((each) => !each.decision);
  await show(open < 0 ? 0 : open);
}

function list() {
  items = records.map((each, n) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.onclick = () => show(n, true);
    item.append(button);
    return item;
  });
  records.forEach((_each, n) => entry(n));
  narrow();
  fill($("list"), items);
  count();
}

function entry(n) {
  const each = records[n], item = items[n], state = document.createElement("b");
  item.className = each.decision;
  state.textContent = each.decision ? label(each.decision) : word("open");
  item.firstChild.replaceChildren(`${n + 1}. ${each.title || word("no_title")}`, state);
  item.firstChild.setAttribute("aria-current", String(n === at));
}

function narrow() {
  const open = $("show").value === "open";
  records.forEach((each, n) => { items[n].hidden = open && !!each.decision && n !== at; });
}

function count() {
  const n = records.filter((each) => each.decision).length;
  $("done").textContent = word("done").replace("{n}", n).replace("{all}", records.length);
}

async function show(n, focus = false) {
  if (n < 0 || n >= records.length) return;
  const before = at, mine = ++asked;
  at = n;
  if (items[before]) entry(before);
  entry(at);
  narrow();
  // Only the list scrolls: the page stays where the reviewer reads.
  const box = $("list").closest("aside"), top = items[at].offsetTop;
  if (getComputedStyle(box).position === "sticky") box.scrollTop = top;
  let told;
  try { told = await ask("record", { key: records[n].key }); }
  catch (error) { return tell(error instanceof TypeError ? "" : error.message); }
  if (mine !== asked) return;
  shown = told;
  for (const each of queue()) if (each.path === "decide" && each.body.record === told.key) overlay(each.body);
  const html = (id, text) => { $(id).innerHTML = text; };  // escaped by the server, with its marks
  $("place").textContent = `${word("record")} ${n + 1} / ${records.length}`;
  html("heading", told.title || word("no_title"));
  html("abstract", told.abstract || word("no_abstract"));
  html("keywords", told.keywords);
  $("where").replaceChildren([told.authors, told.year, told.source].filter(Boolean).join(" · "));
  if (/^https?:\/\//.test(told.link)) $("where").append(" · ", link(told.link, word("link")));
  $("other").hidden = !told.other.length;
  $("other").lastElementChild.innerHTML = told.other.map((text) => `<p>${text}</p>`).join("");
  $("earlier").hidden = !told.earlier.length;
  fill($("earlier").lastElementChild, told.earlier.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
  $("pdf").hidden = told.pdf === undefined;
  if (told.pdf) $("pdf").replaceChildren(link(`/full-text/${encodeURIComponent(told.pdf)}`, `${word("pdf")}: ${told.pdf}`));
  else if (told.pdf !== undefined) $("pdf").textContent = `${word("pdf")}: ${word("pdf_missing")} ${told.pdf_name}`;
  $("criterion").value = told.criterion;
  $("reason").value = told.reason;
  $("labels").value = told.labels;
  $("note").value = told.note;
  press();
  tell("");
  if (focus) $("record").focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function link(address, text) {
  const made = document.createElement("a");
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  made.textContent = text;
  return made;
}

function press() {
  for (const button of $("decisions").children)
    button.setAttribute("aria-pressed", String(button.dataset.code === shown?.decision));
}

function tell(text) { $("told").textContent = text; }

// --- answers -----------------------------------------------------------------------------------

const overlay = (said) => {
  const gone = said.decision === "withdrawn";
  Object.assign(shown, { decision: gone ? "" : said.decision, criterion: said.criterion, reason: said.reason });
};

function mirror(each) {
  if (each.path !== "decide" || each.body.reviewer !== who || each.body.role !== role) return -1;
  const n = records.findIndex((record) => record.key === each.body.record);
  if (n >= 0) records[n].decision = each.body.decision === "withdrawn" ? "" : each.body.decision;
  return n;
}

function say(body) {
  keep([...queue(), { path: "decide", body: { reviewer: who, role, ...body }, lang: language }]);
  const n = mirror(queue().at(-1));
  if (n >= 0) { entry(n); narrow(); count(); }
  send();
}

async function decide(code) {
  if (!shown) return;
  const leaves = code === "exclude";
  const body = { record: shown.key, decision: code, criterion: leaves ? $("criterion").value : "",
    reason: $("reason").value.trim() };
  if (leaves && choices.needed && !body.criterion) { tell(word("choose_criterion")); return $("criterion").focus(); }
  if (body.criterion === choices.other && !body.reason) { tell(word("write_reason")); return $("reason").focus(); }
  const { key, decision, criterion, reason } = shown;
  done.push({ record: key, decision: decision || "withdrawn", criterion, reason });
  say(body);
  remark();
  overlay(body);
  press();
  const said = word("decided").replace("{decision}", label(code));
  await onwards();
  announce(said);
}

async function onwards() {
  const after = records.findIndex((each, n) => n > at && !each.decision);
  const any = after < 0 ? records.findIndex((each) => !each.decision) : after;
  if (any >= 0) return show(any);
  if ($("show").value === "all" && at + 1 < records.length) await show(at + 1);
  tell(word("finished"));
}

async function undo() {
  const last = done.pop();
  if (!last) return;
  say(last);
  const n = records.findIndex((each) => each.key === last.record);
  await show(n);
  announce(word("undone").replace("{decision}", last.decision === "withdrawn" ? word("open") : label(last.decision)));
}

function remark() {
  if (!shown) return;
  const labels = $("labels").value, note = $("note").value;
  if (labels === shown.labels && note === shown.note) return;
  Object.assign(shown, { labels, note });
  keep([...queue(), { path: "remark", body: { reviewer: who, record: shown.key, labels, note }, lang: language }]);
  send();
}

// --- saving ------------------------------------------------------------------------------------

const queue = () => JSON.parse(localStorage.getItem(QUEUE) || "[]");
const keep = (waiting) => localStorage.setItem(QUEUE, JSON.stringify(waiting));

async function send() {
  if (sending || !queue().length) return;
  sending = true;
  // One window sends at a time, so that answers arrive in the order in which they were given.
  await navigator.locks.request(QUEUE, async () => {
    while (queue().length) {
      const first = queue()[0];
      saved();
      let answer;
      try {
        answer = await fetch(`/api/${first.path}?lang=${first.lang}`, {
          method: "POST", body: JSON.stringify(first.body),
          headers: { "Content-Type": "application/json", "X-Screening": start.token },
        });
      } catch { break; }
      if (answer.status === 403 || answer.status >= 500) break;
      keep(queue().slice(1));
      if (!answer.ok) tell((await answer.json().catch(() => ({}))).error || String(answer.status));
    }
  });
  sending = false;
  saved(true);
  if (queue().length) setTimeout(send, 2000);
}

function saved(after = false) {
  const n = queue().length, late = after && n > 0;
  $("saved").className = late ? "late" : "";
  if (late) $("saved").textContent = word("unsaved").replace("{n}", n);
  else if (n) $("saved").textContent = word("saving");
  else if (after) $("saved").textContent = word("saved");
}

// For who does not see the page: what was done, and which record is next.
function announce(text) {
  $("spoken").textContent = `${text}. ${$("place").textContent}: ${$("heading").textContent}`;
}

// Another window of the same reviewer, or a sheet read back: the list follows.
async function follow() {
  if (document.hidden || !who || $("desk").hidden || queue().length) return;
  const now = await ask("list").catch(() => null);
  if (!now || queue().length) return;
  const before = new Map(records.map((each) => [each.key, each.decision]));
  if (now.length !== records.length || now.some((each) => !before.has(each.key))) {
    const key = records[at]?.key;
    records = now;
    at = Math.max(0, records.findIndex((each) => each.key === key));
    return list();
  }
  now.forEach((each, n) => {
    if (records[n].decision === each.decision) return;
    records[n].decision = each.decision;
    entry(n);
    if (n === at && shown) {
      shown.decision = each.decision;
      press();
      tell(word("elsewhere").replace("{decision}", label(each.decision) || word("open")));
    }
  });
  narrow();
  count();
}

async function team() {
  if (!$("team").open) return;
  const told = await ask("progress").catch(() => null);
  if (!told) return;
  const table = document.createElement("table");
  const rows = [...told.reviewers.map((each) => [each.reviewer, `${each.decided} / ${each.assigned}`]),
    ...told.records.map((each) => [each.state, each.n])];
  for (const cells of rows) {
    const row = table.insertRow();
    for (const text of cells) row.insertCell().textContent = text;
  }
  fill($("team").lastElementChild, [table]);
}

// --- hands -------------------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (!$("keys-on").checked || $("desk").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input:not([type=checkbox]), textarea, select")) {
    if (event.key === "Escape") $("record").focus({ preventScroll: true });
    return;
  }
  // By the key's place, so that a Cyrillic layout needs no switching.
  const code = event.code.replace(/^(Key|Digit|Numpad)/, "");
  const decision = Object.keys(KEYS).find((each) => KEYS[each] === code);
  const does = {
    U: undo, O: onwards, J: () => show(at + 1), K: () => show(at - 1),
    ArrowRight: () => show(at + 1), ArrowLeft: () => show(at - 1),
  }[code];
  if (decision && choices.decisions.some((each) => each.code === decision)) decide(decision);
  else if (does) does();
  else if (/^[1-9]$/.test(code) && choices.criteria[code - 1]) $("criterion").value = choices.criteria[code - 1].code;
  else return;
  event.preventDefault();
});

$("previous").onclick = () => show(at - 1, true);
$("next").onclick = () => show(at + 1, true);
$("next-open").onclick = onwards;
$("undo").onclick = undo;
$("labels").onchange = $("note").onchange = remark;
$("show").onchange = narrow;
$("team").ontoggle = team;
$("language").onchange = async () => {
  language = $("language").value;
  localStorage.setItem("screening-language", language);
  await speak();
  if (!$("desk").hidden) { records.forEach((_each, n) => entry(n)); count(); team(); show(at); }
};
$("keys-on").checked = localStorage.getItem("screening-keys") !== "off";
$("keys-on").onchange = () => localStorage.setItem("screening-keys", $("keys-on").checked ? "on" : "off");
$("who").onsubmit = (event) => {
  event.preventDefault();
  who = $("name").value.trim().replace(/\s+/g, " ");
  role = new FormData($("who")).get("role");
  sessionStorage.setItem("screening-who", JSON.stringify([who, role]));
  if (who) begin();
};
addEventListener("beforeunload", (event) => { if (queue().length) event.preventDefault(); });

(async () => {
  if (!start.words[language]) language = start.language;
  fill($("language"), Object.entries(start.languages).map(([code, name]) => option(code, name)));
  $("language").value = language;
  await speak();
  [who, role] = JSON.parse(sessionStorage.getItem("screening-who") || '["", "independent"]');
  send();
  if (who) await begin();
  else $("name").focus();
  setInterval(follow, 3000);
  setInterval(team, 5000);
})();
