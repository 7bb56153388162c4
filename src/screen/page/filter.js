/* Which samples are shown: the choices, what each lets through, and the controls for them. */

/* A choice is "" for all, "=value", "0" for not stated, and for the second look also one of these two. */
const [ANY, NONE] = ["any", "none"];
const nothingChosen = () => ({
  text: "",
  verdict: "",
  control: "",
  class: "",
  case: "",
  technique: "",
  look: "",
  cluster: null,
});
const chosen = nothingChosen();
const anyChosen = () => Object.values(chosen).some((v) => v !== "" && v !== null);
const choiceOf = (key) => (key === null ? "0" : `=${key}`);

const FACETS = [
  {
    name: "verdict",
    label: "Verdict",
    from: "verdict",
    title: "By verdict",
    word: verdictWord,
    of: (row) => [row.verdict],
  },
  {
    name: "control",
    label: "Control status",
    from: "control",
    title: "By control status, strictest first",
    word: clean,
    of: (row) => [row.control],
  },
  { name: "class", label: "Class", from: "class", title: "By class", word: clean, of: (row) => [row.class] },
  { name: "case", label: "Case", from: "case", title: "By case", word: clean, of: (row) => [row.case] },
  {
    name: "technique",
    label: "Technique",
    word: techniqueWord,
    of: (row) => (row.techniques.length > 0 ? row.techniques : [null]),
  },
  {
    name: "look",
    label: "Second look",
    from: "second_look",
    title: "By reason for a second look",
    word: lookSentence,
    of: (row) => row.flags.map((f) => f.key),
  },
];
const MOST_CHOICES = 500;
const controls = {};
let afterFilter = () => {};

function lets(facet, choice, row) {
  if (choice === ANY) return row.priority > 0;
  if (choice === NONE) return row.priority <= 0;
  return facet.of(row).some((key) => choiceOf(key) === choice);
}

function passes(row, words) {
  if (chosen.cluster !== null && row.cluster !== chosen.cluster) return false;
  for (const facet of FACETS) {
    const choice = chosen[facet.name];
    if (choice !== "" && !lets(facet, choice, row)) return false;
  }
  return words.length === 0 || words.every((w) => textOf(row).includes(w));
}

function filtered(order) {
  const words = chosen.text
    .toLowerCase()
    .split(/\s+/)
    .filter((w) => w !== "");
  return Array.from(order).filter((i) => passes(run.rows[i], words));
}

/* The values of a facet in the order of the counts, then those that only the samples have. */
function choicesOf(facet) {
  const known = facet.from === undefined ? [] : counts(facet.from).map((pair) => keyOf(pair[0]));
  const all = new Set(known);
  run.rows.forEach((row) => facet.of(row).forEach((key) => all.add(key)));
  return [...all].filter((key) => key !== null).concat(all.has(null) ? [null] : []);
}

function choose(changes) {
  Object.assign(chosen, changes);
  for (const [name, control] of Object.entries(controls)) {
    if (control.value === chosen[name]) continue;
    control.value = chosen[name];
    if (control.value === chosen[name]) continue;
    control.append(el("option", { value: chosen[name] }, chosen[name].slice(1))); // Beyond MOST_CHOICES.
    control.value = chosen[name];
  }
  afterFilter();
}

function selectFor(facet) {
  const choices = choicesOf(facet);
  const shown = choices.slice(0, MOST_CHOICES);
  const word = facet.name === "look" ? lookWord : facet.word;
  const options = shown.map((key) => el("option", { value: choiceOf(key) }, key === null ? NOT_STATED : word(key)));
  const extra =
    facet.name === "look"
      ? [el("option", { value: ANY }, "Any reason"), el("option", { value: NONE }, "No second look needed")]
      : [];
  const left = choices.length - shown.length;
  const rest = left > 0 ? el("option", { disabled: true }, `${grouped(left)} more: use the search`) : null;
  const select = el("select", { id: `by-${facet.name}`, on: { change: () => choose({ [facet.name]: select.value }) } });
  fill(select, el("option", { value: "" }, "All"), extra, options, rest);
  controls[facet.name] = select;
  return el("label", { class: "control" }, el("span", {}, facet.label), select);
}

function buildFilters() {
  const text = el("input", {
    id: "by-text",
    type: "search",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "Label, case, item, name, file",
    on: { input: () => choose({ text: text.value }) },
  });
  controls.text = text;
  const clear = el(
    "button",
    { id: "clear", type: "button", on: { click: () => choose(nothingChosen()) } },
    "Clear filters",
  );
  const form = byId("filters");
  fill(form, el("label", { class: "control wide" }, el("span", {}, "Search"), text), FACETS.map(selectFor), clear);
  form.addEventListener("submit", (event) => event.preventDefault());
}

/* The sentence under the filters. */
function shownSentence(shown) {
  const all = run.rows.length;
  const need = run.rows.filter((row) => row.priority > 0).length;
  const part = anyChosen()
    ? `${grouped(shown)} of ${counted(all, "sample", "samples")} shown.`
    : `${counted(all, "sample", "samples")}, of which ${grouped(need)} ${need === 1 ? "needs" : "need"} a second look.`;
  if (chosen.cluster === null) return [part];
  const drop = el(
    "button",
    { type: "button", class: "chip", on: { click: () => choose({ cluster: null }) } },
    `Only group ${chosen.cluster} of the emerging unknowns \u00d7`,
  );
  return [part, " ", drop];
}

const FIRST_BARS = 6;

/* A list of counts as bars; a bar chooses its value. */
function barList(facet) {
  const pairs = counts(facet.from);
  const most = highest(pairs.map((p) => p[1]).concat(1));
  const items = el("ul", { class: "barlist" });
  const bar = ([value, n]) => {
    const key = keyOf(value);
    const choice = choiceOf(key);
    const word = key === null ? NOT_STATED : facet.word(key);
    const set = () => choose({ [facet.name]: chosen[facet.name] === choice ? "" : choice });
    const fillBar = el("span", { class: "fill", "aria-hidden": "true" });
    fillBar.style.width = `${Math.max((n / most) * 100, n > 0 ? 1 : 0)}%`;
    const name = el("span", { class: "name" }, said(word));
    const track = el("span", { class: "track", "aria-hidden": "true" }, fillBar);
    const about = {
      type: "button",
      class: "bar",
      title: word,
      "data-facet": facet.name,
      "data-choice": choice,
      on: { click: set },
    };
    const pressed = String(chosen[facet.name] === choice);
    return el(
      "li",
      {},
      el("button", { ...about, "aria-pressed": pressed }, name, el("span", { class: "n" }, grouped(n)), track),
    );
  };
  const box = el("div", { class: "count", role: "group", "aria-label": facet.title }, el("h3", {}, facet.title), items);
  if (pairs.length === 0) items.append(el("li", { class: "weak" }, "None"));
  longList(items, pairs, {
    first: FIRST_BARS,
    next: 50,
    paper: 12,
    make: bar,
    more: (left) => `${grouped(left)} more.`,
  });
  return box;
}

function buildBars() {
  fill(byId("bars"), FACETS.filter((f) => f.from !== undefined).map(barList));
}

function markBars() {
  for (const bar of document.querySelectorAll("button.bar")) {
    bar.setAttribute("aria-pressed", String(chosen[bar.dataset.facet] === bar.dataset.choice));
  }
}
