/* The plots, and the numbers that are drawn. */

/* Colours of the lines: those of the style, or black and grey on paper; dashes tell them apart without colour. */
const INKS = 8;
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
const charts = new Map();

const fromZero = (_, low, high) => [Math.min(low ?? 0, 0), (high || 1) * 1.08];

function inkOf(k) {
  if (onPaper) return k % 2 === 0 ? PAPER.ink : PAPER.reference;
  return getComputedStyle(document.documentElement).getPropertyValue(`--line-${k % INKS}`).trim();
}

/* Counts are whole numbers, quantities and shares are not. */
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 1000000];

function overPeriods(host, { lines, label, height, whole, reading }) {
  charts.get(host)?.remove();
  fill(host);
  const at = trends.periods.map((_, k) => k);
  const ends = withEnds({ x: at, y: lines.map((l) => l.values) });
  const series = lines.map((l, k) => ({
    ...line(l.name, "ink", { dash: DASHES[k % DASHES.length], width: 1.8 }),
    stroke: () => inkOf(k),
    spanGaps: false,
    points: { show: true, size: 5, stroke: () => inkOf(k), fill: () => inkOf(k) },
  }));
  const say = (plot) => {
    const k = plot.cursor.idx === null || plot.cursor.idx === undefined ? null : plot.cursor.idx - 1;
    reading?.(k !== null && k >= 0 && k < at.length ? k : null);
  };
  const names = (_, ticks) => ticks.map((t) => trends.periods[t] ?? "");
  const made = makePlot(host, {
    data: ends,
    series,
    height,
    xAxis: { label: trends.data.by === "quarter" ? "Quarter" : "Month", more: { incrs: MONTHS, values: names } },
    yAxis: { label, more: whole ? { incrs: WHOLE } : {} },
    yRange: fromZero,
    hooks: { setCursor: [say] },
  });
  charts.set(host, made);
}

function keyCanvas(k) {
  const canvas = el("canvas", { width: 68, height: 24, "aria-hidden": "true" });
  const pen = canvas.getContext("2d");
  const ink = inkOf(k);
  Object.assign(pen, { strokeStyle: ink, fillStyle: ink, lineWidth: 4 });
  pen.setLineDash(DASHES[k % DASHES.length].map((n) => 2 * n));
  pen.beginPath();
  pen.moveTo(0, 12);
  pen.lineTo(68, 12);
  pen.stroke();
  pen.beginPath();
  pen.arc(34, 12, 5, 0, 7);
  pen.fill();
  return canvas;
}

const legendOf = (lines) => lines.map((l, k) => el("li", {}, keyCanvas(k), said(l.name)));

function drawLines(lines, label) {
  const host = byId("chart");
  host.hidden = lines.length === 0 || trends.periods.length === 0;
  fill(byId("legend"), legendOf(lines));
  const reading = byId("reading");
  fill(reading, "\u00a0");
  if (host.hidden) {
    charts.get(host)?.remove();
    charts.delete(host);
    return;
  }
  host.setAttribute("role", "img");
  host.setAttribute("aria-label", `Plot of ${lines.length} lines over time. The numbers stand below.`);
  overPeriods(host, {
    lines,
    label,
    height: 330,
    whole: ["seizures", "samples"].includes(chosen.count),
    reading: (k) =>
      fill(
        reading,
        k === null
          ? "\u00a0"
          : [`${trends.periods[k]}: `, lines.map((l) => [said(l.name), ` ${shownNumber(l.values[k])}\u2003`])],
      ),
  });
}

function showNumbers(lines, label) {
  const head = el(
    "tr",
    {},
    el("th", { scope: "col" }, trends.data.by === "quarter" ? "Quarter" : "Month"),
    lines.map((l) => el("th", { scope: "col", class: "n" }, said(l.name))),
  );
  const rows = trends.periods.map((period, k) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, period),
      lines.map((l) => el("td", { class: l.values[k] === null ? "n weak" : "n" }, shownNumber(l.values[k]))),
    ),
  );
  fill(
    byId("numbers-body"),
    el("table", { class: "plain", id: "number-table" }, el("caption", {}, label), el("thead", {}, head), el("tbody", {}, rows)),
  );
}

function drawJudged() {
  const judged = list(trends.data.judged).map(list);
  const none = (n, pair) => (pair[0] === 0 ? null : n);
  const lines = [
    { name: "Judged samples", values: judged.map((pair) => none(pair[0], pair)) },
    { name: "Judged seizures", values: judged.map((pair) => none(pair[1], pair)) },
  ];
  const host = byId("judged");
  host.hidden = judged.length === 0;
  fill(byId("judged-legend"), legendOf(lines));
  if (host.hidden) return;
  host.setAttribute("role", "img");
  host.setAttribute("aria-label", "Judged samples and seizures over time");
  overPeriods(host, { lines, label: "Number", height: 170, whole: true });
}
