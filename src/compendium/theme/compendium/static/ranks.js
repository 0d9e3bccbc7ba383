/* Ranks of models, for the sliders and for the assessment desk. The arithmetic is that of
   compendium.ranking.weights_page, on the same draws; tests/ranking compares the two. */
globalThis.ranks = (() => {
const make = (name, parent, text = "", attributes = {}) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  parent?.append(element);
  return element;
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

// The generator mulberry32, as `uniforms`
const generator = (seed) => () => {
  seed = (seed + 0x6D2B79F5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const stream = (seed, which) => (seed + which * 2 ** 30) % 2 ** 32;

// As `worths`, in two steps: what is drawn once, and what it makes of any levels
const draw = ({ draws, seed, top, levels }) => {
  const next = generator(seed), spare = generator(stream(seed, 1));
  const criteria = levels[0].length, size = top + 1;
  const scales = new Float64Array(draws * criteria * size);
  const guesses = levels.map(() => new Uint8Array(draws * criteria));
  for (let first = 0; first < draws * criteria; first += criteria) {
    for (let at = first; at < first + criteria; at++) {
      const scale = scales.subarray(at * size, at * size + size);
      for (let level = 1; level < top; level++) scale[level] = next();
      scale.subarray(1, top).sort();
      scale[top] = 1;
    }
    levels.forEach((row, model) => row.forEach((level, criterion) => {
      guesses[model][first + criterion] = Math.floor((level === null ? next() : spare()) * size);
    }));
  }
  return { scales, guesses };
};
// One array a model, criterion by criterion within a draw
const worths = ({ top }, { scales, guesses }, levels) => levels.map((row, model) => {
  const worth = new Float64Array(guesses[model].length);
  for (let at = 0, criterion = 0; at < worth.length; at++) {
    worth[at] = scales[at * (top + 1) + (row[criterion] ?? guesses[model][at])];
    if (++criterion === row.length) criterion = 0;
  }
  return worth;
});

// As `mixtures`: the weights of one draw after those of another
const drawMixtures = ({ draws, seed, whole }, criteria) => {
  const next = generator(stream(seed, 2)), weights = new Float64Array(draws * criteria);
  const cuts = new Float64Array(criteria - 1);
  for (let draw = 0; draw < draws; draw++) {
    for (let at = 0; at < cuts.length; at++) cuts[at] = Math.floor(next() * whole);
    cuts.sort();
    for (let at = 0, last = 0; at < criteria; at++) {
      weights[draw * criteria + at] = (cuts[at] ?? whole) - last;
      last = cuts[at];
    }
  }
  return weights;
};

// Each model's weighted sums, draw by draw; `weights` are those of all draws, or of each
const addUp = (worth, weights, draws) => {
  const criteria = worth[0].length / draws, step = weights.length > criteria ? criteria : 0;
  return worth.map((own) => {
    const sums = new Float64Array(draws);
    for (let draw = 0; draw < draws; draw++)
      for (let at = 0; at < criteria; at++)
        sums[draw] += weights[draw * step + at] * own[draw * criteria + at];
    return sums;
  });
};

// As `acceptability`: models by ranks
const tally = (sums) => {
  const models = sums.length, draws = sums[0].length;
  const counts = sums.map(() => sums.map(() => new Float64Array(models + 1)));
  for (let draw = 0; draw < draws; draw++) {
    for (let model = 0; model < models; model++) {
      const own = sums[model][draw];
      let ahead = 0, level = 0;
      for (let other = 0; other < models; other++) {
        if (sums[other][draw] > own) ahead++;
        else if (sums[other][draw] === own) level++;
      }
      for (let rank = ahead; rank < ahead + level; rank++) counts[model][rank][level]++;
    }
  }
  return counts.map((ranks) => ranks.map((tied) =>
    tied.reduce((share, count, size) => size ? share + count / size : share, 0) / draws));
};

// The share of the draws in which one model beats another; a tie counts half
const beats = (one, other) => {
  let wins = 0;
  for (let draw = 0; draw < one.length; draw++)
    wins += one[draw] > other[draw] ? 1 : one[draw] === other[draw] ? 0.5 : 0;
  return wins / one.length;
};

const meanRanks = (shares) =>
  shares.map((row) => row.reduce((sum, share, at) => sum + share * (at + 1), 0));
// Places of the models, the smallest number first
const sorted = (numbers) => numbers.map((_, at) => at).sort((a, b) => numbers[a] - numbers[b] || a - b);

// Formats come with the page: browsers know few of Kazakh's. Halves go to the even, as in Python
const formats = (words) => {
  const round = (number) => {
    const exact = Number(number.toPrecision(12)), low = Math.floor(exact), over = exact - low;
    return over > 0.5 || (over === 0.5 && low % 2) ? low + 1 : low;
  };
  const decimal = (number) => (round(10 * number) / 10).toFixed(1).replace(".", words.decimal);
  return {
    decimal,
    percent: (share) => words.percent.replace("{n}", round(100 * share)),
    // of a weight: fifteen times 7 % are more than all
    precise: (share) => words.percent.replace("{n}", decimal(100 * share)),
  };
};

// The table as it came is for print; a copy of it changes
const liveTable = (box) => {
  const printed = box.querySelector(".table-scroll"), live = printed.cloneNode(true);
  printed.classList.add("print-only");
  live.classList.add("screen-only");
  printed.after(live);
  return live;
};

// Said once the hand rests: not at every step of a slider
const speaker = (status) => {
  let speaking;
  return (text, delay) => {
    clearTimeout(speaking);
    if (delay) speaking = setTimeout(() => { status.textContent = text; }, delay);
    else status.textContent = text;
  };
};

// The state stands in the address, behind the section's own anchor; no server sees it
const follow = () => {
  for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
};
const keep = (anchor, state) => {
  history.replaceState(history.state, "", `#${anchor}${state}`);
  follow();
};

// The heading above, by which a link leads here
const anchorOf = (box) => box.closest("section")?.querySelector("h1, h2, h3, h4")?.id ?? "";

// Thousands of draws are computed when the reader comes near them, or a link leads to them
const near = (boxes, start) => {
  const seen = new IntersectionObserver((changes) => {
    for (const { isIntersecting, target } of changes) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      start(target);
    }
  }, { rootMargin: "100% 0px" });
  for (const box of boxes) {
    const own = anchorOf(box);
    if (own && location.hash.split("&")[0] === `#${own}`) start(box);
    else seen.observe(box);
  }
};

return { make, fill, draw, worths, drawMixtures, addUp, tally, beats, meanRanks, sorted, formats,
  liveTable, speaker, keep, anchorOf, near };
})();
