/* Drawings: decoded when they are needed, compared on one axis, painted small. */

function bytes(base64) {
  const raw = atob(base64);
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return new DataView(out.buffer);
}

function ordinates(base64) {
  const view = bytes(base64);
  return Float64Array.from({ length: view.byteLength >> 1 }, (_, i) => view.getUint16(2 * i, true));
}

function abscissas(base64) {
  const view = bytes(base64);
  return Float64Array.from({ length: view.byteLength >> 2 }, (_, i) => view.getFloat32(4 * i, true));
}

const lowest = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
const highest = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);

function scaled(values, low) {
  const span = highest(values) - low;
  return values.map((v) => (span > 0 ? (v - low) / span : 0));
}

/* A drawing with its points in ascending order and its ordinate from 0 to 1; null where it cannot be read. */
function decode(drawing) {
  const d = record(drawing);
  try {
    const y = ordinates(d.y);
    if (d.k === "c") return curve(d, y);
    return d.k === "s" ? sticks(d, abscissas(d.x), y) : null;
  } catch {
    return null; // Not base64: the places that draw say that there is nothing to draw.
  }
}

function curve(d, y) {
  if (y.length < 2 || !Number.isFinite(d.x0) || !Number.isFinite(d.dx) || d.dx === 0) return null;
  const x = Float64Array.from(y, (_, i) => d.x0 + i * d.dx);
  if (d.dx < 0) [x, y].forEach((values) => values.reverse());
  return { sticks: false, unit: clean(d.u), x, y: scaled(y, lowest(y)), step: Math.abs(d.dx) };
}

function sticks(d, x, y) {
  if (x.length === 0 || x.length !== y.length || !x.every(Number.isFinite)) return null;
  const order = Array.from(x.keys()).sort((a, b) => x[a] - x[b]);
  const height = scaled(y, 0);
  return {
    sticks: true,
    unit: clean(d.u),
    x: Float64Array.from(order, (i) => x[i]),
    y: Float64Array.from(order, (i) => height[i]),
    step: 0,
  };
}

const moved = (drawing, by) => ({ ...drawing, x: drawing.x.map((x) => x + by) });

/* Infrared and near-infrared spectra are read from high to low wavenumber. */
const fromHigh = (technique, unit) => /infrared/.test(clean(technique)) && clean(unit).includes("cm-1");

function axisName(technique, unit) {
  const u = clean(unit);
  if (u === "cm-1") return units(/raman/i.test(clean(technique)) ? "Raman shift / cm-1" : "Wavenumber / cm-1");
  if (u === "nm" || u === "um") return `Wavelength / ${u === "um" ? "\u00b5m" : u}`;
  return units(u) || "Axis (unit not stated)";
}

function between(drawing, x) {
  const at = (x - drawing.x[0]) / drawing.step;
  const i = Math.min(Math.max(Math.floor(at), 0), drawing.x.length - 2);
  if (at < -1e-6 || at > drawing.x.length - 1 + 1e-6) return null;
  return drawing.y[i] + (drawing.y[i + 1] - drawing.y[i]) * (at - i);
}

const MOST_POINTS = 6000;

/* Curves at common places; where one has no value it is null. */
function alignedCurves(curves) {
  const low = lowest(curves.map((c) => c.x[0]));
  const high = highest(curves.map((c) => c.x[c.x.length - 1]));
  const step = Math.max(lowest(curves.map((c) => c.step)), (high - low) / MOST_POINTS);
  const x = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
  return { x, y: curves.map((c) => x.map((at) => between(c, at))) };
}

/* How far apart two peaks may lie and still be one. */
function tolerance(technique, unit) {
  if (clean(unit) !== "m/z") return 5;
  return clean(technique) === "ms-ms" ? 0.05 : 0.5;
}

/* Sticks of two drawings at common places: each stick with the nearest free one of the other within the tolerance. */
function alignedSticks(a, b, apart) {
  const taken = new Set();
  const rows = Array.from(a.x, (x, i) => {
    let best = null;
    b.x.forEach((other, j) => {
      const near = Math.abs(other - x);
      if (near <= apart && !taken.has(j) && (best === null || near < Math.abs(b.x[best] - x))) best = j;
    });
    if (best !== null) taken.add(best);
    return [x, a.y[i], best === null ? null : b.y[best]];
  });
  b.x.forEach((x, j) => taken.has(j) || rows.push([x, null, b.y[j]]));
  rows.sort((p, q) => p[0] - q[0]);
  return { x: rows.map((r) => r[0]), y: [rows.map((r) => r[1]), rows.map((r) => r[2])] };
}

/* Any drawings at all their places, without a value between. */
function alignedPlaces(drawings) {
  const rows = drawings.flatMap((d, k) => Array.from(d.x, (x, i) => [x, k, d.y[i]])).sort((p, q) => p[0] - q[0]);
  return { x: rows.map((r) => r[0]), y: drawings.map((_, k) => rows.map((r) => (r[1] === k ? r[2] : null))) };
}

/* A small overlay (curves) or mirror (two mass spectra) on a canvas. */
function paintSmall(canvas, query, reference, reversed) {
  const scale = onPaper ? 3 : Math.max(window.devicePixelRatio || 1, 1);
  const [w, h] = [Number(canvas.dataset.w), Number(canvas.dataset.h)];
  canvas.width = Math.round(w * scale);
  canvas.height = Math.round(h * scale);
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  const mirror = query.sticks && reference !== null && reference.sticks;
  const all = mirror ? [query, reference] : [query];
  const low = lowest(all.map((d) => d.x[0]));
  const span = highest(all.map((d) => d.x[d.x.length - 1])) - low || 1;
  const across = (x) => 2 + (w - 4) * (reversed ? 1 - (x - low) / span : (x - low) / span);
  const base = mirror ? h / 2 : h - 2;
  const reach = mirror ? h / 2 - 2 : h - 4;
  const paint = (d, up, colour, dash, width) => {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.setLineDash(dash);
    pen.beginPath();
    let open = false;
    d.x.forEach((x, i) => {
      if (x < low - span * 0.001 || x > low + span * 1.001) return;
      const [px, py] = [across(x), base - up * reach * d.y[i]];
      if (d.sticks) pen.moveTo(px, base);
      if (d.sticks || open) pen.lineTo(px, py);
      else pen.moveTo(px, py);
      open = true;
    });
    pen.stroke();
  };
  const { query: ink, reference: other, weak } = palette();
  if (reference !== null) paint(reference, mirror ? -1 : 1, other, mirror ? [] : [3, 2], 1.1);
  paint(query, 1, ink, [], 1.1);
  if (!mirror) return;
  pen.strokeStyle = weak;
  pen.lineWidth = 0.5;
  pen.setLineDash([]);
  pen.strokeRect(2, base, w - 4, 0);
}
