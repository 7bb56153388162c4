/* Large plots of many samples: the drift of an instrument, the members of a group. */

/* Axis shift over the order of measurement; a click near a point opens its sample. */
function drawDrift(host, { points, unit, early, late, act }) {
  const quarter = Math.max(Math.floor(points.length / 4), 1);
  const level = (median, from, to) => points.map((_, i) => (i >= from && i < to ? median : null));
  const medians = [level(early, 0, quarter), level(late, points.length - quarter, points.length)];
  const data = [points.map((p) => p[0]), points.map((p) => p[1]), ...medians];
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
  const series = [
    line("shift", "query", { drawn: "points" }),
    ...[0, 1].map(() => ({ ...line("median", "reference", { dash: [7, 4], width: 2 }), spanGaps: false })),
  ];
  const range = (_, low, high) => padded(0.12)(_, Math.min(low ?? 0, 0), Math.max(high ?? 0, 0));
  const ends = withEnds({ x: data[0], y: data.slice(1) });
  const made = makePlot(host, {
    data: ends,
    series,
    height: 200,
    xAxis: {
      label: "Order of measurement",
      more: { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000] },
    },
    yAxis: { label: `Axis shift / ${units(unit)}` },
    yRange: range,
    hooks: { draw: [zero] },
    zoom: true,
  });
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
    made.plot.over.title =
      point === null ? "" : `${clean(run.rows[point[2]]?.label)}: ${signed(point[1], 2)} ${units(unit)}`;
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
  const series = drawings.map((d, k) =>
    line(String(k + 1), inks[k % inks.length], {
      dash: d.sticks ? [] : DASHES[k % DASHES.length],
      drawn: d.sticks ? "sticks" : "line",
      base: at(k),
      width: 1.3,
    }),
  );
  const yAxis = {
    label: stacked ? "One above the other" : "Scaled to 1",
    more: stacked ? { values: noTicks, grid: { show: false }, ticks: { show: false } } : {},
  };
  const height = stacked ? Math.min(120 + 36 * lanes, 340) : 220;
  return makePlot(host, {
    data,
    series,
    height,
    xAxis: { label: axisName(technique, drawings[0].unit) },
    yAxis,
    yRange: padded(0.05),
    reversed: fromHigh(technique, drawings[0].unit),
  });
}
