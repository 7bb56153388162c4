/* One sample: its verdict and why, its spectra, their candidates, and the plot of the chosen one. */

const open = { index: null, spectrum: 0, candidate: 0, moved: false, plot: null, position: null };

const VERDICT_SENTENCES = {
  identified: "Identified (presumptive)",
  "class-only": "Class only (presumptive): no single substance can be named",
  inconclusive: "Inconclusive: nothing can be said",
  "not-in-library": "Not in this library: unlike everything in it",
  disagreeing: "Disagreeing: the spectra of this sample do not point to one substance",
  unusable: "Unusable: no spectrum of this sample could be judged",
  "left-out": "Left out: its techniques were not asked for in this run",
};

/* The sample at this place of the table. */
function openDetail(position) {
  open.position = position;
  openSample(table.order[position]);
}

/* A sample from anywhere in the page; the arrow keys go on from its place in the table, if it has one there. */
function openFrom(index) {
  const position = table.order.indexOf(index);
  open.position = position < 0 ? null : position;
  openSample(index);
}

function openSample(index) {
  const row = run.rows[index];
  if (row === undefined) return;
  const spectra = list(row.sample.spectra).map(record);
  const first = Math.max(
    spectra.findIndex((s) => s.drawing),
    0,
  );
  Object.assign(open, { index, spectrum: first, candidate: firstDrawn(spectra[first]), moved: false });
  if (open.position !== null) goTo(open.position);
  const dialog = byId("detail");
  showSample();
  if (!dialog.open) {
    dialog.showModal();
    dialog.focus();
  }
  showSpectrum();
  dialog.scrollTop = 0;
}

function firstDrawn(spectrum) {
  return Math.max(
    list(record(spectrum).candidates).findIndex((c) => Number.isInteger(record(c).reference)),
    0,
  );
}

function step(by) {
  if (open.position === null) return;
  const next = open.position + by;
  if (next >= 0 && next < table.order.length) openDetail(next);
}

const button = (id, label, act, more) => el("button", { id, type: "button", on: { click: act }, ...more }, label);

function sentences(title, texts, className) {
  const usable = texts.map(keyOf).filter((t) => t !== null);
  if (usable.length === 0) return null;
  return el(
    "div",
    { class: className ?? null },
    el("h3", {}, title),
    el(
      "ul",
      { class: "sentences" },
      usable.map((t) => el("li", {}, said(t))),
    ),
  );
}

function facts(pairs) {
  const usable = pairs.filter(([, value]) => value !== null && value !== "");
  if (usable.length === 0) return null;
  return el(
    "dl",
    { class: "facts" },
    usable.map(([name, value]) => [
      el("dt", {}, said(name)),
      el("dd", {}, value instanceof Node ? value : said(value)),
    ]),
  );
}

function rateSentence(row) {
  if (row.rate === null) return null;
  return `${percent(row.rate[0])}\u00a0% (95\u00a0% interval ${interval(row.rate)})`;
}

function showSample() {
  const row = run.rows[open.index];
  const { sample } = row;
  const place =
    open.position === null
      ? "Not among the samples shown in the table"
      : `${grouped(open.position + 1)} of ${grouped(table.order.length)}`;
  const at = open.position;
  const bar = el(
    "div",
    { class: "detail-bar" },
    el(
      "div",
      { class: "detail-name" },
      el("h2", { id: "detail-title", class: "two", title: row.label }, said(row.label)),
      el("p", { class: "weak one" }, place, row.case === null ? null : [" \u00b7 case ", said(row.case)]),
    ),
    button("previous", "\u2191 Previous", () => step(-1), { disabled: at === null || at === 0 }),
    button("next", "\u2193 Next", () => step(1), { disabled: at === null || at + 1 >= table.order.length }),
    button("close", "Close (Esc)", () => byId("detail").close()),
  );
  const notice = el("p", { class: "notice slim" }, said(keyOf(run.data.notice) ?? "PRESUMPTIVE"));
  const known = own(VERDICT_SENTENCES, row.verdict);
  const verdict = el(
    "div",
    { class: "verdict" },
    el("p", { class: "strong" }, verdictMark(row.verdict)[0], " ", said(known ?? verdictWord(row.verdict))),
    el("p", {}, namesShown(row, "result")),
  );
  const statuses = [
    ...new Set(
      list(sample.status)
        .map(keyOf)
        .filter((s) => s !== null),
    ),
  ];
  const control = statuses.length > 0 ? statuses.join("; ") : row.control;
  const group =
    row.cluster === null
      ? null
      : button("to-group", `Group ${row.cluster}`, () => showGroup(row.cluster), { class: "link" });
  const about = facts([
    ["Control status", control],
    ["Class", row.class],
    ["Score", row.score === null ? null : minus(row.score.toFixed(4))],
    ["False positive rate", rateSentence(row)],
    ["Quality", row.quality],
    ["Emerging unknowns", group],
  ]);
  const fields = list(sample.fields)
    .map(list)
    .filter((f) => keyOf(f[0]) !== null)
    .map((f) => [clean(f[0]), clean(f[1])]);
  const aside = el(
    "div",
    { class: "aside" },
    sentences(
      "Needs a second look",
      row.flags.map((f) => f.sentence),
      "look",
    ),
    sentences("Reasons for the verdict", list(sample.reasons)),
    sentences("May be mixed of (hints, which change no verdict)", list(sample.hints).length > 1 ? sample.hints : []),
    fields.length > 0 ? [el("h3", {}, "Sample"), facts(fields)] : null,
    el("div", { id: "spectrum-facts" }),
  );
  const spectra = list(sample.spectra).map(record);
  const more = number(sample.more) ?? 0;
  const rest =
    more > 0 ? el("p", { class: "weak" }, `${counted(more, "peak", "peaks")} more, smaller, in the tables`) : null;
  const tabs = el(
    "div",
    { id: "tabs", class: "tabs", role: "tablist", "aria-label": "Spectra of this sample" },
    spectra.map(tab),
  );
  const panel = el("div", { id: "spectrum", role: "tabpanel", tabindex: "-1" });
  fill(
    byId("detail"),
    bar,
    notice,
    el("div", { class: "summary" }, verdict, about),
    el("div", { class: "columns" }, el("div", { class: "main" }, tabs, rest, panel), aside),
  );
}

/* What a tab is of: of a peak its time and what it is, else the technique and the file. */
function tabWords(spectrum, k) {
  const file = clean(spectrum.path).split(/[\\/]/).pop();
  const peak = list(spectrum.peak).map(number);
  if (peak.length === 2 && peak.every((v) => v !== null)) {
    const names = list(spectrum.names)
      .map(keyOf)
      .filter((n) => n !== null);
    const what = names.length > 0 ? names.join(" or ") : verdictWord(keyOf(spectrum.verdict));
    const standard = spectrum.is_standard === true ? ", the internal standard" : "";
    const aside = spectrum.of_blank === true ? ", of the blank" : standard;
    return [`${peak[0].toFixed(2)} min: ${clean(what)}${aside}`, `${peak[1].toFixed(1)} % of ${file}`];
  }
  const name = techniqueWord(keyOf(spectrum.technique));
  return [`${k + 1}: ${name}`, `${file} [${(number(spectrum.index) ?? 0) + 1}]`];
}

function tab(spectrum, k) {
  const [name, place] = tabWords(spectrum, k);
  const choose_ = () => {
    const given = list(run.rows[open.index].sample.spectra)[k];
    Object.assign(open, { spectrum: k, candidate: firstDrawn(given), moved: false });
    showSpectrum();
  };
  return el(
    "button",
    {
      type: "button",
      role: "tab",
      id: `tab-${k}`,
      "aria-controls": "spectrum",
      title: spectrum.path,
      on: { click: choose_ },
    },
    el("span", { class: "strong" }, said(name)),
    el("span", { class: "weak file" }, said(place)),
  );
}

function detailKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input[type=text], select")) return;
  const inTabs = event.target.matches("[role=tab]");
  const sideways = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const upright_ = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (inTabs && sideways !== undefined) {
    const tabs = [...byId("tabs").children];
    const next = tabs[(open.spectrum + sideways + tabs.length) % tabs.length];
    next.click();
    next.focus();
  } else if (upright_ !== undefined || sideways !== undefined) {
    step(upright_ ?? sideways);
    keepFocus();
  } else if (/^[1-9]$/.test(event.key)) byId(`candidate-${Number(event.key) - 1}`)?.click();
  else return;
  event.preventDefault();
}

/* What had the focus is gone with the sample before; the dialog itself takes it. */
function keepFocus() {
  if (!byId("detail").contains(document.activeElement) || document.activeElement === document.body)
    byId("detail").focus();
}

function buildDetail() {
  const dialog = byId("detail");
  dialog.tabIndex = -1;
  dialog.addEventListener("keydown", detailKey);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    open.plot?.remove();
    open.plot = null;
  });
}
