/* A large plot: its axes, lines, and how it follows the width of the page. */

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
  return {
    side,
    label,
    labelSize: 20,
    labelGap: 2,
    labelFont: FONT,
    font: FONT,
    stroke: ink,
    grid,
    ticks,
    gap: 4,
    values: plainTicks,
    ...more,
  };
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
  const points =
    drawn === "points" ? { show: true, size: 7, stroke, fill: () => palette().ground, width: 1.6 } : { show: false };
  return {
    label,
    stroke,
    width: drawn === "sticks" ? Math.max(width, 1.6) : width,
    dash,
    paths,
    points,
    spanGaps: drawn === "line",
  };
}

/* Room at both ends, so that no stick stands on the frame. */
function withEnds({ x, y }) {
  const pad = (x[x.length - 1] - x[0]) * 0.02 || 1;
  return [[x[0] - pad, ...x, x[x.length - 1] + pad], ...y.map((v) => [null, ...v, null])];
}

function makePlot(
  host,
  { data, series, height, xAxis, yAxis, yRange, reversed = false, hooks = {}, sync = null, zoom = true },
) {
  const width = () => Math.max(onPaper ? PAPER_WIDTH : host.clientWidth, 240);
  const options = {
    width: width(),
    height,
    legend: { show: false },
    cursor: {
      drag: { x: zoom, y: false, dist: 4 },
      points: { show: false },
      y: false,
      ...(sync === null ? {} : { sync: { key: sync } }),
    },
    scales: { x: { time: false, dir: reversed ? -1 : 1 }, y: { range: yRange } },
    axes: [axis(2, xAxis.label, { size: 28, ...xAxis.more }), axis(3, yAxis.label, { size: 56, ...yAxis.more })],
    series: [{}, ...series],
    hooks,
  };
  const plot = new uPlot(options, data, host);
  plot.root.style.touchAction = "pan-y";
  const fit = () => plot.setSize({ width: width(), height });
  const watch = new ResizeObserver(
    () => onPaper || (host.clientWidth > 0 && Math.abs(plot.width - width()) > 1 && fit()),
  );
  watch.observe(host);
  const made = { plot, fit, remove: () => (watch.disconnect(), plot.destroy(), live.delete(made)) };
  live.add(made);
  return made;
}
