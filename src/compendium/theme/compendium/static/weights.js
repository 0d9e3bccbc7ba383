/* Your own weights: sliders above the table of ranks. The arithmetic is that of
   compendium.applicability.weights_page, on the same draws; tests/applicability/test_own_weights.py compares. */
(() => {
const make = (name, parent, text = "", attributes = {}) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return parent.appendChild(element);
};

// The generator mulberry32, as `uniforms`
const generator = (seed) => () => {
  seed = (seed + 0x6D2B79F5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

// As `worths`: one array a model, criterion by criterion within a draw
const drawWorths = ({ draws, seed, top, levels }) => {
  const next = generator(seed), criteria = levels[0].length;
  const worth = levels.map(() => new Float64Array(draws * criteria));
  const scales = levels[0].map(() => new Float64Array(top + 1).fill(1, top));
  for (let draw = 0; draw < draws; draw++) {
    for (const scale of scales) {
      for (let level = 1; level < top; level++) scale[level] = next();
      scale.subarray(1, top).sort();
    }
    levels.forEach((row, model) => row.forEach((level, criterion) => {
      worth[model][draw * criteria + criterion] =
        scales[criterion][level ?? Math.floor(next() * (top + 1))];
    }));
  }
  return worth;
};

// As `acceptability`: models by ranks
const tally = (worth, weights, draws) => {
  const models = worth.length, criteria = weights.length;
  const counts = worth.map(() => worth.map(() => new Float64Array(models + 1)));
  const sums = new Float64Array(models);
  for (let draw = 0; draw < draws; draw++) {
    for (let model = 0; model < models; model++) {
      let sum = 0;
      for (let at = 0; at < criteria; at++) sum += weights[at] * worth[model][draw * criteria + at];
      sums[model] = sum;
    }
    for (let model = 0; model < models; model++) {
      let ahead = 0, level = 0;
      for (let other = 0; other < models; other++) {
        if (sums[other] > sums[model]) ahead++;
        else if (sums[other] === sums[model]) level++;
      }
      for (let rank = ahead; rank < ahead + level; rank++) counts[model][rank][level]++;
    }
  }
  return counts.map((ranks) => ranks.map((tied) =>
    tied.reduce((share, count, size) => size ? share + count / size : share, 0) / draws));
};

const start = (box) => {
  const data = JSON.parse(box.querySelector('script[type="application/json"]').textContent);
  const { words, draws, most } = data;
  // Formats come with the page: browsers know few of Kazakh's. Halves go to the even, as in Python
  const round = (number) => {
    const exact = Number(number.toPrecision(12)), low = Math.floor(exact), over = exact - low;
    return over > 0.5 || (over === 0.5 && low % 2) ? low + 1 : low;
  };
  const percent = (share) => words.percent.replace("{n}", round(100 * share));
  const decimal = (number) => (round(10 * number) / 10).toFixed(1).replace(".", words.decimal);
  const anchor = box.closest("section")?.querySelector("h1, h2, h3, h4")?.id ?? "";
  const weights = data.criteria.map(() => data.default);
  let worth;
  const rank = (given) => tally(worth ??= drawWorths(data), given, draws);

  // The table as it came is for print; a copy of it changes
  const printed = box.querySelector(".table-scroll");
  const live = printed.cloneNode(true);
  printed.classList.add("print-only");
  live.classList.add("screen-only");
  printed.after(live);
  const body = live.querySelector("tbody");

  const form = make("form", box, "", { class: "weights screen-only" });
  box.prepend(form);
  const fields = make("fieldset", form);
  make("legend", fields, words.weights);
  const sliders = data.criteria.map(({ name, about }, at) => {
    const row = make("div", fields);
    const id = `own-weight-${at}`;
    make("label", row, name, { for: id, title: about });
    const shown = make("span", row, "", { "aria-hidden": "true" }); // the slider says it aloud
    const slider = make("input", row, "",
      { type: "range", id, min: 0, max: most, step: 1, autocomplete: "off" });
    slider.addEventListener("input", () => {
      weights[at] = slider.valueAsNumber;
      show();
      keep();
    });
    return { slider, shown };
  });
  const reset = make("button", form, words.reset, { type: "button" });
  reset.addEventListener("click", () => {
    set(weights.map(() => data.default));
    keep();
  });
  const summary = make("p", form, "", { role: "status" });

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  let speaking;
  const say = (text, delay) => { // once the slider rests: not at every step of it
    clearTimeout(speaking);
    if (delay) speaking = setTimeout(() => { summary.textContent = text; }, delay);
    else summary.textContent = text;
  };

  const show = (delay = 400) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    sliders.forEach(({ slider, shown }, at) => {
      const share = percent(total ? weights[at] / total : 0);
      slider.value = weights[at];
      slider.setAttribute("aria-valuetext", fill(words.share, { weight: weights[at], most, share }));
      shown.textContent = share;
    });
    live.hidden = !total;
    if (!total) return say(words.nothing, delay);
    const shares = rank(weights);
    const means = shares.map((row) => row.reduce((sum, share, at) => sum + share * (at + 1), 0));
    const order = means.map((_, model) => model).sort((a, b) => means[a] - means[b] || a - b);
    [...body.rows].forEach((row, place) => {
      const model = order[place], [name, mean, ...cells] = row.cells;
      name.textContent = data.models[model];
      mean.textContent = decimal(means[model]);
      cells.forEach((cell, at) => {
        cell.textContent = percent(shares[model][at]);
        cell.style.setProperty("--share", shares[model][at]);
      });
    });
    const firsts = means.map((_, model) => model).sort((a, b) => shares[b][0] - shares[a][0] || a - b);
    say(fill(words.summary, {
      first: data.models[firsts[0]], first_share: percent(shares[firsts[0]][0]),
      second: data.models[firsts[1]], second_share: percent(shares[firsts[1]][0]),
    }), delay);
  };

  const set = (given) => {
    given.forEach((weight, at) => { weights[at] = weight; });
    show();
  };

  // In the address, behind the section's own anchor: #anchor&w=50.20.…; no server sees it
  const read = () => {
    const found = /&w=([\d.]+)$/.exec(location.hash);
    const given = found ? found[1].split(".").map(Number) : [];
    return given.length === weights.length && given.every((w) => w <= most) ? given : null;
  };
  const follow = () => {
    for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  };
  const keep = () => {
    const own = weights.some((weight) => weight !== data.default);
    history.replaceState(history.state, "", `#${anchor}${own ? "&w=" + weights.join(".") : ""}`);
    follow();
  };
  const arrive = () => {
    const given = read();
    if (!given) return;
    set(given);
    document.getElementById(location.hash.slice(1).split("&")[0])?.scrollIntoView();
  };
  addEventListener("hashchange", arrive);

  Object.assign(box, { acceptability: rank, percent });
  show(0);
  arrive();
};

for (const box of document.querySelectorAll(".own-weights")) start(box);
})();
