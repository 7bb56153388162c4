/* What stands below the samples: drift of instruments, groups of unknowns, files that could not be used. */

/* Plots that are drawn when they come into view, or when the page is printed. */
const pending = new Map();
const inView = new IntersectionObserver(
  (entries) => {
    entries.filter((e) => e.isIntersecting).forEach((e) => drawPending(e.target));
  },
  { rootMargin: "200px" },
);

function drawPending(host) {
  const draw = pending.get(host);
  if (draw === undefined) return;
  pending.delete(host);
  inView.unobserve(host);
  draw();
}

function drawLater(host, draw) {
  pending.set(host, draw);
  inView.observe(host);
}

const sampleLink = (index) => {
  const row = run.rows[index];
  if (row === undefined) return el("span", { class: "weak" }, `sample ${clean(index)} (not in this page)`);
  return el(
    "button",
    { type: "button", class: "link", "data-open": index, on: { click: () => openFrom(index) } },
    said(row.label),
  );
};

function driftWords(given, points, unit) {
  const [early, late] = [number(given.early), number(given.late)];
  if (early === null || late === null)
    return `${counted(points.length, "measurement", "measurements")}: too few to compare the first with the last.`;
  return `Median axis shift of the first quarter ${signed(early, 2)} ${unit}, of the last quarter ${signed(late, 2)} ${unit}: changed by ${signed(late - early, 2)} ${unit} over ${counted(points.length, "measurement", "measurements")}.`;
}

function driftCard(given) {
  const drift = record(given);
  const unit = units(drift.unit);
  const points = list(drift.points)
    .filter((p) => list(p).length >= 3 && p.every(Number.isFinite))
    .sort((a, b) => a[0] - b[0]);
  const instrument = keyOf(drift.instrument);
  const name = instrument === null || instrument === "unstated" ? "Instrument not stated" : `Instrument ${instrument}`;
  const host = el("div", {
    class: "plot",
    role: "img",
    "aria-label": `Axis shift over order of measurement. ${driftWords(drift, points, unit)}`,
  });
  const whole = el("details", { class: "screen-only" }, el("summary", {}, "Points as a list"));
  whole.addEventListener("toggle", () => {
    if (!whole.open || whole.children.length > 1) return;
    const items = el("ul", { class: "links" });
    whole.append(items);
    longList(items, points, {
      first: 100,
      next: 500,
      paper: 0,
      make: (p) => el("li", {}, sampleLink(p[2]), ` ${signed(p[1], 2)} ${unit}`),
      more: (left) => `${grouped(left)} more.`,
    });
  });
  const title = el("h3", {}, said(name), el("span", { class: "weak" }, ` ${techniqueWord(keyOf(drift.technique))}`));
  const words = el("p", { class: "words" }, driftWords(drift, points, unit));
  if (points.length === 0) return el("article", { class: "card" }, title, words);
  drawLater(host, () =>
    drawDrift(host, { points, unit: drift.unit, early: number(drift.early), late: number(drift.late), act: openFrom }),
  );
  const hint = el(
    "p",
    { class: "hint screen-only" },
    number(drift.early) === null ? "" : "Dashed: medians of the first and the last quarter. ",
    "Click a point to open its sample; drag to zoom, double-click for all.",
  );
  return el("article", { class: "card" }, title, words, host, hint, whole);
}

function buildDrift() {
  const body = byId("drift-body");
  const all = list(run.data.drift);
  if (all.length === 0) {
    fill(body, el("p", { class: "weak" }, "No axis shifts were measured in this run."));
    return;
  }
  const cards = el("div", { class: "cards" });
  fill(
    body,
    el(
      "p",
      { class: "hint" },
      "How far the axis of each instrument lay from the references, in the order of the dates where every file states one, else of the file names. A steady change means that the instrument needs a calibration.",
    ),
    cards,
  );
  longList(cards, all, {
    first: 12,
    next: 24,
    paper: 40,
    make: driftCard,
    more: (left) => `${counted(left, "more instrument", "more instruments")}.`,
  });
}

const MOST_DRAWN = 8;

function clusterCard(given) {
  const cluster = record(given);
  const members = list(cluster.samples).filter(Number.isInteger);
  const similarity = number(cluster.similarity);
  const words = `${counted(members.length, "sample", "samples")}, ${techniqueWord(keyOf(cluster.technique))}${similarity === null ? "" : `, similarity ${similarity.toFixed(2)}`}`;
  const links = el("ul", { class: "links" });
  const host = el("div", {
    class: "plot",
    role: "img",
    "aria-label": `Spectra of the members of group ${clean(cluster.id)}`,
  });
  const only = el(
    "button",
    { type: "button", class: "screen-only", on: { click: () => showGroup(cluster.id) } },
    "Show only these in the table",
  );
  const key = el("p", { class: "hint" });
  const card = el(
    "article",
    { class: "card", "data-cluster": cluster.id },
    el("h3", {}, `Group ${clean(cluster.id)}`, el("span", { class: "weak" }, ` ${words}`)),
    el("div", { class: "members" }, links),
    only,
    host,
    key,
  );
  longList(links, members, {
    first: 12,
    next: 100,
    paper: 60,
    make: (m) => el("li", {}, sampleLink(m)),
    more: (left) => `${grouped(left)} more.`,
  });
  drawLater(host, () => fillCluster({ host, key, members, technique: cluster.technique }));
  return card;
}

function fillCluster({ host, key, members, technique }) {
  const drawn = members.map((m) => ({
    m,
    drawing: list(record(run.rows[m]?.sample).spectra)
      .map(record)
      .filter((s) => keyOf(technique) === null || s.technique === technique)
      .find((s) => s.drawing)?.drawing,
  }));
  const usable = drawn
    .filter((d) => d.drawing)
    .slice(0, MOST_DRAWN)
    .map((d) => ({ ...d, drawing: decode(d.drawing) }))
    .filter((d) => d.drawing !== null);
  const alike = usable.filter(
    (d) => d.drawing.sticks === usable[0].drawing.sticks && d.drawing.unit === usable[0].drawing.unit,
  );
  if (alike.length === 0) {
    fill(host, el("p", { class: "weak" }, "There is no drawing of these samples."));
    return;
  }
  drawMembers(host, { drawings: alike.map((d) => d.drawing), technique });
  const how = alike[0].drawing.sticks ? "from top to bottom" : "over one another";
  fill(
    key,
    alike.length < members.length ? `The first ${alike.length} with a drawing, ${how}: ` : `Drawn ${how}: `,
    alike.flatMap((d, k) => [k === 0 ? null : ", ", said(run.rows[d.m].label)]),
    ".",
  );
}

function showGroup(id) {
  byId("detail").close();
  choose({ ...nothingChosen(), cluster: id });
  byId("samples").scrollIntoView();
  byId("grid").focus({ preventScroll: true });
}

function buildClusters() {
  const body = byId("clusters-body");
  const all = list(run.data.clusters);
  if (all.length === 0) {
    fill(body, el("p", { class: "weak" }, "No samples without a match resemble one another."));
    return;
  }
  const cards = el("div", { class: "cards" });
  fill(
    body,
    el(
      "p",
      { class: "hint" },
      "Samples that are not identified and resemble each other. They may be of one substance: one that the library lacks, or one that cannot be told apart from others. A hint, not an identity.",
    ),
    cards,
  );
  longList(cards, all, {
    first: 12,
    next: 24,
    paper: 50,
    make: clusterCard,
    more: (left) => `${counted(left, "more group", "more groups")}.`,
  });
}

function buildFailures() {
  const body = byId("failures-body");
  const all = list(run.data.failures).map(list);
  if (all.length === 0) {
    fill(body, el("p", { class: "weak" }, "Every file could be used."));
    return;
  }
  const made = plainTable(counted(all.length, "file", "files"), ["File", "What is wrong", "Reason"], []);
  made.classList.add("files");
  fill(body, made);
  const make = (f) =>
    el(
      "tr",
      {},
      [0, 1, 2].map((k) => el("td", {}, said(f[k] ?? "\u2013"))),
    );
  longList(made.tBodies[0], all, { first: 100, next: 500, paper: 500, make, more: (left) => `${grouped(left)} more.` });
}
