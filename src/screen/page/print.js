/* The page on paper: the samples that need a second look as a plain table, drawings in black. */

const MOST_ON_PAPER = 500;
let settingsOpen = false;

function paperRow(row) {
  const rate = row.rate === null ? "" : `, false positives ${percent(row.rate[0])}\u00a0% (${interval(row.rate)})`;
  const under = `${row.control ?? "no control status"}${row.score === null ? "" : `, score ${minus(row.score.toFixed(3))}`}${rate}${row.quality === null ? "" : `, quality ${row.quality}`}`;
  return el(
    "tr",
    {},
    el("td", {}, thumbnail(row, 120, 38)),
    el(
      "td",
      {},
      el("div", { class: "strong six" }, said(row.label)),
      row.case === null ? null : el("div", { class: "six" }, "case ", said(row.case)),
    ),
    el(
      "td",
      {},
      el("div", {}, verdictMark(row.verdict)),
      el("div", {}, namesShown(row, "strong")),
      el("div", { class: "weak" }, said(under)),
    ),
    el(
      "td",
      {},
      row.flags.map((f) => el("div", { class: "six" }, said(f.sentence))),
    ),
  );
}

function buildPaper() {
  const need = run.rows.filter((row) => row.priority > 0).sort((a, b) => b.priority - a.priority || a.index - b.index);
  const shown = need.slice(0, MOST_ON_PAPER);
  const told =
    need.length === 0
      ? "No sample needs a second look."
      : need.length > shown.length
        ? `The first ${grouped(shown.length)} of ${grouped(need.length)} samples are printed, most urgent first. The page itself shows all.`
        : `${counted(need.length, "sample", "samples")}, most urgent first.`;
  const head = ["Spectrum", "Sample", "Verdict (presumptive)", "Why it needs a second look"].map((h) =>
    el("th", { scope: "col" }, h),
  );
  const made =
    need.length === 0
      ? null
      : el(
          "table",
          { class: "plain paper-table" },
          el("thead", {}, el("tr", {}, head)),
          el("tbody", {}, shown.map(paperRow)),
        );
  fill(byId("paper"), el("h2", {}, "Samples that need a second look"), el("p", {}, told), made);
}

function toPaper() {
  if (onPaper) return;
  onPaper = true;
  settingsOpen = byId("head").querySelector("details").open;
  byId("head").querySelector("details").open = true;
  longLists.forEach((l) => l.expand());
  [...pending.keys()].forEach(drawPending);
  live.forEach((p) => p.fit());
  buildPaper();
}

function fromPaper() {
  onPaper = false;
  byId("head").querySelector("details").open = settingsOpen;
  fill(byId("paper"));
  recolour();
}

function recolour() {
  colours = null;
  live.forEach((p) => p.fit());
  clearRows();
  drawRows();
}

function buildPrint() {
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", fromPaper);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
}
