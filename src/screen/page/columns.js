/* The columns of the table: how each sorts and what its cells show. */

const THUMB = [132, 42];
const byText = (value) => ({ text: value });
const rank = (names, key) => {
  const at = names.indexOf(key);
  return key === null ? NaN : at < 0 ? names.length : at;
};
const orderOf = (name) => counts(name).map((pair) => keyOf(pair[0]));
const orNaN = (value) => value ?? NaN;

/* `sort` gives a number (NaN: nothing there, always last) or a text; `down` is the first direction. */
const COLUMNS = [
  {
    name: "spectrum",
    label: "Spectrum",
    sort: () => (row) => byText(row.techniques.map(techniqueWord).join(" ") || null),
    cell: spectrumCell,
  },
  {
    name: "sample",
    label: "Sample",
    sort: () => (row) => byText(row.label),
    cell: (row) => [said(row.label, { class: "strong two", title: row.label })],
  },
  {
    name: "case",
    label: "Case",
    sort: () => (row) => byText(row.case),
    cell: (row) => [said(row.case ?? "\u2013", { class: "two" })],
  },
  { name: "verdict", label: "Verdict", sort: () => verdictRank(), cell: verdictCell },
  { name: "names", label: "Substance", sort: () => (row) => byText(row.names.text || null), cell: namesCell },
  {
    name: "control",
    label: "Control status",
    sort: () => controlRank(),
    cell: (row) => [said(row.control ?? "\u2013", { class: "two" })],
  },
  {
    name: "class",
    label: "Class",
    sort: () => (row) => byText(row.class),
    cell: (row) => [said(row.class ?? "\u2013", { class: "two" })],
  },
  {
    name: "score",
    label: "Score",
    down: true,
    sort: () => (row) => orNaN(row.score),
    cell: (row) => [row.score === null ? "\u2013" : minus(row.score.toFixed(3))],
  },
  {
    name: "rate",
    label: "False pos.",
    title: "False positive rate, with its 95 % interval",
    sort: () => (row) => orNaN(row.rate?.[0]),
    cell: rateCell,
  },
  {
    name: "quality",
    label: "Quality",
    sort: () => (row) => rank(QUALITIES, row.quality),
    cell: (row) => [said(row.quality ?? "\u2013")],
  },
  { name: "look", label: "Second look", down: true, sort: () => (row) => row.priority, cell: (row) => badges(row) },
];

function verdictRank() {
  const order = orderOf("verdict");
  return (row) => rank(order, row.verdict);
}

function controlRank() {
  const order = orderOf("control");
  return (row) => rank(order, row.control);
}

function spectrumCell(row) {
  return [thumbnail(row, ...THUMB)];
}

function verdictCell(row) {
  const note = row.verdict === "identified" ? el("span", { class: "weak under" }, "presumptive") : null;
  return [el("span", { class: "nowrap" }, verdictMark(row.verdict)), note];
}

function namesCell(row) {
  const names = namesShown(row, "strong");
  return [names === null ? "\u2013" : el("div", { class: "two" }, names)];
}

function rateCell(row) {
  if (row.rate === null) return ["\u2013"];
  return [el("span", {}, `${percent(row.rate[0])}\u00a0%`), el("span", { class: "weak under" }, interval(row.rate))];
}
