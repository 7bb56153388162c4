/* What the page knows: rows of samples that are alike in all that is counted, and what is chosen of them. */

const FIELDS = [
  ["substance", "Substance", "All substances"],
  ["class", "Class", "All classes"],
  ["place", "Place", "All places"],
  ["status", "Control status", "Any status"],
  ["unknown", "Group of unknowns", "All unknowns"],
];
const FIRST_FIELD = 2; // Place of the first of these in a row: before it stand period and seizure.
const [CERTAINTY, SAMPLES, KG, LITRES, TABLETS] = [7, 8, 9, 10, 11];
const COUNTS = [
  ["seizures", "Seizures"],
  ["share", "Share of judged seizures / %"],
  ["samples", "Samples"],
  ["kg", "Quantity / kg"],
  ["l", "Quantity / l"],
  ["tablets", "Quantity / tablets"],
];
const CERTAINTIES = [
  ["", "Any certainty"],
  ["1", "Confirmed"],
  ["2", "Presumptive"],
];
const MOST_LINES = 8;
const FIRST_LINES = 5;

let trends = null;

/* What is chosen: what is counted, what a line is of, filters by the place of a field in a row, lines. */
const chosen = { count: "seizures", of: 0, filters: new Map(), certainty: "", lines: null };

function takeTrends(data) {
  trends = {
    data,
    periods: list(data.periods).map(String),
    subjects: list(data.subjects).map((s) => ({ kind: s[0], key: s[1], name: keyOf(s[2]) ?? "(no name)" })),
    seizures: list(data.seizures),
    rows: list(data.rows),
  };
}

const subjectName = (at) => trends.subjects[at]?.name ?? "All that is chosen";

/* Rows that pass the filters on all fields of `only`, or on all. */
function chosenRows(only) {
  const filters = [...chosen.filters].filter(([field]) => only === undefined || only.includes(field));
  const certain = only === undefined && chosen.certainty !== "" ? Number(chosen.certainty) : null;
  return trends.rows.filter(
    (row) => filters.every(([field, at]) => row[FIRST_FIELD + field] === at) && (certain === null || row[CERTAINTY] === certain),
  );
}

const zeros = () => new Array(trends.periods.length).fill(0);

/* Samples, seizures and quantities by period. A seizure counts once, in the period of its first day. */
function countRows(rows) {
  const made = { samples: zeros(), seizures: zeros(), kg: zeros(), l: zeros(), tablets: zeros() };
  const seen = new Set();
  for (const row of rows) {
    const period = row[0];
    made.samples[period] += row[SAMPLES];
    made.kg[period] += row[KG];
    made.l[period] += row[LITRES];
    made.tablets[period] += row[TABLETS];
    if (seen.has(row[1])) continue;
    seen.add(row[1]);
    const own = trends.seizures[row[1]];
    if (Number.isInteger(own)) made.seizures[own] += 1;
  }
  return made;
}

/* The lines that can be drawn, the largest first: what each is of, its values by period, its sum. Where nothing was judged
   (at the place that is chosen) there is no value. */
function linesOf() {
  const place = FIELDS.findIndex((f) => f[0] === "place");
  const judged = countRows(chosenRows([place]));
  const field = FIRST_FIELD + chosen.of;
  const byLine = new Map();
  for (const row of chosenRows()) {
    const at = chosen.of === FIELDS.length ? null : row[field];
    if (chosen.of < FIELDS.length && !Number.isInteger(at)) continue;
    if (!byLine.has(at)) byLine.set(at, []);
    byLine.get(at).push(row);
  }
  const lines = [...byLine].map(([at, rows]) => {
    const counts = countRows(rows);
    const name = at === null ? "All that is chosen" : subjectName(at);
    const raw = chosen.count === "share" ? counts.seizures : counts[chosen.count];
    const values = raw.map((n, p) => {
      if (judged.samples[p] === 0) return null;
      if (chosen.count !== "share") return tidy(n);
      return judged.seizures[p] === 0 ? null : (100 * n) / judged.seizures[p];
    });
    return { at, name, values, sum: tidy(raw.reduce((a, b) => a + b, 0)) };
  });
  return lines.sort((a, b) => b.sum - a.sum || (a.name < b.name ? -1 : 1));
}

/* Sums of decimal numbers without what binary fractions add at their end. */
const tidy = (value) => Number(value.toPrecision(12));
const shownNumber = (value) =>
  value === null || value === undefined ? "not screened" : chosen.count === "share" ? value.toFixed(1) : String(tidy(value));
