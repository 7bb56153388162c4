/* One spectrum of the open sample: its candidates and the plot of the chosen one. */

function showSpectrum() {
  const spectrum = record(list(run.rows[open.index].sample.spectra)[open.spectrum]);
  [...byId("tabs").children].forEach((t, k) => {
    t.setAttribute("aria-selected", String(k === open.spectrum));
    t.tabIndex = k === open.spectrum ? 0 : -1;
  });
  byId("spectrum").setAttribute("aria-labelledby", `tab-${open.spectrum}`);
  const error = keyOf(spectrum.error);
  const candidates = list(spectrum.candidates).map(record);
  fill(
    byId("spectrum"),
    error === null ? null : el("p", { class: "banner" }, said(error)),
    el("div", { id: "plot-area" }),
    candidates.length > 0 ? candidateTable(candidates) : el("p", { class: "weak" }, "No candidates."),
  );
  fill(
    byId("spectrum-facts"),
    el("h3", {}, "This spectrum"),
    facts([
      ["File", keyOf(spectrum.path)],
      ["Number in the file", number(spectrum.index) === null ? null : String(spectrum.index + 1)],
      ["Title", keyOf(spectrum.id)],
      ["Verdict", keyOf(spectrum.verdict) === null ? null : verdictWord(spectrum.verdict)],
      ...list(spectrum.measured)
        .map(list)
        .map(([name, value]) => [clean(name), keyOf(value)]),
      ["Class hypothesis", keyOf(spectrum.class_hypothesis)],
      ["Quality", keyOf(spectrum.quality)],
      ["SHA-256 of the file", keyOf(spectrum.sha256)],
    ]),
    sentences("Reasons", list(spectrum.reasons)),
    sentences("Components (hints; shares of the signal, not of the weight)", list(spectrum.components)),
    sentences("Warnings of the reader", list(spectrum.warnings)),
  );
  showPlot();
}

function candidateTable(candidates) {
  const head = ["#", "Candidate", "Score", "Axis shift", "Control status"].map((t) => el("th", { scope: "col" }, t));
  const rows = candidates.map((c, k) => {
    const pick = () => {
      Object.assign(open, { candidate: k, moved: false });
      showPlot();
    };
    const shift = number(c.shift) === null ? "\u2013" : `${signed(c.shift)} ${units(c.unit)}`;
    const name = button(`candidate-${k}`, said(c.name), pick, { class: "link", title: "Draw this candidate" });
    return el(
      "tr",
      { "data-candidate": k },
      el("td", {}, String(k + 1)),
      el("td", {}, name),
      el("td", {}, number(c.score) === null ? "\u2013" : minus(c.score.toFixed(4))),
      el("td", {}, shift),
      el("td", {}, said(c.status ?? "\u2013")),
    );
  });
  return el(
    "table",
    { class: "plain candidates" },
    el("caption", {}, "Candidates, best first. Choose one to draw it (keys 1 to 9)."),
    el("thead", {}, el("tr", {}, head)),
    el("tbody", {}, rows),
  );
}

const legendLine = (className, words) =>
  el("li", {}, el("span", { class: `key ${className}`, "aria-hidden": "true" }), el("span", { class: "two" }, words));

function reading(values, unit, mass) {
  if (values === null) return "\u00a0";
  const said_ = (v) => (typeof v === "number" ? Math.abs(v).toFixed(3) : "\u2013");
  const place = `${Number(values[0].toFixed(mass ? 4 : 1))} ${units(unit)}`;
  return `${mass ? "m/z " + Number(values[0].toFixed(4)) : place}: sample ${said_(values[1])}${values.length > 2 ? `, reference ${said_(values[2])}` : ""}`;
}

function showPlot() {
  open.plot?.remove();
  open.plot = null;
  const row = run.rows[open.index];
  const spectrum = record(list(row.sample.spectra)[open.spectrum]);
  const candidate = record(list(spectrum.candidates)[open.candidate]);
  for (const tr of document.querySelectorAll("#spectrum tr[data-candidate]")) {
    tr.classList.toggle("drawn", Number(tr.dataset.candidate) === open.candidate);
    tr.querySelector("button").setAttribute("aria-pressed", String(Number(tr.dataset.candidate) === open.candidate));
  }
  const area = byId("plot-area");
  const query = spectrum.drawing ? decode(spectrum.drawing) : null;
  if (query === null) {
    fill(
      area,
      el(
        "p",
        { class: "none" },
        spectrum.drawing ? "The drawing of this spectrum cannot be read." : "There is no drawing of this spectrum.",
      ),
    );
    return;
  }
  const found = referenceOf(candidate);
  let reference = found === null ? null : decode(found.drawing);
  const shift = number(candidate.shift);
  const canMove = reference !== null && shift !== null && shift !== 0;
  if (canMove && open.moved) reference = moved(reference, shift);
  const mass = query.unit === "m/z";
  const legend = el(
    "ul",
    { class: "legend" },
    legendLine(query.sticks ? "stick query" : "query", [
      "Sample ",
      said(row.label),
      query.sticks && reference?.sticks ? " (up)" : null,
    ]),
    reference === null
      ? null
      : legendLine(reference.sticks ? "stick reference" : "reference", [
          "Reference ",
          said(found.name ?? candidate.name),
          keyOf(found.entry) === null ? null : [" (entry ", said(found.entry), ")"],
          query.sticks && reference.sticks ? " (down)" : null,
        ]),
  );
  const value = el("p", { class: "reading", "aria-hidden": "true" }, "\u00a0");
  const host = el("div", { class: "pair" });
  const move = canMove
    ? el(
        "label",
        { class: "move" },
        el("input", {
          id: "move",
          type: "checkbox",
          checked: open.moved,
          on: { change: (event) => ((open.moved = event.target.checked), showPlot(), byId("move").focus()) },
        }),
        ` Move the reference by the axis shift found (${signed(shift)} ${units(candidate.unit)})`,
      )
    : null;
  const tools = el(
    "div",
    { class: "tools" },
    button("zoom-in", "Zoom in", () => open.plot.zoom(0.5)),
    button("zoom-out", "Zoom out", () => open.plot.zoom(2)),
    button("zoom-reset", "Whole range", () => open.plot.reset()),
    move,
  );
  const note = el("p", { class: "hint" });
  fill(area, legend, host, value, tools, note);
  open.plot = drawPair(host, {
    query,
    reference,
    technique: spectrum.technique,
    read: (values) => (value.textContent = reading(values, query.unit, mass)),
  });
  fill(note, plotNote({ query, reference, candidate, technique: spectrum.technique }));
}

function plotNote({ query, reference, candidate, technique }) {
  const zoom = "Drag across the plot to zoom, double-click for the whole range.";
  if (reference === null) {
    return keyOf(candidate.name) === null
      ? `${zoom} The sample alone is drawn.`
      : `${zoom} This page holds no drawing of ${clean(candidate.name)}, so the sample alone is drawn.`;
  }
  if (query.sticks !== reference.sticks)
    return `${zoom} One of the two is a table of bands, so no difference is drawn.`;
  const apart = query.sticks
    ? ` Peaks within ${tolerance(technique, query.unit)} ${query.unit === "m/z" ? "m/z" : units(query.unit)} of one another count as one.`
    : "";
  return `${zoom} Each is scaled to 1. Below: sample minus reference, as drawn.${apart}`;
}
