// The page for screening. What a reviewer says is kept in the browser until the server has it.
"use strict";

const start = JSON.parse(document.getElementById("start").textContent);
const $ = (id) => document.getElementById(id);
const KEYS = { include: "I", exclude: "E", unsure: "M", not_retrieved: "N" };
// Kept in the browser by stage: a folder's server has the same address at each.
const QUEUE = `screening-unsaved-${start.stage}`, DRAFTS = `screening-drafts-${start.stage}`;
const UNDO = `screening-undo-${start.stage}`, WHO = "screening-who";

let language = localStorage.getItem("screening-language") || start.language;
let choices, who, role = "independent", records = [], at = -1, items = [];
let shown = null;     // the record on the screen, with what is saved of it
let loading = false;  // another one is on its way; until it is there, no key decides
let missed = false;   // a key was pressed meanwhile
let down = false;     // what is told is that nobody answers
let asked = 0, given = 0, passing = null, late = false, anew = false, any = false, retry, pause;

const read = (store, name, otherwise) => JSON.parse(store.getItem(name) || "null") ?? otherwise;
const write = (store, name, value) => store.setItem(name, JSON.stringify(value));

const word = (key) => start.words[language][key];
const label = (code) => choices.decisions.find((each) => each.code === code)?.label ?? "";

async function ask(path, more = {}) {
  const query = new URLSearchParams({ lang: language, reviewer: who ?? "", role, ...more });
  const answer = await fetch(`/api/${path}?${query}`);
  if (answer.status === 403) throw new Error(word("anew"));
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  if (down) tell("");
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
  const chosen = $("criterion").value;
  fill($("criterion"), [option("", word("no_criterion")),
    ...choices.criteria.map((each, n) => option(each.code, numbered(each, n)))]);
  $("criterion").value = chosen;
  fill($("criteria").lastElementChild, choices.criteria.map((each, n) => {
    const line = document.createElement("p");
    line.textContent = whole(each, n);
    return line;
  }));
  fill($("why-criteria"), choices.criteria.map((each, n) => button(whole(each, n), () => because(each.code))));
  $("why-none").hidden = choices.needed;
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
  const keys = choices.decisions.map((each) => `${KEYS[each.code]} ${each.label}`);
  $("keys-help").textContent = [...keys, word("keys_more")].join(" · ");
  saved();
}

const numbered = (each, n) => n < 9 ? `${n + 1}. ${each.label}` : each.label;

function whole(each, n) {
  const more = each.definition && each.definition !== each.label ? `: ${each.definition}` : "";
  return numbered(each, n) + more;
}

function button(text, does) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.onclick = does;
  return made;
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
  await send();
  records = await ask("list");
  for (const each of queue()) mirror(each);
  at = -1;
  shown = null;
  $("enter").hidden = true;
  $("desk").hidden = $("me").hidden = false;
  $("me-name").textContent = who;
  list();
  team();
  if (!records.length) return tell(word("nothing"));
  const open = records.findIndex((each) => !each.decision);
  if (await show(open < 0 ? 0 : open) && open < 0) finished();
}

const finished = () => tell(`${word("finished")} ${choices.after[role]}`, true);

function list() {
  items = records.map((each, n) => {
    const item = document.createElement("li");
    item.append(button("", () => show(n, true)));
    return item;
  });
  fill($("list"), items);
  relist();
}

function relist() {
  records.forEach((_each, n) => entry(n));
  narrow();
  count();
}

const lacking = (each) => each.decision === "exclude" && !each.criterion && choices.criteria.length > 1;

function entry(n) {
  const each = records[n], item = items[n], state = document.createElement("b");
  item.className = each.decision;
  state.textContent = [each.decision ? label(each.decision) : word("open"),
    lacking(each) && word("lacking"), drafts()[mine(each.key)] && word("draft")].filter(Boolean).join(" · ");
  item.firstChild.replaceChildren(`${n + 1}. ${each.title || word("no_title")}`, state);
  item.firstChild.setAttribute("aria-current", String(n === at));
}

function narrow() {
  const fits = { all: () => true, open: (each) => !each.decision, lacking }[$("show").value];
  records.forEach((each, n) => { items[n].hidden = !fits(each); });
  $("none").hidden = !records.length || records.some(fits);
  $("none").textContent = word($("show").value === "open" ? "finished" : "none");
}

function count() {
  const n = records.filter((each) => each.decision).length, without = records.filter(lacking).length;
  $("done").textContent = word("done").replace("{n}", n).replace("{all}", records.length);
  $("lacking").hidden = !without;
  $("lacking").textContent = word("lacking_all").replace("{n}", without);
}

async function show(n, focus = false) {
  if (n < 0 || n >= records.length) return false;
  leave();
  const before = at, number = ++asked, { key } = records[n];
  busy(key !== shown?.key);  // the same one in another language can be decided meanwhile
  at = n;
  if (items[before]) entry(before);
  entry(at);
  reveal();
  let told, waiting;
  try {
    // What was said of this record arrives before the question what is known of it.
    while ((waiting = about(key)).length && await send());
    told = await ask("record", { key });
  } catch (error) {
    if (number === asked) stay(error);
    return false;
  }
  if (number !== asked) return false;
  leave();
  const other = shown?.key !== key;
  shown = told;
  for (const each of [...waiting, ...about(key)]) overlay(each.body);
  busy(false);
  const html = (id, text) => { $(id).innerHTML = text; };  // escaped by the server, with its marks
  $("place").textContent = `${word("record")} ${at + 1} / ${records.length}`;
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
  put(drafts()[mine(key)] ?? shown);
  $("labels").value = shown.labels;
  $("note").value = shown.note;
  press();
  edited();
  tell(missed ? word("missed") : "");
  missed = false;
  $("spoken").textContent = "";
  if (focus) $("record").focus({ preventScroll: true });
  const seen = $("record").getBoundingClientRect();
  if (other && (seen.top < 0 || seen.bottom > innerHeight)) window.scrollTo(0, 0);
  return true;
}

// Only the list scrolls: the page stays where the reviewer reads. How high its entries are shows only
// when they are drawn, so it takes some frames to come there.
function reveal(frames = 4) {
  const box = $("list").closest("aside"), seen = items[at]?.getBoundingClientRect(), all = box.getBoundingClientRect();
  if (seen && (seen.top < all.top || seen.bottom > all.bottom)) box.scrollTop += seen.top - all.top - all.height / 3;
  if (frames) requestAnimationFrame(() => reveal(frames - 1));
}

function busy(now) {
  loading = now;
  $("record").setAttribute("aria-busy", String(now));
}

// A record that cannot be had leaves the one before it in its place.
function stay(error) {
  const had = records.findIndex((each) => each.key === shown?.key), was = at;
  busy(false);
  missed = false;
  at = had;
  if (items[was]) entry(was);
  if (items[had]) entry(had);
  tell(error instanceof TypeError ? word("unreachable") : error.message);
  down = error instanceof TypeError || error.message === word("anew");
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

function tell(text, good = false) {
  down = false;
  $("told").className = good ? "good" : "";
  $("told").textContent = text;
}

// --- answers -----------------------------------------------------------------------------------

function overlay(said) {
  if ("note" in said) return Object.assign(shown, { labels: said.labels, note: said.note });
  const decision = said.decision === "withdrawn" ? "" : said.decision;
  Object.assign(shown, { decision, criterion: said.criterion, reason: said.reason });
}

function mirror({ path, body }) {
  if (path !== "decide" || body.reviewer !== who || body.role !== role) return;
  const n = records.findIndex((record) => record.key === body.record);
  if (n < 0) return;
  const { criterion, reason } = body;
  Object.assign(records[n], { decision: body.decision === "withdrawn" ? "" : body.decision, criterion, reason });
  if (items[n]) entry(n);
}

function say(path, body) {
  const each = { id: crypto.randomUUID(), path, body: { reviewer: who, ...body }, lang: language };
  given += 1;
  keep([...queue(), each]);
  mirror(each);
  narrow();
  count();
  send();
}

// What stands in the boxes, as a decision would keep it: a criterion says why a record leaves.
const typed = () => ({ criterion: $("criterion").value, reason: $("reason").value.trim().replace(/\s+/g, " ") });
const answer = (decision) => ({ record: shown.key, decision, ...typed(),
  ...(decision === "exclude" ? {} : { criterion: "" }) });
const differs = (one, other) => one.criterion !== other.criterion || one.reason !== other.reason;

function put({ criterion, reason }) {
  if ($("criterion").value !== criterion) $("criterion").value = criterion;
  if (typed().reason !== reason) $("reason").value = reason;
}

function give(body) {
  if (!loading) asked += 1;  // what is on its way of this record is out of date
  if (body.decision !== shown.decision || differs(body, shown)) {
    const { key, decision, criterion, reason } = shown;
    const lost = differs(typed(), body) ? typed() : undefined;  // a criterion that the decision has no use for
    write(sessionStorage, mine(UNDO), [...read(sessionStorage, mine(UNDO), []),
      { record: key, decision: decision || "withdrawn", criterion, reason, lost }].slice(-1000));
    say("decide", { role, ...body });
    overlay(body);
  }
  put(shown);
  press();
  edited();
}

async function decide(code, without = false) {
  if (!shown || loading || $("why").open) return;
  const body = answer(code), again = shown.decision !== "";
  const asks = choices.needed || choices.criteria.length > 1;
  if (code === "exclude" && asks && !body.criterion && !without) return ask_why();
  if (body.criterion === choices.other && !body.reason) {
    tell(word("write_reason"));
    return $("reason").focus();
  }
  give(body);
  remark();
  // Who corrects goes on in order; who decides goes on to what is open.
  if (again) await show(at + 1);
  else await onwards();
  announce(label(code));
}

// Which criterion, if none was chosen before.
function ask_why() {
  $("why-reason").value = $("reason").value;
  $("why-told").textContent = "";
  $("why").showModal();
}

function because(code) {
  if (code === choices.other && !$("why-reason").value.trim()) {
    $("why-told").textContent = word("write_reason");
    return $("why-reason").focus();
  }
  put({ criterion: code, reason: $("why-reason").value });
  $("why").close();
  decide("exclude", true);
}

// A criterion or a reason that belongs to a decision is saved; else it is a draft until it can be.
function edited() {
  if (!shown) return;
  const held = drafts(), id = mine(shown.key), had = id in held;
  if (differs(typed(), shown)) held[id] = typed();
  else delete held[id];
  if (had || id in held) write(localStorage, DRAFTS, held);
  const n = records.findIndex((each) => each.key === shown.key);
  if (n >= 0 && had !== id in held) entry(n);
  const chosen = choices.criteria.findIndex((each) => each.code === $("criterion").value);
  $("chosen").textContent = chosen < 0 ? "" : whole(choices.criteria[chosen], chosen);
  saved();
}

function amend() {
  edited();
  if (!shown?.decision || !differs(typed(), shown)) return;
  const { criterion, reason } = typed(), leaves = shown.decision === "exclude";
  if (criterion && !leaves) return tell(word("stays"));
  if (leaves && choices.needed && !criterion) return tell(word("choose_criterion"));
  if (criterion === choices.other && !reason) return tell(word("write_reason"));
  tell("");
  give(answer(shown.decision));
}

function leave() {
  amend();
  remark();
}

async function onwards() {
  const after = records.findIndex((each, n) => n > at && !each.decision);
  const next = after < 0 ? records.findIndex((each) => !each.decision) : after;
  const from = at;
  if (next < 0) return finished();
  if (await show(next) && next < from) tell(word("from_start"), true);
}

async function next_open() {
  const n = at, open = records[n] && !records[n].decision;
  if (open && records.every((each, other) => other === n || each.decision)) return tell(word("only_open"));
  await onwards();
  if (open && at !== n) tell([word("skipped").replace("{n}", n + 1), $("told").textContent].join(" "), true);
}

async function undo() {
  const done = read(sessionStorage, mine(UNDO), []), popped = done.pop();
  if (!popped) return tell(word("nothing_to_undo"));
  write(sessionStorage, mine(UNDO), done);
  const { lost, ...last } = popped;
  say("decide", { role, ...last });
  if (lost) write(localStorage, DRAFTS, { ...drafts(), [mine(last.record)]: lost });
  if (shown?.key === last.record) {
    overlay(last);
    put(lost ?? shown);
    press();
    edited();
  }
  const n = records.findIndex((each) => each.key === last.record);
  const said = word("undone").replace("{decision}", last.decision === "withdrawn" ? word("open") : label(last.decision));
  if (n >= 0) await show(n);
  announce(said);
}

const remarked = () => shown && ($("labels").value !== shown.labels || $("note").value !== shown.note);

function remark() {
  clearTimeout(pause);
  if (!remarked()) return;
  const said = { labels: $("labels").value, note: $("note").value };
  overlay(said);
  say("remark", { record: shown.key, ...said });
}

function remarking() {
  clearTimeout(pause);
  pause = setTimeout(remark, 800);
  saved();
}

// --- saving ------------------------------------------------------------------------------------

const queue = () => read(localStorage, QUEUE, []);
const keep = (waiting) => write(localStorage, QUEUE, waiting);
const drafts = () => read(localStorage, DRAFTS, {});
const mine = (name) => [role, who, name].join("\n");
const about = (key) => queue().filter(({ path, body }) => body.record === key && body.reviewer === who
  && (path === "remark" || body.role === role));

const post = (each) => fetch(`/api/${each.path}?lang=${each.lang}`, {
  method: "POST", body: JSON.stringify(each.body), keepalive: true,
  headers: { "Content-Type": "application/json", "X-Screening": start.token },
});

// Everything that waits, in order; true if it all arrived.
function send() {
  clearTimeout(retry);
  passing ??= pass().then((arrived) => {
    passing = null;
    const was = late;
    late = !arrived;
    saved();
    if (late !== was) $("spoken").textContent = $("saved").textContent;
    if (arrived && down) tell("");
    if (queue().length) {
      if (arrived) return send();
      retry = setTimeout(send, 2000);
    }
    return arrived;
  });
  return passing;
}

async function pass() {
  if (!queue().length) return true;
  let refused = "", arrived = true;
  // One window sends at a time, so that answers arrive in the order in which they were given.
  await navigator.locks.request(QUEUE, async () => {
    for (let first; (first = queue()[0]);) {
      saved();
      const answer = await post(first).catch(() => null);
      anew = answer?.status === 403;
      if (!answer || anew || answer.status >= 500) { arrived = false; return; }
      keep(queue().filter((each) => each.id !== first.id));
      any = answer.ok;
      if (!answer.ok) refused = (await answer.json().catch(() => ({}))).error || String(answer.status);
    }
  });
  if (refused) refuse(refused);
  return arrived;
}

// What was not taken is not shown as if it were.
function refuse(why) {
  if (loading) setTimeout(refuse, 200, why);
  else follow().then(() => tell(why));
}

// The page goes: what waits is handed over once more, and only the last of each kind.
function hand_over() {
  leave();
  const last = new Map(queue().map((each) => [[each.path, each.body.reviewer, each.body.role, each.body.record].join("\n"), each]));
  keep([...last.values()]);
  for (const each of last.values()) post(each).catch(() => {});
}

function saved() {
  const n = queue().length, held = drafts(), open = records.filter((each) => mine(each.key) in held);
  $("saved").className = (late && n) || open.some((each) => each.decision) ? "late" : "";
  if (late && n) $("saved").textContent = (anew ? `${word("anew")} ${word("kept")}` : word("unsaved")).replace("{n}", n);
  else if (n || remarked()) $("saved").textContent = word("saving");
  else if (open.length) $("saved").textContent = word("drafts").replace("{n}", open.length);
  else $("saved").textContent = any ? word("saved") : "";
}

// For who does not see the page: what was done, and which record is next.
function announce(text) {
  $("spoken").textContent = `${text}. ${$("place").textContent}: ${$("heading").textContent}`;
}

// Another window of the same reviewer, or a sheet read back: the list follows.
async function follow() {
  if (document.hidden || !who || $("desk").hidden || loading || queue().length) return;
  const before = given, whose = mine("");
  const now = await ask("list").catch(() => null);
  // An answer that was on its way while something was decided here is out of date.
  if (!now || loading || before !== given || whose !== mine("")) return;
  if (now.length !== records.length || now.some((each, n) => each.key !== records[n].key)) {
    const key = records[at]?.key;
    records = now;
    at = Math.max(0, records.findIndex((each) => each.key === key));
    return list();
  }
  now.forEach((each, n) => {
    const { key, decision, criterion, reason } = each;
    if (records[n].decision === decision && !differs(records[n], each)) return;
    Object.assign(records[n], { decision, criterion, reason });
    entry(n);
    if (key !== shown?.key) return;
    const untouched = !differs(typed(), shown);
    Object.assign(shown, { decision, criterion, reason });
    if (untouched) put(shown);
    press();
    edited();
    tell(word("elsewhere").replace("{decision}", label(decision) || word("open")));
  });
  narrow();
  count();
}

async function team() {
  if (!$("team").open || !who) return;
  const whose = [language, mine("")].join();
  const told = await ask("progress").catch(() => null);
  if (!told || whose !== [language, mine("")].join()) return;
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
  if (event.repeat && event.key === "Enter" && event.target.closest?.("button")) event.preventDefault();
  if (!$("keys-on").checked || $("desk").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  const writing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  // By the key's place, so that a Cyrillic layout needs no switching.
  const code = event.code.replace(/^(Key|Digit|Numpad)/, "");
  const criterion = /^[1-9]$/.test(code) && choices.criteria[code - 1]?.code;
  if ($("why").open) {
    const none = code === "0" && !choices.needed;
    if ((criterion || none) && !writing && !event.repeat) { because(none ? "" : criterion); event.preventDefault(); }
    return;
  }
  if (writing) {
    if (event.key === "Escape") $("record").focus({ preventScroll: true });
    if (event.key === "Enter" && event.target.id === "reason" && $("criterion").value === choices.other) {
      event.preventDefault();
      $("record").focus({ preventScroll: true });
      decide("exclude");
    }
    return;
  }
  const decision = Object.keys(KEYS).find((each) => KEYS[each] === code);
  const does = {
    U: undo, O: next_open, J: () => show(at + 1), K: () => show(at - 1),
    ArrowRight: () => show(at + 1), ArrowLeft: () => show(at - 1),
  }[code];
  const decides = choices.decisions.some((each) => each.code === decision);
  if (!decides && !does && !criterion) return;
  event.preventDefault();
  // A key that is held turns pages, and not faster than they come; it decides nothing.
  const turns = /^(J|K|Arrow.*)$/.test(code);
  if (event.repeat && (loading || !turns)) return;
  // What is meant for a record that is not shown yet is done to no other one.
  if (loading && !turns) { missed = true; return; }
  if (decides) decide(decision);
  else if (does) does();
  else if (shown) { put({ ...typed(), criterion }); amend(); }
});

// A button that was clicked keeps no focus: the next Space or Enter would press it again.
$("answer").addEventListener("click", (event) => {
  if (event.detail && event.target.closest("button")) $("record").focus({ preventScroll: true });
}, true);
$("previous").onclick = () => show(at - 1, true);
$("next").onclick = () => show(at + 1, true);
$("next-open").onclick = next_open;
$("undo").onclick = undo;
$("reason").oninput = edited;
$("criterion").onchange = $("reason").onchange = amend;
$("labels").oninput = $("note").oninput = remarking;
$("labels").onchange = $("note").onchange = remark;
$("why-none").onclick = () => because("");
$("why-cancel").onclick = () => $("why").close();
$("why").querySelector("form").onsubmit = (event) => { event.preventDefault(); because(choices.other); };
$("show").onchange = narrow;
$("team").ontoggle = () => {
  if ($("team").open) fill($("team").lastElementChild, []);  // what stood there is out of date
  team();
};
$("language").onchange = async () => {
  leave();
  language = $("language").value;
  localStorage.setItem("screening-language", language);
  await speak();
  if (!$("desk").hidden) { relist(); team(); show(at); }
};
$("keys-on").checked = localStorage.getItem("screening-keys") !== "off";
$("keys-on").onchange = () => localStorage.setItem("screening-keys", $("keys-on").checked ? "on" : "off");
$("who").onsubmit = (event) => {
  event.preventDefault();
  who = $("name").value.trim().replace(/\s+/g, " ");
  role = new FormData($("who")).get("role");
  // A second window begins as the last one that began; each keeps its own after that.
  for (const store of [sessionStorage, localStorage]) write(store, WHO, [who, role]);
  if (who) begin();
};
$("me").onclick = () => {
  leave();
  shown = null;
  asked += 1;
  $("desk").hidden = $("me").hidden = true;
  $("enter").hidden = false;
  $("name").value = who;
  $("name").select();
};
document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
addEventListener("pagehide", hand_over);
addEventListener("beforeunload", (event) => { if (late && queue().length) event.preventDefault(); });

(async () => {
  if (!start.words[language]) language = start.language;
  fill($("language"), Object.entries(start.languages).map(([code, name]) => option(code, name)));
  $("language").value = language;
  await speak();
  [who, role] = read(sessionStorage, WHO, null) ?? read(localStorage, WHO, ["", "independent"]);
  if (who) await begin();
  else { send(); $("name").focus(); }
  setInterval(follow, 3000);
  setInterval(team, 5000);
})();
