/* What stands below the plot: what rises, first detections, unknowns, samples without a date, notes. */

const MOST_ON_PAPER = 200;

/* A table whose rows come as they are asked for. */
function growingTable(host, { head, rows, make, none }) {
  if (rows.length === 0) {
    fill(host, el("p", { class: "weak" }, none));
    return;
  }
  const body = el("tbody");
  const cells = head.map((h) => el("th", { scope: "col" }, h));
  const table = el("table", { class: "plain tabled" }, el("thead", {}, el("tr", {}, cells)), body);
  const holder = el("div", { class: "wide" }, table);
  host.append(holder);
  // The button stands after the table, not in it.
  const rest = { append: (row) => body.append(row), after: (more) => holder.after(more) };
  longList(rest, rows, {
    first: 25,
    next: 100,
    paper: MOST_ON_PAPER,
    make,
    more: (left) => `${counted(left, "row", "rows")} more.`,
  });
}

const dash = "\u2013";
const cell = (content, attributes) => el("td", attributes, content instanceof Node ? content : said(keyOf(content) ?? dash));
const rowOf = (cells, attributes) => el("tr", attributes, cells.map((c) => (c instanceof Element && c.tagName === "TD" ? c : cell(c))));

function subjectLink(thing) {
  const name = keyOf(thing.name) ?? "(no name)";
  return el(
    "button",
    { type: "button", class: "link", on: { click: () => showOnly(thing.kind, thing.key) } },
    said(name),
  );
}

function probability(p) {
  if (number(p) === null) return dash;
  return p < 0.0001 ? "<\u202f0.0001" : p.toFixed(4);
}

function shareWords(given) {
  const share = record(given);
  return `${grouped(share.seizures)} of ${grouped(share.of)}, ${percent(share.share)} % (${percent(share.low)} to ${percent(share.high)})`;
}

function buildRising() {
  const rising = record(trends.data.rising);
  const host = byId("rising-body");
  const windows = list(rising.windows).map(record);
  if (windows.length !== 2) {
    fill(host, el("p", { class: "weak" }, `Not tested: ${clean(rising.not_tested)}.`));
    return;
  }
  const [recent, before] = windows;
  const tests = list(rising.tests).map(record);
  const count = tests.filter((t) => t.rising === true).length;
  fill(
    host,
    el(
      "p",
      { id: "rising-said" },
      `${count} of ${counted(rising.looked_at, "substance or group of unknowns", "substances and groups of unknowns")} that were looked at: ${recent.from} to ${recent.to} (${counted(recent.seizures, "judged seizure", "judged seizures")}) against ${before.from} to ${before.to} (${counted(before.seizures, "judged seizure", "judged seizures")}).`,
    ),
    el(
      "p",
      { class: "hint" },
      `Fisher\u2019s exact test by seizure, one-sided; p adjusted for all that were looked at (Holm); rising below ${rising.level}. Shares with 95 % intervals (Wilson). A laboratory\u2019s choice of cases can make a rise.`,
    ),
  );
  growingTable(host, {
    head: ["Substance or group", "Recent share", "Share before", "p", "p adjusted", "Rising"],
    rows: tests,
    none: "Nothing was looked at.",
    make: (t) =>
      rowOf(
        [
          cell(subjectLink(t)),
          shareWords(t.recent),
          shareWords(t.before),
          cell(probability(t.p), { class: "n" }),
          cell(probability(t.adjusted), { class: "n" }),
          t.rising === true
            ? t.recent_without_case > 0
              ? `rising (${t.recent_without_case} without case number)`
              : "rising"
            : dash,
        ],
        t.rising === true ? { class: "rises" } : {},
      ),
  });
}

const seenCells = (seen) => [seen.sample, seen.case, seen.place, seen.origin];

function buildFirst() {
  growingTable(byId("first-body"), {
    head: ["Date", "Substance or group", "Certainty", "Sample", "Case", "Place", "Run or manifest", "First confirmed"],
    rows: list(trends.data.first).map(record),
    none: "Nothing with a date is named.",
    make: (f) =>
      rowOf([
        f.day,
        cell(subjectLink(f)),
        f.certainty ?? "unknown",
        ...seenCells(f),
        f.certainty === "confirmed" ? "the same" : record(f.first_confirmed).day,
      ]),
  });
}

function buildUnknown() {
  growingTable(byId("unknown-body"), {
    head: ["Group", "Technique", "Samples", "Seizures", "First", "Last", "Places", "Runs"],
    rows: list(trends.data.unknown_groups).map(record),
    none: "No two unknowns are alike.",
    make: (g) =>
      rowOf([
        cell(subjectLink({ kind: "unknown", key: g.key, name: g.name })),
        list(g.techniques).join(", "),
        cell(g.samples, { class: "n" }),
        cell(g.seizures, { class: "n" }),
        record(g.first).day,
        record(g.last).day,
        list(g.places).join(", "),
        list(g.runs).join(", "),
      ]),
  });
}

function buildUndated() {
  const undated = list(trends.data.undated).map(record);
  const host = byId("undated-body");
  const all = number(trends.data.undated_count) ?? undated.length;
  if (all > 0)
    fill(
      host,
      el(
        "p",
        { id: "undated-said" },
        `${counted(all, "judged sample has", "judged samples have")} no date that can be used and ${all === 1 ? "is" : "are"} in no count above.${all > undated.length ? ` The first ${grouped(undated.length)} are listed.` : ""}`,
      ),
    );
  growingTable(host, {
    head: ["Found", "Certainty", "Sample", "Case", "Place", "Run or manifest"],
    rows: undated,
    none: "All judged samples have a date.",
    make: (u) => rowOf([u.found, u.certainty, ...seenCells(u)]),
  });
}

function buildNotes() {
  const host = byId("notes-body");
  const items = list(trends.data.notes).map((note) => el("li", {}, said(note)));
  fill(host, el("ul", { class: "sentences" }, items));
  const doubts = list(trends.data.doubts).map(record);
  if (doubts.length === 0) return;
  const all = number(trends.data.doubts_count) ?? doubts.length;
  host.append(
    el("h3", {}, all > doubts.length ? `Doubts, the first ${grouped(doubts.length)} of ${grouped(all)}` : "Doubts"),
  );
  growingTable(host, {
    head: ["Date", "Sample", "Case", "Place", "Run or manifest", "Doubt"],
    rows: doubts,
    none: "",
    make: (d) => rowOf([d.day, ...seenCells(d), d.doubt]),
  });
}
