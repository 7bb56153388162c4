/* The controls: what is counted, what the lines are of, filters, which lines are drawn. */

function control(id, label, options, value, act, wide) {
  const choices = options.map(([key, name]) => el("option", { value: key, selected: key === value }, name));
  const select = el("select", { id: `by-${id}`, on: { change: (event) => act(event.target.value) } }, choices);
  return el("label", { class: wide ? "control wide" : "control" }, el("span", {}, label), select);
}

function optionsOf(field) {
  const [kind, , all] = FIELDS[field];
  const sums = new Map();
  for (const row of trends.rows) {
    const at = row[FIRST_FIELD + field];
    if (Number.isInteger(at)) sums.set(at, (sums.get(at) ?? 0) + row[SAMPLES]);
  }
  const made = [...sums]
    .filter(([at]) => trends.subjects[at]?.kind === kind)
    .sort((a, b) => b[1] - a[1] || (subjectName(a[0]) < subjectName(b[0]) ? -1 : 1))
    .map(([at, n]) => [String(at), `${subjectName(at)} (${grouped(n)})`]);
  return [["", all], ...made];
}

function buildChoice() {
  const line = FIELDS.map(([, label], at) => [String(at), label]);
  line.push([String(FIELDS.length), "All in one line"]);
  const change = (act) => (value) => {
    act(value);
    chosen.lines = null;
    showLines();
  };
  const filter = (field) =>
    change((value) => (value === "" ? chosen.filters.delete(field) : chosen.filters.set(field, Number(value))));
  fill(
    byId("choice"),
    control("count", "What is counted", COUNTS, chosen.count, change((value) => (chosen.count = value))),
    control("of", "A line for each", line, String(chosen.of), change((value) => (chosen.of = Number(value)))),
    FIELDS.slice(0, 4).map(([kind, label], field) => control(kind, label, optionsOf(field), "", filter(field), field === 0)),
    control("certainty", "Certainty", CERTAINTIES, "", change((value) => (chosen.certainty = value))),
    el("button", { type: "button", id: "clear", on: { click: clearChoice } }, "Clear"),
  );
}

function clearChoice() {
  Object.assign(chosen, { count: "seizures", of: 0, certainty: "", lines: null });
  chosen.filters.clear();
  buildChoice();
  showLines();
}

/* Shows what is chosen: the list of lines, the plot and its numbers. */
function showLines() {
  const lines = linesOf();
  const known = new Set(lines.map((l) => l.at));
  const kept = chosen.lines === null ? [] : chosen.lines.filter((at) => known.has(at));
  chosen.lines = chosen.lines === null ? lines.slice(0, FIRST_LINES).map((l) => l.at) : kept;
  const drawn = chosen.lines.map((at) => lines.find((l) => l.at === at));
  const host = el("div");
  fill(byId("lines-body"), host);
  longList(host, lines, {
    first: 30,
    next: 100,
    paper: null,
    make: (l) => lineBox(l),
    more: (left) => `${counted(left, "line", "lines")} more.`,
  });
  const countName = COUNTS.find((c) => c[0] === chosen.count)[1];
  fill(
    byId("said"),
    lines.length === 0
      ? "Nothing matches this choice."
      : `${countName}: ${counted(drawn.length, "line", "lines")} of ${grouped(lines.length)} drawn (at most ${MOST_LINES}).`,
  );
  drawLines(drawn, countName);
  showNumbers(drawn, countName);
}

function lineBox(line) {
  const on = chosen.lines.includes(line.at);
  const act = (event) => {
    const rest = chosen.lines.filter((at) => at !== line.at);
    chosen.lines = event.target.checked ? [...rest, line.at].slice(-MOST_LINES) : rest;
    const scrolled = byId("lines").scrollTop;
    showLines();
    byId("lines").scrollTop = scrolled;
    byId("lines-body").querySelector(`input[data-line="${line.at}"]`)?.focus();
  };
  return el(
    "label",
    {},
    el("input", { type: "checkbox", checked: on, "data-line": line.at, on: { change: act } }),
    said(line.name),
    el("span", { class: "n" }, chosen.count === "share" ? grouped(line.sum) : String(line.sum)),
  );
}

/* Draws one subject alone, from one of the tables below. */
function showOnly(kind, key) {
  const at = trends.subjects.findIndex((s) => s.kind === kind && s.key === key);
  const field = FIELDS.findIndex((f) => f[0] === kind);
  if (at < 0 || field < 0) return;
  Object.assign(chosen, { count: "share", of: field, certainty: "", lines: [at] });
  chosen.filters.clear();
  buildChoice();
  showLines();
  byId("series").scrollIntoView();
  byId("by-count").focus();
}
