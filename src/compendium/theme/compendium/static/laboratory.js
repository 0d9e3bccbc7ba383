/* The laboratory: Python in a worker, started by the reader, asked as the reader types. What comes
   back is shown as text only. `tests/laboratory` compares it with the command line. */
(() => {
const make = (name, parent, text = "", attributes = {}) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  parent?.append(element);
  return element;
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
// A message of Python: what is between grave accents is a piece of a query
const say = (parent, message) => {
  message.split(/`([^`]*)`/).forEach((piece, at) => {
    if (at % 2) make("code", parent, piece);
    else parent.append(piece);
  });
  return parent;
};
const broken = (words, { message }) =>
  ["deep", "stopped", "halted"].includes(message) ? words[message] : fill(words.broke, { why: message });
const button = (parent, text, act, attributes = {}) => {
  const made = make("button", parent, text, { type: "button", ...attributes });
  made.addEventListener("click", act);
  return made;
};
const copier = (parent, words, text, label = words.copy) => {
  const made = button(parent, label, async () => {
    await navigator.clipboard?.writeText(text());
    made.textContent = words.copied;
    setTimeout(() => { made.textContent = label; }, 1500);
  });
  return made;
};

let asked = () => ""; // the query in the box, for the desk of exports

// One worker for all desks of the page
const home = new URL("../laboratory/",
  new URL(document.documentElement.dataset.content_root ?? "./", document.baseURI));
const python = (() => {
  let worker, manifest, up, alive, last = 0;
  const waiting = new Map(), listeners = [];
  const tell = (state, more) => { for (const listener of listeners) listener(state, more); };
  const fail = (why) => {
    worker?.terminate();
    worker = undefined;
    tell("failed", why);
  };
  const begin = () => {
    alive = new Promise((answer) => { up = answer; });
    worker = new Worker(new URL(`worker.js?v=${manifest.version}`, home), { type: "module" });
    worker.onmessage = heard;
    worker.onerror = (event) => { event.preventDefault(); fail(event.message ?? ""); };
    worker.postMessage({ start: manifest });
  };
  const anew = (why) => {
    worker.terminate();
    for (const { refuse } of waiting.values()) refuse(new Error(why));
    waiting.clear();
    begin();
  };
  const heard = ({ data }) => {
    if (data.loaded) tell("loading", data.loaded / manifest.size);
    else if (data.isFetched) tell("preparing");
    else if (data.ready) {
      up();
      tell("ready");
    } else if (!data.id) fail(data.failed);
    else if (data.isDead) anew("deep");
    else if ("done" in data) waiting.get(data.id).progress(data.done);
    else {
      const { answer, refuse } = waiting.get(data.id);
      waiting.delete(data.id);
      const told = data.failed ? { error: data.failed } : JSON.parse(data.told);
      if ("error" in told) refuse(new Error(told.error));
      else answer(data.bytes ? { ...told.result, bytes: data.bytes } : told.result);
    }
  };
  return {
    listen: (listener) => listeners.push(listener),
    editor: () => import(new URL(`editor.js?v=${manifest.version}`, home)),
    look: async () => {
      if (location.protocol === "file:") return tell("local");
      try { manifest = await (await fetch(new URL("manifest.json", home), { cache: "no-cache" })).json(); }
      catch { /* the page lies where no laboratory is */ }
      tell(manifest?.version ? "offered" : "absent", manifest?.size);
    },
    start: () => {
      tell("loading", 0);
      begin();
    },
    stop: () => anew("stopped"),
    ask: (task, given, { files = [], needsBooks, progress = () => {} } = {}) => alive.then(() =>
      new Promise((answer, refuse) => {
        waiting.set(++last, { answer, refuse, progress });
        worker.postMessage({ id: last, told: JSON.stringify({ task, ...given }), files, needsBooks },
          files.map(({ bytes }) => bytes));
      })),
  };
})();

// The button, and what is said while Python comes
const opening = (box, words, begin) => {
  const bar = make("div", box, "", { class: "opening" });
  const about = make("p", bar), go = button(bar, words.start, python.start);
  const status = make("p", bar, "", { role: "status" });
  go.hidden = true;
  const size = (bytes) => (bytes / 1e6).toFixed(1).replace(".", words.decimal);
  python.listen((state, more) => {
    if (state === "offered") {
      about.textContent = fill(words.about, { size: size(more) });
      go.hidden = false;
    } else if (state === "loading") {
      go.disabled = true;
      status.textContent = fill(words.loading, { share: `${Math.min(99, Math.floor(100 * more))} %` });
    } else if (state === "preparing") {
      status.textContent = words.preparing;
    } else if (state === "ready") {
      status.textContent = words.ready;
      if (!go.hidden) begin(); // not once more what ended it
      go.hidden = true;
    } else {
      go.disabled = false;
      status.replaceChildren();
      say(status, fill(words[state], { why: more }));
    }
  });
};

// Python counts characters, a browser halves of some
const places = (text) => {
  const ends = [0];
  for (const sign of text) ends.push(ends.at(-1) + sign.length);
  return (n) => ends[Math.min(n, ends.length - 1)];
};

// What the box is before the editor has come, and without it
const plain = (parent, text, attributes, changed) => {
  const input = make("textarea", parent, "", attributes);
  input.value = text;
  input.addEventListener("input", changed);
  return {
    get text() { return input.value.toWellFormed(); },
    put: (whole) => { input.value = whole; changed(); },
    focus: () => input.focus(),
    give: (editor) => {
      const { selectionStart, selectionEnd } = input, isHere = document.activeElement === input;
      input.remove();
      if (isHere) editor.select(selectionStart, selectionEnd);
    },
  };
};

const queryDesk = (box, data) => {
  const { words, lang } = data;
  const field = make("div", box, "", { class: "desk" });
  const id = "laboratory-query-text"; // the section has the shorter name
  const label = make("label", field, words.query, { for: id, id: `${id}-name` });
  const frame = make("div", field, "", { class: "editor" });
  const help = make("p", field, words.keys, { id: `${id}-keys`, hidden: "" });
  const tools = make("p", field, "", { class: "tools" });
  if (data.examples.length) make("span", tools, words.examples);
  for (const example of data.examples)
    button(tools, example.name, () => change(example.text));
  const undo = button(tools, words.undo, () => editor.undo(), { disabled: "" });
  copier(tools, words, () => { keep(); return location.href; }, words.link);
  const busy = make("p", box, "", { role: "status", class: "busy" });
  const out = make("div", box, "", { class: "answers" });
  let isReady = false, isBusy = false, isDue = false, timer, editor, loading;

  const changed = () => {
    undo.disabled = !editor.canUndo;
    out.ariaBusy = "true"; // it answers what the box held before
    isDue = true;
    clearTimeout(timer);
    timer = setTimeout(() => { keep(); answer(); }, 300);
  };
  const change = (text) => {
    if (text !== editor.text) editor.put(text);
    editor.focus();
  };
  const load = () => loading ??= (async () => {
    const { open } = await python.editor(), before = editor;
    editor = open(frame, {
      text: before.text, signs: new RegExp(data.signs, "giu"), phrases: data.phrases, changed,
      attributes: { id, "aria-labelledby": label.id, "aria-describedby": help.id, lang: "en",
        class: "highlight highlight-scopus" },
    });
    before.give(editor);
  })().finally(() => { if (!editor.undo) loading = undefined; });
  const near = new IntersectionObserver(([{ isIntersecting }]) => {
    if (isIntersecting) load().catch(() => {}); // it is asked for once more by the start
  }, { rootMargin: "-10%" });

  // In the address; no server sees it
  const keep = () => {
    const { text } = editor;
    history.replaceState(history.state, "", text.trim() ? `#q=${encodeURIComponent(text)}` : "#");
    for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  };
  const given = () => {
    const said = location.hash.slice(1);
    let text;
    try {
      if (said.startsWith("q=")) text = decodeURIComponent(said.slice(2));
      else if (said.startsWith("example="))
        text = data.examples.find(({ code }) => code === said.slice(8))?.text;
    } catch { /* a link that was cut off */ }
    return text;
  };

  // What is said of a finding, below the box and over the place that it marks
  const tell = (parent, told, at, place) => {
    const finding = told.findings[at];
    const head = make("p", parent);
    const code = data.rules
      ? make("a", head, finding.code, { href: `${data.rules}#rule-${finding.code.toLowerCase()}` })
      : make("b", head, finding.code);
    code.title = finding.title;
    head.append(` ${words[finding.severity]}, `);
    button(head, fill(words.place, finding), () => editor.select(place(finding.start),
      place(Math.max(finding.end, finding.start + 1))), { class: "place" });
    if (finding.count > 1) head.append(` ${fill(words.times, { n: finding.count - 1 })}`);
    say(head, `: ${finding.message} ${finding.remedy}`);
    const ways = make("p", parent, "", { class: "tools" });
    finding.fixes.forEach((fix, way) => say(button(ways, "", () => editor.edit(fix.map((edit) =>
      ({ from: place(edit.start), to: place(edit.end), insert: edit.text })))),
      fill(words.mend, { how: told.mends[at][way] })));
    if (!finding.fixes.length) ways.remove();
    return parent;
  };
  const KINDS = { error: "error", warning: "warning", note: "info" };
  const mark = (told, place) => editor.mark(told.findings.flatMap(({ severity, spans, message }, at) =>
    spans.map(([start, end]) => ({
      from: place(start), to: place(Math.max(end, start + 1)), severity: KINDS[severity], message,
      renderMessage: () => tell(make("div"), told, at, place),
    }))), told.findings.length
    ? `${words.findings}: ${told.findings.length}. ${told.findings[0].message.replaceAll("`", "")}`
    : words.none);

  const part = (title, isOpen = true) => {
    const details = make("details", out, "", isOpen ? { open: "" } : {});
    const key = title;
    details.open = folded.has(key) ? folded.get(key) : isOpen;
    details.addEventListener("toggle", () => folded.set(key, details.open));
    make("summary", details, title);
    return details;
  };
  const folded = new Map();

  const showFindings = (told, place) => {
    const room = part(`${words.findings}: ${told.findings.length}`);
    if (!told.findings.length) make("p", room, words.none);
    const list = make("ol", room, "", { class: "findings" });
    told.findings.forEach(({ severity }, at) =>
      tell(make("li", list, "", { class: severity }), told, at, place));
  };
  const showReadings = (told) => {
    if (!told.readings?.length) return;
    const list = make("ol", part(words.readings), "", { class: "readings" });
    told.readings.forEach((reading, at) => {
      const item = make("li", list);
      make("pre", item, reading.text, { tabindex: "0" });
      say(button(make("p", item, "", { class: "tools" }), "", () => change(reading.text)),
        fill(words.reading, { how: told.edits[at] }));
    });
  };
  const showReadable = (told) => {
    const formatted = part(words.formatted);
    make("pre", formatted, told.text, { tabindex: "0" });
    const tools = make("p", formatted, "", { class: "tools" });
    button(tools, words.take, () => change(told.text));
    copier(tools, words, () => told.text);
    say(make("p", part(words.explanation), "", { class: "told" }), told.explanation);
    make("pre", part(words.tree, false), told.drawing, { tabindex: "0" });
  };
  const showItems = (found) => {
    const keys = Object.keys(data.works);
    if (!data.facts || !keys.length) return;
    const room = part(words.items);
    if (!Object.keys(found).length) return make("p", room, words.unread);
    for (const { name, works } of data.examples) {
      const said = works.map((work) => found[work].text);
      make("p", room, fill(words.recall, { query: name, all: said.length,
        found: said.filter((one) => one === true).length,
        missed: said.filter((one) => one === false).length,
        unknown: said.filter((one) => one === null).length }));
    }
    const scroll = make("div", room, "", { class: "table-scroll", tabindex: "0", role: "group",
      "aria-label": words.items });
    const table = make("table", scroll, "", { class: "data" });
    const head = make("tr", make("thead", table));
    for (const name of [words.work, words.selected, words.words, words.filters])
      make("th", head, name, { scope: "col" });
    const body = make("tbody", table);
    const cell = (row, said, yes, no) => {
      const [kind, sign, name] = said === null ? ["unknown", "?", words.unknown]
        : said ? ["yes", "✓", yes] : ["no", "✗", no];
      const mark = make("span", make("td", row), "", { class: `mark ${kind}` });
      make("span", mark, sign, { class: "sign", "aria-hidden": "true" });
      make("span", mark, name);
    };
    for (const key of keys) {
      const row = make("tr", body);
      make("th", row, data.works[key], { scope: "row" });
      make("td", row, data.examples.filter(({ works }) => works.includes(key))
        .map(({ name }) => name).join(", "));
      cell(row, found[key].text, words.yes, words.no);
      cell(row, found[key].filters, words.kept, words.left);
    }
    make("p", room, words.items_note);
  };
  const showTranslations = (list) => {
    if (!list.length) return;
    const room = part(words.translations, false);
    for (const { label, text, losses } of list) {
      const one = make("details", room);
      const n = losses.length ? ` (${fill(words.losses, { n: losses.length })})` : "";
      make("summary", one, label + n);
      if (text) {
        make("pre", one, text, { tabindex: "0" });
        copier(make("p", one, "", { class: "tools" }), words, () => text);
      } else make("p", one, words.nothing);
      const lost = make("ul", one);
      for (const { text, reason } of losses) {
        const item = make("li", lost);
        make("code", item, text);
        item.append(` ${reason}`);
      }
      if (!losses.length) lost.remove();
    }
  };

  const answer = async () => {
    if (!isReady || isBusy) return;
    isBusy = true;
    isDue = false;
    const late = setTimeout(() => { busy.textContent = words.working; }, 400);
    try {
      await load();
      await show(editor.text);
      busy.textContent = "";
    } catch (error) {
      busy.textContent = broken(words, error);
    }
    clearTimeout(late);
    isBusy = false;
    if (isDue) answer();
    else out.ariaBusy = "false";
  };
  const show = async (query) => {
    const isLast = () => query === editor.text; // the reader may have typed on
    if (!query.trim()) {
      out.replaceChildren();
      editor.mark([], "");
      return;
    }
    const told = await python.ask("query", { lang, query });
    if (!isLast()) return;
    const place = places(query);
    out.replaceChildren();
    mark(told, place);
    showFindings(told, place);
    if (told.parses) showReadable(told);
    else showReadings(told);
    if (data.facts) {
      const works = Object.keys(data.works);
      const found = await python.ask("items", { lang, query, facts: data.facts, works });
      if (isLast()) showItems(found);
    }
    if (isLast() && told.parses) {
      const others = await python.ask("translations", { lang, query });
      if (isLast()) showTranslations(others);
    }
  };

  editor = plain(frame, given() ?? data.examples[0]?.text ?? "", { id, rows: 8, spellcheck: "false", autocapitalize: "off",
    autocomplete: "off", lang: "en", "aria-describedby": help.id }, changed);
  asked = () => editor.text;
  label.addEventListener("click", () => editor.focus());
  addEventListener("hashchange", () => {
    const text = given();
    if (text !== undefined && text !== editor.text) editor.put(text);
  });
  python.listen((state) => { if (state === "offered") near.observe(frame); });
  return () => { isReady = true; answer(); };
};

const exportDesk = (box, data) => {
  const { words, lang } = data;
  const field = make("div", box, "", { class: "desk drop" });
  const id = "laboratory-file";
  make("label", field, words.file, { for: id });
  const input = make("input", field, "", { id, type: "file", multiple: "", disabled: "" });
  const busy = make("p", box, "", { role: "status", class: "busy" });
  const stop = button(make("p", box, "", { class: "tools" }), words.stop, () => halt());
  const out = make("div", box, "", { class: "answers" });
  let isBusy = false;
  stop.hidden = true;

  // What Python does in one step ends only with Python; what is done step by step ends between two
  const kill = () => {
    out.replaceChildren();
    python.stop();
  };
  let halt = kill;
  const progress = (n) => { busy.textContent = fill(words.progress, { n }); };
  const ask = (task, given, more = {}) =>
    python.ask(task, { lang, ...given }, { ...more, progress });
  const work = (...asked) => during(() => ask(...asked));
  const during = async (act) => {
    isBusy = input.disabled = true;
    out.ariaBusy = "true"; // and its buttons look so: they wait
    stop.hidden = false;
    busy.textContent = words.working;
    try {
      const told = await act();
      busy.textContent = "";
      return told;
    } catch (error) {
      busy.textContent = broken(words, error);
      return null;
    } finally {
      isBusy = input.disabled = false;
      out.ariaBusy = "false";
      stop.hidden = true;
      halt = kill;
    }
  };
  const hits = (query) => during(async () => {
    let told, at = 0, records = [];
    halt = () => { halt = () => {}; at = null; };
    while (at !== null) {
      told = await ask("hits", { query, at });
      if (!("found" in told)) return told;
      if (at === null) throw new Error("halted");
      records = [...records, ...told.records];
      progress(told.all);
      at = told.next;
    }
    return { ...told, records };
  });
  const part = (title, isOpen) => {
    const details = make("details", out, "", isOpen ? { open: "" } : {});
    make("summary", details, title);
    return details;
  };
  const list = (parent, entries, total, kind = "ul") => {
    const made = make(kind, parent);
    for (const entry of entries) make("li", made, entry);
    if (total > entries.length) make("p", parent, fill(words.more, { n: total - entries.length }));
    return made;
  };
  const named = ({ title, authors, year, source }) =>
    [authors, year, title, source].filter(Boolean).join(". ");
  const save = (name, content, type = "text/plain;charset=utf-8") => {
    const link = make("a", null, "", { download: name,
      href: URL.createObjectURL(new Blob([content], { type })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const saveRecords = async (which, format) => {
    const told = !isBusy && await work("take", { which, format });
    if (told) save(told.name, told.text);
  };
  const takeAway = (parent, which) => {
    const tools = make("p", parent, "", { class: "tools" });
    for (const [format, name] of Object.entries(data.formats))
      button(tools, fill(words.take, { format: name }), () => saveRecords(which, format));
  };

  const showRead = (told) => {
    out.replaceChildren();
    for (const why of told.failed) make("p", out, why, { class: "failed" });
    for (const file of told.files) {
      make("p", out, fill(words.account,
        { ...file, entries: file.in, found: file.out, refused: file.refused.length }));
      if (file.refused.length) list(part(words.refused, true), file.refused.slice(0, 200)
        .map(({ line, reason }) => fill(words.line, { line, reason })), file.refused.length);
      if (file.notes.length) list(part(`${words.notes}: ${file.notes.length}`), file.notes
        .slice(0, 200).map(({ line, note }) => line ? fill(words.line, { line, reason: note }) : note),
        file.notes.length);
    }
    const total = told.files.reduce((sum, file) => sum + file.out, 0);
    if (!total) return;
    const records = part(`${words.records}: ${total}`);
    list(records, told.records.map(named), total, "ol");
    takeAway(records, "all");
    const steps = make("p", out, "", { class: "tools" });
    button(steps, words.find, async (event) => {
      const found = !isBusy && await work("duplicates", {});
      if (!found) return;
      event.target.remove();
      showDuplicates(found);
    });
    button(steps, words.run, async () => {
      const found = !isBusy && await hits(asked());
      if (found) showHits(found);
    });
    button(steps, words.flow, async () => {
      const told = !isBusy && await work("flow", data.review);
      if (told) showFlow(told);
    });
    const sheet = make("form", out, "", { class: "tools" });
    const signed = make("label", sheet, `${words.reviewer} `);
    const reviewer = make("input", signed, "", { type: "text", required: "", autocomplete: "name" });
    make("button", sheet, words.sheet);
    make("p", out, words.sheet_note, { class: "note" });
    sheet.addEventListener("submit", async (event) => {
      event.preventDefault();
      const told = !isBusy && await work("sheet", { ...data.review, reviewer: reviewer.value },
        { needsBooks: true });
      if (told) save(told.name, told.bytes,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    });
  };
  const showFlow = (told) => {
    forget("flow");
    const room = part(words.flow_title, true);
    room.className = "flow";
    const drawn = new DOMParser().parseFromString(told.svg, "image/svg+xml").documentElement;
    make("div", room, "", { class: "figure-scroll", tabindex: "0" }).append(document.importNode(drawn, true));
    button(make("p", room, "", { class: "tools" }), fill(words.take, { format: words.svg }),
      () => save(told.name, told.text, "image/svg+xml"));
  };
  // What a step shows stands on those before it
  const forget = (...names) => {
    for (const name of names) out.querySelector(`.${name}`)?.remove();
  };
  const showDuplicates = (told) => {
    forget("hits", "flow");
    const room = part(fill(words.publications,
      { all: told.in, unique: told.out, removed: told.removed }), true);
    for (const group of told.merged) list(room, group.map(named), group.length);
    if (told.open.length) {
      make("p", room, fill(words.open, { n: told.uncertain }));
      for (const pair of told.open) list(room, pair, 2);
    }
    takeAway(room, "merged");
  };
  const showHits = (told) => {
    forget("hits", "flow");
    if (!("found" in told)) return void make("p", out, words.unread, { class: "hits" });
    const room = part(fill(words.hits, told), true);
    room.className = "hits";
    const ways = make("ol", room);
    for (const record of told.records) {
      const item = make("li", ways, named(record));
      for (const { term, fields, words: found } of record.terms) {
        const said = make("p", item, "", { class: "term" });
        make("code", said, term);
        said.append(` — ${fields.join(", ")}: `);
        for (const word of found) { make("mark", said, word); said.append(" "); }
      }
    }
    if (told.found > told.records.length)
      make("p", room, fill(words.more, { n: told.found - told.records.length }));
    if (told.found) takeAway(room, "found");
  };

  const read = async (chosen) => {
    if (!chosen.length || isBusy || !isReady) return;
    out.replaceChildren();
    const told = await during(async () => {
      const files = [];
      let isStopped = false; // what Python was not asked yet cannot end with it
      halt = () => { isStopped = true; };
      for (const file of chosen) {
        const own = file.name.replace(/[\/\0]/g, "_").replace(/^\.+/, "") || "export";
        const isTaken = files.some(({ name }) => name === own);
        files.push({ name: isTaken ? `${files.length + 1}-${own}` : own, bytes: await file.arrayBuffer() });
      }
      if (isStopped) throw new Error("halted");
      halt = kill;
      return ask("export", { files: files.map(({ name }) => name) }, { files });
    });
    if (told) showRead(told);
  };
  let isReady = false;
  input.addEventListener("click", () => { input.value = ""; }); // the same file may be chosen again
  input.addEventListener("change", () => { read(input.files); });
  // Beside the field, too: a browser would leave the page for the file
  for (const type of ["dragover", "drop"]) document.addEventListener(type, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    if (type === "drop") read(event.dataTransfer.files);
  });
  return () => { isReady = true; input.disabled = false; };
};

const desks = { query: queryDesk, export: exportDesk };
for (const box of document.querySelectorAll(".laboratory")) {
  const data = JSON.parse(box.querySelector('script[type="application/json"]').textContent);
  box.querySelector(".without").remove();
  const room = make("div", null, "", { class: "screen-only" });
  const begin = desks[box.dataset.kind](room, data);
  opening(box, data.words, begin);
  box.append(room);
  Object.assign(box, { ask: python.ask });
}
python.look();
})();
