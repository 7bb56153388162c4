/* The large plots: one sample against one reference, a run of an instrument, members of a group. */

const FONT = "12px system-ui, sans-serif";
const PAPER_WIDTH = 660;
const live = new Set();

const plainTicks = (_, ticks) => ticks.map((t) => minus(String(Number(t.toFixed(6)))));
const unsigned = (_, ticks) => ticks.map((t) => String(Math.abs(Number(t.toFixed(3)))));
const noTicks = (_, ticks) => ticks.map(() => "");

function axis(side, label, more) {
  const ink = () => palette().weak;
  const grid = { stroke: () => palette().grid, width: 1 };
  const ticks = { stroke: () => palette().grid, width: 1, size: 4 };
  return { side, label, labelSize: 20, labelGap: 2, labelFont: FONT, font: FONT, stroke: ink, grid, ticks, gap: 4, values: plainTicks, ...more };
}

const padded = (share) => (_, low, high) => {
  if (low === null || high === null) return [0, 1];
  const pad = (high - low || Math.abs(high) || 1) * share;
  return [low - pad, high + pad];
};

const balanced = (_, low, high) => {
  const reach = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0)) * 1.12 || 1;
  return [-reach, reach];
};

/* Upright lines from `base` to each value. */
const upright = (base) => (plot, series, from, to) => {
  const path = new Path2D();
  const foot = plot.valToPos(base, "y", true);
  for (let i = from; i <= to; i++) {
    const y = plot.data[series][i];
    if (y === null || y === undefined) continue;
    const x = plot.valToPos(plot.data[0][i], "x", true);
    path.moveTo(x, foot);
    path.lineTo(x, plot.valToPos(y, "y", true));
  }
  return { stroke: path, fill: null };
};

/* A line of a plot; `drawn` is "line", "sticks" or "points". */
function line(label, colour, { dash = [], drawn = "line", base = 0, width = 1.5 } = {}) {
  const stroke = () => palette()[colour];
  const paths = { line: undefined, sticks: upright(base), points: () => null }[drawn];
  const points = drawn === "points" ? { show: true, size: 7, stroke, fill: () => palette().ground, width: 1.6 } : { show: false };
  return { label, stroke, width: drawn === "sticks" ? Math.max(width, 1.6) : width, dash, paths, points, spanGaps: drawn === "line" };
}

/* Room at both ends, so that no stick stands on the frame. */
function withEnds({ x, y }) {
  const pad = (x[x.length - 1] - x[0]) * 0.02 || 1;
  return [[x[0] - pad, ...x, x[x.length - 1] + pad], ...y.map((v) => [null, ...v, null])];
}

function makePlot(host, { data, series, height, xAxis, yAxis, yRange, reversed = false, hooks = {}, sync = null, zoom = true }) {
  const width = () => Math.max(onPaper ? PAPER_WIDTH : host.clientWidth, 240);
  const options = {
    width: width(),
    height,
    legend: { show: false },
    cursor: { drag: { x: zoom, y: false, dist: 4 }, points: { show: false }, y: false, ...(sync === null ? {} : { sync: { key: sync } }) },
    scales: { x: { time: false, dir: reversed ? -1 : 1 }, y: { range: yRange } },
    axes: [axis(2, xAxis.label, { size: 28, ...xAxis.more }), axis(3, yAxis.label, { size: 46, ...yAxis.more })],
    series: [{}, ...series],
    hooks,
  };
  const plot = new uPlot(options, data, host);
  plot.root.style.touchAction = "pan-y";
  const fit = () => plot.setSize({ width: width(), height });
  const watch = new ResizeObserver(() => onPaper || (host.clientWidth > 0 && Math.abs(plot.width - width()) > 1 && fit()));
  watch.observe(host);
  const made = { plot, fit, remove: () => (watch.disconnect(), plot.destroy(), live.delete(made)) };
  live.add(made);
  return made;
}

/* The masses of the highest sticks in view. */
function nameSticks(plot) {
  const pen = plot.ctx;
  const ratio = uPlot.pxRatio;
  const { min, max } = plot.scales.x;
  pen.save();
  pen.font = `${11 * ratio}px system-ui, sans-serif`;
  pen.fillStyle = palette().weak;
  pen.textAlign = "center";
  for (const s of [1, 2].filter((k) => k < plot.data.length)) {
    const seen = plot.data[0].map((x, i) => [x, plot.data[s][i]]).filter(([x, y]) => typeof y === "number" && x >= min && x <= max);
    const places = [];
    for (const [x, y] of seen.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, 10)) {
      const px = plot.valToPos(x, "x", true);
      if (places.length === 6 || places.some((p) => Math.abs(p - px) < 30 * ratio)) continue;
      places.push(px);
      pen.fillText(String(Number(x.toFixed(x % 1 === 0 ? 0 : 3))), px, plot.valToPos(y, "y", true) + (y < 0 ? 12 : -4) * ratio);
    }
  }
  pen.restore();
}

/* What is drawn of a pair: the data of the plot and of the difference below it. */
function pairOf(query, reference, technique) {
  if (reference === null) return { data: withEnds(alignedPlaces([query])), kind: query.sticks ? "mass" : "alone", difference: null };
  if (!query.sticks && !reference.sticks) {
    const { x, y } = alignedCurves([query, reference]);
    const difference = y[0].map((v, i) => (v === null || y[1][i] === null ? null : v - y[1][i]));
    return { data: [x, ...y], kind: "curves", difference: [x, difference] };
  }
  if (query.sticks && reference.sticks) {
    const { x, y } = alignedSticks(query, reference, tolerance(technique, query.unit));
    const difference = y[0].map((v, i) => (v ?? 0) - (y[1][i] ?? 0));
    const down = y[1].map((v) => (v === null ? null : -v));
    return { data: withEnds({ x, y: [y[0], down] }), kind: "mass", difference: withEnds({ x, y: [difference] }) };
  }
  return { data: withEnds(alignedPlaces([query, reference])), kind: "mixed", difference: null };
}

let pairs = 0;

/* Draws a pair into `host` and returns what removes it, resets the zoom and zooms by a factor. */
function drawPair(host, { query, reference, technique, read }) {
  const { data, kind, difference } = pairOf(query, reference, technique);
  const reversed = fromHigh(technique, query.unit);
  const mass = kind === "mass";
  const sync = `pair-${(pairs += 1)}`;
  const plots = [];
  const follow = (plot, key) => {
    if (key !== "x") return;
    const { min, max } = plot.scales.x;
    plots.filter((p) => p.plot !== plot && (p.plot.scales.x.min !== min || p.plot.scales.x.max !== max)).forEach((p) => p.plot.setScale("x", { min, max }));
  };
  const say = (plot) => read(plot.cursor.idx === null || plot.cursor.idx === undefined ? null : [data[0][plot.cursor.idx], ...data.slice(1).map((v) => v[plot.cursor.idx])]);
  const series = [line("sample", "query", { drawn: query.sticks ? "sticks" : "line" })];
  if (reference !== null) series.push(line("reference", "reference", { dash: reference.sticks ? [] : [7, 4], drawn: reference.sticks ? "sticks" : "line" }));
  const name = { label: axisName(technique, query.unit) };
  const top = el("div", { class: "plot", role: "img", "aria-label": `Plot of the sample${reference === null ? "" : " and the reference"} over ${name.label}` });
  const bottom = el("div", { class: "plot", role: "img", "aria-label": "Plot of the difference, sample minus reference" });
  fill(host, top, difference === null ? null : bottom);
  const hooks = { setScale: [follow], setCursor: [say], draw: mass ? [nameSticks] : [] };
  const yAxis = { label: "Scaled to 1", more: mass ? { values: unsigned } : {} };
  plots.push(makePlot(top, { data, series, height: difference === null ? 340 : 280, xAxis: difference === null ? name : { more: { size: 8, values: noTicks } }, yAxis, yRange: mass && reference !== null ? balanced : padded(0.06), reversed, hooks, sync }));
  if (difference !== null) {
    const rest = [line("difference", "ink", { drawn: mass ? "sticks" : "line", width: 1.1 })];
    plots.push(makePlot(bottom, { data: difference, series: rest, height: 150, xAxis: name, yAxis: { label: "Difference" }, yRange: balanced, reversed, hooks: { setScale: [follow], setCursor: [say] }, sync }));
  }
  const full = [data[0][0], data[0][data[0].length - 1]];
  const scale = ([min, max]) => plots[0].plot.setScale("x", { min, max });
  const zoom = (factor) => {
    const { min, max } = plots[0].plot.scales.x;
    const [middle, half] = [(min + max) / 2, ((max - min) / 2) * factor];
    scale([Math.max(middle - half, full[0]), Math.min(middle + half, full[1])]);
  };
  return { remove: () => plots.forEach((p) => p.remove()), reset: () => scale(full), zoom, difference: difference !== null };
}

/* Axis shift over the order of measurement; a click near a point opens its sample. */
function drawDrift(host, { points, unit, act }) {
  const quarter = Math.floor(points.length / 4);
  const median = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const half = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  };
  const level = (from, to) => {
    const middle = quarter > 0 ? median(points.slice(from, to).map((p) => p[1])) : null;
    return points.map((_, i) => (i >= from && i < to ? middle : null));
  };
  const data = [points.map((p) => p[0]), points.map((p) => p[1]), level(0, quarter), level(points.length - quarter, points.length)];
  const zero = (plot) => {
    const y = plot.valToPos(0, "y", true);
    const { left, top, width, height } = plot.bbox;
    if (y < top || y > top + height) return;
    plot.ctx.save();
    Object.assign(plot.ctx, { strokeStyle: palette().weak, lineWidth: uPlot.pxRatio });
    plot.ctx.setLineDash([]);
    plot.ctx.strokeRect(left, y, width, 0);
    plot.ctx.restore();
  };
  const series = [line("shift", "query", { drawn: "points" }), ...[0, 1].map(() => ({ ...line("median", "reference", { dash: [7, 4], width: 2 }), spanGaps: false }))];
  const range = (_, low, high) => padded(0.12)(_, Math.min(low ?? 0, 0), Math.max(high ?? 0, 0));
  const ends = withEnds({ x: data[0], y: data.slice(1) });
  const made = makePlot(host, { data: ends, series, height: 200, xAxis: { label: "Order of measurement", more: { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000] } }, yAxis: { label: `Axis shift / ${units(unit)}` }, yRange: range, hooks: { draw: [zero] }, zoom: true });
  const nearest = ({ left, top }) => {
    const apart = (p) => Math.hypot(made.plot.valToPos(p[0], "x") - left, made.plot.valToPos(p[1], "y") - top);
    const best = points.reduce((a, b) => (apart(b) < apart(a) ? b : a), points[0]);
    return best !== undefined && apart(best) < 14 ? best : null;
  };
  let pressed = null;
  made.plot.over.addEventListener("mousedown", (event) => (pressed = [event.clientX, event.clientY]));
  made.plot.over.addEventListener("mousemove", () => {
    const point = nearest(made.plot.cursor);
    made.plot.over.style.cursor = point === null ? "crosshair" : "pointer";
    made.plot.over.title = point === null ? "" : `${run.rows[point[2]] === undefined ? "" : clean(run.rows[point[2]].label)}: ${signed(point[1], 2)} ${units(unit)}`;
  });
  made.plot.over.addEventListener("click", (event) => {
    const still = pressed !== null && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) < 4;
    const point = still ? nearest(made.plot.cursor) : null;
    if (point !== null) act(point[2]);
  });
  return made;
}

/* Members of a group: curves over one another; mass spectra one above the other. */
function drawMembers(host, { drawings, technique }) {
  const stacked = drawings.some((d) => d.sticks);
  const lanes = drawings.length;
  const at = (k) => (stacked ? (lanes - 1 - k) * 1.15 : 0);
  const aligned = stacked ? withEnds(alignedPlaces(drawings)) : (({ x, y }) => [x, ...y])(alignedCurves(drawings));
  const data = [aligned[0], ...aligned.slice(1).map((v, k) => v.map((y) => (y === null ? null : y + at(k))))];
  const inks = ["query", "reference", "ink", "weak"];
  const series = drawings.map((d, k) => line(String(k + 1), inks[k % inks.length], { dash: d.sticks ? [] : DASHES[k % DASHES.length], drawn: d.sticks ? "sticks" : "line", base: at(k), width: 1.3 }));
  const yAxis = { label: stacked ? "One above the other" : "Scaled to 1", more: stacked ? { values: noTicks, grid: { show: false } } : {} };
  const height = stacked ? Math.min(120 + 36 * lanes, 340) : 220;
  return makePlot(host, { data, series, height, xAxis: { label: axisName(technique, drawings[0].unit) }, yAxis, yRange: padded(0.05), reversed: fromHigh(technique, drawings[0].unit) });
}
