/* Your own assessment: levels, weights and criteria to change, with the ranks that follow and what
   the book has beside them. `ranks.js` does the arithmetic, without Python. */
(() => {
const { make, fill, draw, worths, drawMixtures, addUp, tally, beats, meanRanks, sorted, formats,
  liveTable, speaker, keep, anchorOf, near } = ranks;
const UNKNOWN = "x"; // of a level, in an address

const start = (box) => {
  const data = JSON.parse(box.querySelector('script[type="application/json"]').textContent);
  const { words, draws, most, top, models, criteria } = data;
  const { percent, precise, decimal } = formats(words);
  const anchor = anchorOf(box);
  const numbers = draw(data), drawn = drawMixtures(data, criteria.length);
  const shownLevel = (level) => level ?? "?";

  // What the reader may change: levels, weights (null: drawn at random), which criteria count
  const book = () => ({ levels: data.levels.map((row) => [...row]), weights: null,
    counts: criteria.map(() => true) });
  let state = book();

  // Ranks of any state, on the same draws
  let worth, drawnFor = "";
  const rank = ({ levels, weights, counts }) => {
    const key = JSON.stringify(levels);
    if (key !== drawnFor) worth = worths(data, numbers, levels);
    drawnFor = key;
    const all = weights ?? drawn; // a criterion that is left out weighs nothing
    const sums = addUp(worth, counts.every(Boolean) ? all
      : all.map((weight, at) => counts[at % criteria.length] ? weight : 0), draws);
    return { shares: tally(sums), pairs: sums.map((one) => sums.map((other) => beats(one, other))) };
  };
  const asCoded = rank(state);
  const first = ({ shares }) => sorted(shares.map(([share]) => -share))[0];

  const live = liveTable(box), body = live.querySelector("tbody");
  const rankNames = [...live.querySelectorAll("thead th")].slice(2).map((cell) => cell.textContent);
  const form = make("form", null, "", { class: "weights screen-only", autocomplete: "off" });
  form.addEventListener("submit", (event) => event.preventDefault());
  box.prepend(form);
  const summary = make("p", form, "", { role: "status" });
  const say = speaker(summary);
  const bars = make("ol", form, "", { class: "bars" });
  new ResizeObserver(() => form.style.setProperty("--bars", `${bars.offsetHeight}px`)).observe(bars);

  const ways = make("fieldset", form, "", { class: "ways" });
  make("legend", ways, words.weights);
  const way = (name) => {
    const label = make("label", ways);
    const input = make("input", label, "", { type: "radio", name: "own-weights", value: name });
    label.append(words[name]);
    return input;
  };
  const any = way("any"), own = way("own");
  const even = () => criteria.map(() => data.default);
  any.addEventListener("change", () => change({ weights: null }));
  own.addEventListener("change", () => change({ weights: even() }));
  const tool = (parent, text, act) => {
    const made = make("button", parent, text, { type: "button" });
    made.addEventListener("click", act);
    return made;
  };
  tool(ways, words.reset, () => change({ weights: even() }));

  // Criteria by models; on a phone one criterion at a time
  const picker = make("label", form, words.criterion, { class: "picker" });
  const pick = make("select", picker);
  criteria.forEach(({ name }, at) => make("option", pick, name, { value: at }));
  const table = make("table", form, "", { class: "levels cards" });
  const head = make("tr", make("thead", table));
  for (const name of [words.criterion, ...models]) make("th", head, name, { scope: "col" });
  const rows = make("tbody", table);
  const lines = criteria.map(({ name, about }, at) => {
    const row = make("tr", rows), heading = make("th", row, "", { scope: "row" });
    const label = make("label", heading, "", { title: about });
    const tick = make("input", label, "", { type: "checkbox" });
    label.append(name);
    tick.addEventListener("change", () =>
      change({ counts: state.counts.map((is, other) => other === at ? tick.checked : is) }));
    const slider = make("input", heading, "", { type: "range", min: 0, max: most, step: 1,
      "aria-label": fill(words.weight, { criterion: name }) });
    const share = make("small", heading, "", { "aria-hidden": "true" }); // the slider says it aloud
    slider.addEventListener("input", () => change({ weights:
      (state.weights ?? even()).map((weight, other) => other === at ? slider.valueAsNumber : weight) }));
    const levels = models.map((model, of) => {
      const cell = make("td", row, "", { "data-head": model });
      const id = `own-level-${of}-${at}`;
      const select = make("select", cell, "", { "aria-describedby": id,
        "aria-label": fill(words.level, { criterion: name, model }) });
      make("option", select, shownLevel(null), { value: "", "aria-label": words.unknown });
      for (let level = 0; level <= top; level++) make("option", select, level, { value: level });
      const was = make("small", cell, "", { id });
      select.addEventListener("change", () => {
        const levels = state.levels.map((own) => [...own]);
        levels[of][at] = select.value === "" ? null : Number(select.value);
        change({ levels });
      });
      return { cell, select, was };
    });
    return { row, tick, slider, share, levels };
  });
  const choose = () => lines.forEach(({ row }, at) =>
    row.classList.toggle("chosen", at === Number(pick.value)));
  pick.addEventListener("change", choose);
  choose();

  const tools = make("p", form, "", { class: "tools" });
  tool(tools, words.back, () => change(book()));
  const link = tool(tools, words.link, async () => {
    store(); // another desk of the page may have written the address
    await navigator.clipboard.writeText(location.href);
    link.textContent = words.copied;
    setTimeout(() => { link.textContent = words.link; }, 1500);
  });
  link.hidden = !navigator.clipboard; // not on a page without a secure address

  form.append(live);

  const showInputs = () => {
    const { levels, weights, counts } = state;
    const sum = weights?.reduce((all, weight, at) => all + (counts[at] ? weight : 0), 0);
    (weights ? own : any).checked = true;
    table.classList.toggle("drawn", !weights);
    lines.forEach(({ row, tick, slider, share, levels: cells }, at) => {
      tick.checked = counts[at];
      row.classList.toggle("out", !counts[at]);
      slider.value = weights?.[at] ?? data.default;
      const part = sum && counts[at] ? weights[at] / sum : 0;
      share.textContent = weights && counts[at] ? precise(part) : "";
      slider.setAttribute("aria-valuetext", weights
        ? fill(words.share, { weight: weights[at], most, share: precise(part) }) : words.drawn);
      cells.forEach(({ cell, select, was }, model) => {
        const level = levels[model][at], coded = data.levels[model][at];
        select.value = level ?? "";
        cell.classList.toggle("changed", level !== coded);
        was.textContent = level === coded ? "" : fill(words.book, { value: shownLevel(coded) });
      });
    });
  };

  const put = (cell, now, before) => {
    cell.textContent = now;
    if (now !== before) make("small", cell, fill(words.book, { value: before }));
  };
  const showRanks = ({ shares }) => {
    const means = meanRanks(shares), order = sorted(means), coded = meanRanks(asCoded.shares);
    bars.replaceChildren();
    order.forEach((model, place) => {
      const [name, mean, ...cells] = body.rows[place].cells;
      name.textContent = models[model];
      put(mean, decimal(means[model]), decimal(coded[model]));
      cells.forEach((cell, at) => {
        put(cell, percent(shares[model][at]), percent(asCoded.shares[model][at]));
        cell.style.setProperty("--share", shares[model][at]);
      });
      const item = make("li", bars), text = make("p", item);
      make("b", text, models[model]);
      const now = percent(shares[model][0]), before = percent(asCoded.shares[model][0]);
      text.append(` ${fill(words.first, { share: now })}`);
      if (now !== before) make("small", text, ` ${fill(words.book, { value: before })}`);
      const bar = make("div", item, "", { class: "bar", "aria-hidden": "true" });
      shares[model].forEach((share, at) => {
        const part = make("span", bar, share >= 0.08 ? percent(share) : "",
          { title: `${rankNames[at]}: ${percent(share)}` });
        part.style.flexBasis = `${100 * share}%`;
        // as strong as in the book's own bars
        const strength = at ? 46 - 39 * (at - 1) / Math.max(1, models.length - 2) : 100;
        part.style.setProperty("--strength", `${strength}%`);
      });
    });
  };

  const told = ({ shares, pairs }) => {
    const { levels, weights, counts } = state;
    const leader = first({ shares }), inBook = first(asCoded);
    const others = sorted(shares.map(([share]) => -share)).filter((model) => model !== leader);
    const tied = others.filter((model) => pairs[leader][model] < data.apart);
    let known = 0, all = 0, heavy = 0, sum = 0, changed = 0;
    criteria.forEach((_, at) => {
      const there = levels.filter((row) => row[at] !== null).length;
      changed += levels.filter((row, model) => row[at] !== data.levels[model][at]).length;
      if (!counts[at]) return;
      const weight = weights ? weights[at] : 1; // drawn weights are equal on average
      known += there;
      all += models.length;
      heavy += weight * there;
      sum += weight * models.length;
    });
    const out = counts.filter((is) => !is).length;
    const named = (model) => `${models[model]} (${percent(shares[model][0])})`;
    return [
      fill(words.leads, { first: models[leader], share: percent(shares[leader][0]),
        book_first: models[inBook], book_share: percent(asCoded.shares[inBook][0]) }),
      tied.length ? fill(words.tied, { models: tied.map(named).join(", ") })
        : fill(words.ahead, { share: percent(Math.min(...others.map((model) => pairs[leader][model]))) }),
      fill(words.known, { known, all, share: percent(heavy / sum) }),
      changed || out ? fill(words.changed, { levels: changed, criteria: out }) : "",
    ].join(" ").trim();
  };

  const show = (delay = 400) => {
    showInputs();
    const isWeighed = state.counts.some((is, at) => is && state.weights?.[at] !== 0);
    live.hidden = bars.hidden = !isWeighed;
    if (!isWeighed) return say(words.none, delay);
    const ranking = rank(state);
    showRanks(ranking);
    say(told(ranking), delay);
  };
  const change = (parts) => {
    state = { ...state, ...parts };
    show();
    store();
  };

  // #anchor&l=levels&w=weights&c=criteria, each only where the reader changed it
  const levelsText = (levels) => levels.flat().map((level) => level ?? UNKNOWN).join("");
  const store = () => {
    const { levels, weights, counts } = state, parts = [];
    if (levelsText(levels) !== levelsText(data.levels)) parts.push(`&l=${levelsText(levels)}`);
    if (weights) parts.push(`&w=${weights.join(".")}`);
    if (counts.includes(false)) parts.push(`&c=${counts.map(Number).join("")}`);
    keep(anchor, parts.join(""));
  };
  const read = () => {
    const [name, ...parts] = location.hash.slice(1).split("&");
    if (name !== anchor || !parts.length) return null;
    const given = Object.fromEntries(parts.map((part) => part.split("="))), found = book();
    const size = criteria.length;
    if ("l" in given) {
      if (!new RegExp(`^[0-${top}${UNKNOWN}]{${models.length * size}}$`).test(given.l)) return null;
      found.levels = models.map((_, model) => Array.from(given.l.slice(model * size, (model + 1) * size),
        (sign) => sign === UNKNOWN ? null : Number(sign)));
    }
    if ("w" in given) {
      found.weights = /^\d+(\.\d+)*$/.test(given.w) ? given.w.split(".").map(Number) : [];
      if (found.weights.length !== size || found.weights.some((w) => w > most)) return null;
    }
    if ("c" in given) {
      if (!new RegExp(`^[01]{${size}}$`).test(given.c)) return null;
      found.counts = Array.from(given.c, (sign) => sign === "1");
    }
    return found;
  };
  const arrive = () => {
    const found = read();
    if (!found) return;
    state = found;
    show(0);
    keep(anchor, location.hash.slice(1 + anchor.length));
    document.getElementById(anchor)?.scrollIntoView();
  };
  addEventListener("hashchange", arrive);

  Object.assign(box, { rank });
  show(0);
  arrive();
};

near(document.querySelectorAll(".own-assessment"), start);
})();
