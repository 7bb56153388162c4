/* Helpers that every part of the page uses. Text of the data enters the page as text only, never as markup. */

const list = (value) => (Array.isArray(value) ? value : []);
const record = (value) => (value !== null && typeof value === "object" && !Array.isArray(value) ? value : {});
const number = (value) => (Number.isFinite(value) ? value : null);
const byId = (id) => document.getElementById(id);
const keyOf = (value) => (value === null || value === undefined || value === "" ? null : String(value));

/* Control characters and those that turn the direction of writing are shown by their number: a name must not be able to
   look like another one. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function clean(value) {
  if (value === null || value === undefined) return "";
  const named = (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
  return String(value).replace(HIDDEN, named);
}

/* An element with attributes (those that are null or false are left out), listeners ("on") and children. What is shown is
   cleaned; what only the page itself reads again ("value", "data-") stays as it is. */
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else
      made.setAttribute(
        name,
        value === true ? "" : name === "value" || name.startsWith("data-") ? String(value) : clean(value),
      );
  }
  fill(made, ...children);
  return made;
}

function fill(parent, ...children) {
  const usable = children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false && c !== "");
  parent.replaceChildren(...usable.map((c) => (c instanceof Node ? c : document.createTextNode(clean(c)))));
}

/* Text of the data, kept apart from the direction of writing of its surroundings. */
const said = (text, attributes) => el("bdi", attributes, text);

/* 10 000 with a narrow space that does not break. */
const grouped = (n) => String(Math.trunc(n)).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
const counted = (n, one, many) => `${grouped(n)} ${n === 1 ? one : many}`;

function percent(share) {
  const value = share * 100;
  if (value === 0) return "0";
  if (value < 0.01) return "<\u202f0.01";
  return value < 1 ? value.toFixed(2) : value.toFixed(1);
}

const units = (text) => clean(text).replaceAll("cm-1", "cm\u207b\u00b9");

function signed(value, digits = 1) {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? "\u2212" : "+") + text;
}

const minus = (text) => text.replace("-", "\u2212");

function when(text) {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(\.\d+)?)?Z$/.exec(clean(text));
  return found ? `${found[1]} ${found[2]} UTC` : clean(text);
}

/* The data of the page, or a sentence that says why there are none. */
function readData(expected) {
  const holder = byId("data");
  if (holder === null) return { problem: "This page is cut off: it holds no data. Copy it again from where it was made." };
  let data;
  try {
    data = JSON.parse(holder.textContent);
  } catch (error) {
    return {
      problem: `The data of this page cannot be read; the file is cut off or damaged. Copy it again from where it was made. (${error.message})`,
    };
  }
  holder.textContent = ""; // Else the text would stay in memory beside what was read from it.
  const schema = record(data).schema;
  if (schema === expected) return { data };
  return {
    problem: `This page holds data of the form "${clean(schema)}", but can show "${expected}" only. Use the page of the same program version.`,
  };
}

function sayProblem(sentence) {
  const problem = byId("problem");
  fill(problem, sentence);
  problem.hidden = false;
}

function plainTable(caption, head, rows) {
  const cell = (value) => el("td", {}, value instanceof Node ? value : said(value ?? "\u2013"));
  return el(
    "table",
    { class: "plain" },
    el("caption", {}, caption),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        head.map((h) => el("th", { scope: "col" }, h)),
      ),
    ),
    el(
      "tbody",
      {},
      rows.map((row) => el("tr", {}, row.map(cell))),
    ),
  );
}

/* Colours of the drawings: those of the page, or black and grey on paper. */
const PAPER = {
  query: "#000000",
  reference: "#6a6a6a",
  ink: "#000000",
  weak: "#444444",
  grid: "#dddddd",
  ground: "#ffffff",
};
let onPaper = false;
let colours = null;

function palette() {
  if (onPaper) return PAPER;
  if (colours === null) {
    const style = getComputedStyle(document.documentElement);
    const named = (name) => style.getPropertyValue(`--${name}`).trim();
    colours = Object.fromEntries(Object.keys(PAPER).map((name) => [name, named(name)]));
  }
  return colours;
}

/* Lines that stay apart without colour. */
const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3], [14, 4], [4, 2, 1, 2, 1, 2], [1, 4], [12, 2]];

/* What the page shows of a long list at once, with a button for more; on paper up to `paper`, where that is said. */
const longLists = [];

function longList(host, things, { first, next, paper, make, more }) {
  let shown = 0;
  const rest = el("p", { class: "more" });
  const grow = (to) => {
    while (shown < Math.min(to, things.length)) host.append(make(things[shown], shown++));
    const left = things.length - shown;
    rest.hidden = left === 0;
    const add = el(
      "button",
      { type: "button", on: { click: () => grow(shown + next) } },
      `Show ${grouped(Math.min(next, left))} more`,
    );
    fill(rest, el("span", {}, `${more(left)} `), add);
  };
  host.after(rest);
  grow(first);
  if (paper !== null) longLists.push({ expand: () => grow(paper) });
}
