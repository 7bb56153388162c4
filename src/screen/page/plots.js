/* The large plot of one sample against one reference. */

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
    const seen = plot.data[0]
      .map((x, i) => [x, plot.data[s][i]])
      .filter(([x, y]) => typeof y === "number" && x >= min && x <= max);
    const places = [];
    for (const [x, y] of seen.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, 10)) {
      const px = plot.valToPos(x, "x", true);
      if (places.length === 6 || places.some((p) => Math.abs(p - px) < 30 * ratio)) continue;
      places.push(px);
      pen.fillText(
        String(Number(x.toFixed(x % 1 === 0 ? 0 : 3))),
        px,
        plot.valToPos(y, "y", true) + (y < 0 ? 12 : -4) * ratio,
      );
    }
  }
  pen.restore();
}

/* What is drawn of a pair: the data of the plot and of the difference below it. */
function pairOf(query, reference, technique) {
  if (reference === null)
    return { data: withEnds(alignedPlaces([query])), kind: query.sticks ? "mass" : "alone", difference: null };
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
    plots
      .filter((p) => p.plot !== plot && (p.plot.scales.x.min !== min || p.plot.scales.x.max !== max))
      .forEach((p) => p.plot.setScale("x", { min, max }));
  };
  const say = (plot) =>
    read(
      plot.cursor.idx === null || plot.cursor.idx === undefined
        ? null
        : [data[0][plot.cursor.idx], ...data.slice(1).map((v) => v[plot.cursor.idx])],
    );
  const series = [line("sample", "query", { drawn: query.sticks ? "sticks" : "line" })];
  if (reference !== null)
    series.push(
      line("reference", "reference", {
        dash: reference.sticks ? [] : [7, 4],
        drawn: reference.sticks ? "sticks" : "line",
      }),
    );
  const name = { label: axisName(technique, query.unit) };
  const top = el("div", {
    class: "plot",
    role: "img",
    "aria-label": `Plot of the sample${reference === null ? "" : " and the reference"} over ${name.label}`,
  });
  const bottom = el("div", {
    class: "plot",
    role: "img",
    "aria-label": "Plot of the difference, sample minus reference",
  });
  fill(host, top, difference === null ? null : bottom);
  const hooks = { setScale: [follow], setCursor: [say], draw: mass ? [nameSticks] : [] };
  const yAxis = { label: "Scaled to 1", more: mass ? { values: unsigned } : {} };
  plots.push(
    makePlot(top, {
      data,
      series,
      height: difference === null ? 340 : 280,
      xAxis: difference === null ? name : { more: { size: 8, values: noTicks } },
      yAxis,
      yRange: mass && reference !== null ? balanced : padded(0.06),
      reversed,
      hooks,
      sync,
    }),
  );
  if (difference !== null) {
    const rest = [line("difference", "ink", { drawn: mass ? "sticks" : "line", width: 1.1 })];
    plots.push(
      makePlot(bottom, {
        data: difference,
        series: rest,
        height: 150,
        xAxis: name,
        yAxis: { label: "Difference" },
        yRange: balanced,
        reversed,
        hooks: { setScale: [follow], setCursor: [say] },
        sync,
      }),
    );
  }
  const full = [data[0][0], data[0][data[0].length - 1]];
  const scale = ([min, max]) => plots[0].plot.setScale("x", { min, max });
  const zoom = (factor) => {
    const { min, max } = plots[0].plot.scales.x;
    const [middle, half] = [(min + max) / 2, ((max - min) / 2) * factor];
    scale([Math.max(middle - half, full[0]), Math.min(middle + half, full[1])]);
  };
  return {
    remove: () => plots.forEach((p) => p.remove()),
    reset: () => scale(full),
    zoom,
    difference: difference !== null,
  };
}
