/* What the page knows of a run: the data as given, and one row for each sample. */

const VERDICTS = {
  identified: ["\u25cf", "Identified"],
  "class-only": ["\u25d0", "Class only"],
  inconclusive: ["\u25cb", "Inconclusive"],
  "not-in-library": ["\u25c7", "Not in library"],
  disagreeing: ["\u2260", "Disagreeing"],
  unusable: ["\u00d7", "Unusable"],
  "left-out": ["\u2013", "Left out"],
};
const LOOKS = {
  "look-alikes": "Look-alikes",
  disagreeing: "Disagreeing",
  axis: "Axis",
  quality: "Quality",
  "not-in-library": "Not in library",
  "class-only": "Class only",
  alert: "Alert",
  notice: "Notice of another laboratory",
  component: "Component",
  "missing-field": "Missing field",
  unusable: "Unusable",
  inconclusive: "Inconclusive",
  "error-rate": "Error rate",
  partial: "Part of spectra",
  "same-bytes": "Same bytes",
};
const TECHNIQUES = {
  raman: "Raman",
  infrared: "Infrared",
  "near-infrared": "Near-infrared",
  "ei-ms": "EI mass spectrum",
  "ms-ms": "MS/MS",
  unknown: "Unknown technique",
};
const QUALITIES = ["good", "limited", "poor"];
const NOT_STATED = "not stated";

const own = (map, key) => (Object.hasOwn(map, key) ? map[key] : null);
const verdictWord = (key) => own(VERDICTS, key)?.[1] ?? clean(key ?? "No verdict");
const lookWord = (key) => own(LOOKS, key) ?? clean(key);
const techniqueWord = (key) => (key === null ? "Technique not stated" : (own(TECHNIQUES, key) ?? clean(key)));

/* The spectrum that stands for a sample, and its first candidate that can be drawn. */
function standing(sample) {
  const spectrum =
    list(sample.spectra)
      .map(record)
      .find((s) => s.drawing) ?? null;
  const candidate =
    spectrum &&
    (list(spectrum.candidates)
      .map(record)
      .find((c) => Number.isInteger(c.reference)) ??
      null);
  return { spectrum, candidate };
}

/* The names as an element; a candidate in weaker type, so that nobody takes it for a result. */
function namesShown({ names }, strong) {
  if (names.text === "") return null;
  return el(
    "span",
    { class: names.result ? strong : "candidate", title: names.before + names.text },
    names.before,
    said(names.text),
  );
}

function bestCandidate(sample) {
  const lists = list(sample.spectra).map((s) => list(record(s).candidates));
  return keyOf(record(lists.find((c) => c.length > 0)?.[0]).name);
}

/* What a sample with GC-MS runs is made of, each substance in a sentence. */
const componentsOf = (sample) =>
  list(sample.components)
    .map(keyOf)
    .filter((c) => c !== null);

/* The names that a sample is given. Only an identified sample has a result; else they are candidates. */
function namesOf(sample) {
  const names = list(sample.names)
    .map(keyOf)
    .filter((n) => n !== null);
  const components = componentsOf(sample);
  if (sample.verdict === "identified" && components.length > 0)
    return { result: true, before: "", text: components.join(", ") };
  if (sample.verdict === "identified" && names.length > 0)
    return { result: true, before: names.length > 1 ? `one of ${names.length}: ` : "", text: names.join(" or ") };
  if (names.length > 0)
    return {
      result: false,
      before: names.length > 1 ? "best candidates: " : "best candidate: ",
      text: names.join(", "),
    };
  const best = bestCandidate(sample);
  return { result: false, before: best === null ? "" : "best candidate: ", text: best ?? "" };
}

function rowOf(given, index) {
  const sample = record(given);
  const techniques = list(sample.technique)
    .map(keyOf)
    .filter((t) => t !== null);
  const flags = list(sample.flags)
    .map((f) => list(f))
    .filter((f) => keyOf(f[0]) !== null);
  return {
    index,
    sample,
    label: keyOf(sample.label) ?? "(no label)",
    case: keyOf(sample.case),
    verdict: keyOf(sample.verdict),
    names: namesOf(sample),
    control: keyOf(sample.control),
    class: keyOf(sample.class),
    score: number(sample.score),
    rate: list(sample.rate).every(Number.isFinite) && list(sample.rate).length === 3 ? sample.rate : null,
    quality: keyOf(sample.quality),
    techniques,
    flags: flags.map(([key, sentence]) => ({
      key: String(key),
      sentence: keyOf(sentence) ?? lookSentence(String(key)),
    })),
    priority: number(sample.priority) ?? 0,
    cluster: number(sample.cluster),
    text: null,
  };
}

/* All that the free text is looked for in. */
function textOf(row) {
  if (row.text === null) {
    const { sample } = row;
    const fields = list(sample.fields).map((f) => list(f)[1]);
    const spectra = list(sample.spectra)
      .map(record)
      .flatMap((s) => [s.path, s.id]);
    const parts = [row.label, row.case, ...fields, ...list(sample.names), row.names.text, ...list(sample.hints), ...spectra];
    row.text = parts.map(clean).join("\n").toLowerCase();
  }
  return row.text;
}

const run = { data: {}, rows: [], references: [] };

function lookSentence(key) {
  return keyOf(own(record(run.data.second_look_words), key)) ?? lookWord(key);
}

function takeData(data) {
  run.data = data;
  run.references = list(data.references).map(record);
  run.rows = list(data.samples).map(rowOf);
}

const counts = (name) =>
  list(record(run.data.counts)[name])
    .map(list)
    .filter((pair) => Number.isFinite(pair[1]));

function referenceOf(candidate) {
  const found = run.references[record(candidate).reference];
  return found === undefined ? null : found;
}

function paintThumbnail(canvas, sample) {
  const { spectrum, candidate } = standing(sample);
  const query = spectrum === null ? null : decode(spectrum.drawing);
  if (query === null) return false;
  const reference = referenceOf(candidate);
  const other = reference === null ? null : decode(reference.drawing);
  paintSmall(canvas, query, other, fromHigh(spectrum.technique, query.unit));
  return true;
}

/* A canvas with the thumbnail of a sample, or words where there is nothing to draw. */
function thumbnail(row, w, h) {
  const canvas = el("canvas", { class: "thumb", role: "img", "data-w": w, "data-h": h });
  if (!paintThumbnail(canvas, row.sample)) return el("span", { class: "weak" }, "no drawing");
  const { candidate } = standing(row.sample);
  const with_ = candidate === null ? "alone" : `with its candidate ${clean(candidate.name)}`;
  canvas.setAttribute("aria-label", `Spectrum of ${clean(row.label)} ${with_}`);
  return canvas;
}

const MOST_BADGES = 3;

function badges(row, most = MOST_BADGES) {
  const shown = row.flags.slice(0, most).map((f) => el("span", { class: "badge", title: f.sentence }, lookWord(f.key)));
  const left = row.flags.slice(most);
  if (left.length > 0)
    shown.push(el("span", { class: "badge", title: left.map((f) => f.sentence).join("\n") }, `+${left.length}`));
  return shown;
}

function verdictMark(key) {
  const known = own(VERDICTS, key);
  const sign = el(
    "span",
    { class: `sign ${known === null ? "" : `v-${key}`}`, "aria-hidden": "true" },
    known?.[0] ?? "\u00b7",
  );
  return [sign, said(verdictWord(key))];
}

const interval = (rate) => `${percent(rate[1])}\u2013${percent(rate[2])}\u00a0%`;
