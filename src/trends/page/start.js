/* Puts the page together once all of it is there. */

function showHead() {
  const { data } = trends;
  const title = keyOf(data.title) ?? "Trends";
  document.title = `${clean(title)} \u2013 specid trends (presumptive)`;
  fill(byId("title"), said(title));
  fill(byId("notice"), said(keyOf(data.notice) ?? "PRESUMPTIVE: a screening result by similarity of spectra."));
  const totals = record(data.totals);
  const words = [
    counted(totals.counted ?? 0, "sample", "samples"),
    counted(totals.seizures ?? 0, "seizure", "seizures"),
    `${grouped(totals.confirmed ?? 0)} confirmed`,
    `${grouped(totals.presumptive ?? 0)} presumptive`,
    keyOf(data.program),
  ];
  const inputs = list(data.inputs).map(record);
  fill(
    byId("about"),
    el("p", { class: "about" }, words.filter((w) => w !== null).join(" \u00b7 ")),
    el(
      "details",
      {},
      el("summary", {}, "Runs and manifests"),
      plainTable("Inputs", ["Run or manifest", "What it is"], inputs.map((i) => [i.path, i.what])),
    ),
  );
  fill(
    byId("foot"),
    el(
      "p",
      {},
      "This page works offline and sends nothing anywhere. Plots: uPlot (MIT licence, in the source of this page).",
    ),
  );
}

/* All that has colours, drawn again. */
function redraw() {
  colours = null;
  showLines();
  drawJudged();
}

let opened = [];

function toPaper() {
  if (onPaper) return;
  onPaper = true;
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((d) => (d.open = true));
  redraw();
  longLists.forEach((l) => l.expand());
}

function fromPaper() {
  onPaper = false;
  opened.forEach((d) => (d.open = false));
  redraw();
}

function start() {
  const { data, problem } = readData("specid.trends-page/1");
  if (problem !== undefined) {
    sayProblem(problem);
    return;
  }
  takeTrends(data);
  showHead();
  buildChoice();
  showLines();
  drawJudged();
  buildRising();
  buildFirst();
  buildUnknown();
  buildUndated();
  buildNotes();
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", fromPaper);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  performance.mark("specid-trends"); // When the page can be used; the check of this page reads it.
}

document.addEventListener("DOMContentLoaded", start);
