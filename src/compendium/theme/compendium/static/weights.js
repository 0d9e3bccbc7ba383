/* Your own weights: sliders above the table of ranks. `ranks.js` does the arithmetic. */
(() => {
const { make, fill, draw, worths, addUp, tally, meanRanks, sorted, formats, liveTable, speaker,
  keep, anchorOf, near } = ranks;

const start = (box) => {
  const data = JSON.parse(box.querySelector('script[type="application/json"]').textContent);
  const { words, draws, most } = data;
  const { percent, precise, decimal } = formats(words);
  const anchor = anchorOf(box);
  const weights = data.criteria.map(() => data.default);
  let worth;
  const rank = (given) => tally(addUp(worth ??= worths(data, draw(data), data.levels), given, draws));

  const live = liveTable(box), body = live.querySelector("tbody");

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
      store();
    });
    return { slider, shown };
  });
  const reset = make("button", form, words.reset, { type: "button" });
  reset.addEventListener("click", () => {
    set(weights.map(() => data.default));
    store();
  });
  const summary = make("p", form, "", { role: "status" });

  const say = speaker(summary);

  const show = (delay = 400) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    sliders.forEach(({ slider, shown }, at) => {
      const share = precise(total ? weights[at] / total : 0);
      slider.value = weights[at];
      slider.setAttribute("aria-valuetext", fill(words.share, { weight: weights[at], most, share }));
      shown.textContent = share;
    });
    live.hidden = !total;
    if (!total) return say(words.nothing, delay);
    const shares = rank(weights);
    const means = meanRanks(shares), order = sorted(means);
    [...body.rows].forEach((row, place) => {
      const model = order[place], [name, mean, ...cells] = row.cells;
      name.textContent = data.models[model];
      mean.textContent = decimal(means[model]);
      cells.forEach((cell, at) => {
        cell.textContent = percent(shares[model][at]);
        cell.style.setProperty("--share", shares[model][at]);
      });
    });
    const firsts = sorted(shares.map(([first]) => -first));
    say(fill(words.summary, {
      first: data.models[firsts[0]], first_share: percent(shares[firsts[0]][0]),
      second: data.models[firsts[1]], second_share: percent(shares[firsts[1]][0]),
    }), delay);
  };

  const set = (given) => {
    given.forEach((weight, at) => { weights[at] = weight; });
    show();
  };

  // #anchor&w=50.20.…
  const read = () => {
    const found = /&w=([\d.]+)$/.exec(location.hash);
    const given = found ? found[1].split(".").map(Number) : [];
    return given.length === weights.length && given.every((w) => w <= most) ? given : null;
  };
  const store = () =>
    keep(anchor, weights.some((weight) => weight !== data.default) ? "&w=" + weights.join(".") : "");
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

near(document.querySelectorAll(".own-weights"), start);
})();
