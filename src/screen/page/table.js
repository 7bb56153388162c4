/* The table of samples: only the rows in view are in the page. */

const ROW_HEIGHT = 52; // As in the style.
const BEYOND = 6;

const table = { column: "look", down: true, sorted: [], order: [], at: 0, drawn: new Map(), keys: new Map() };

/* A number for each sample by which a column sorts; texts become their places in the alphabet. */
function sortKeys(column) {
  if (!table.keys.has(column.name)) {
    const value = column.sort();
    const values = run.rows.map(value);
    const texts = [...new Set(values.map((v) => v?.text).filter((t) => typeof t === "string"))];
    const collator = new Intl.Collator("en", { numeric: true });
    const place = new Map(texts.sort(collator.compare).map((t, i) => [t, i]));
    table.keys.set(
      column.name,
      Float64Array.from(values, (v) => (typeof v === "number" ? v : (place.get(v.text) ?? NaN))),
    );
  }
  return table.keys.get(column.name);
}

function sortRows() {
  const keys = sortKeys(COLUMNS.find((c) => c.name === table.column));
  const way = table.down ? -1 : 1;
  table.sorted = Int32Array.from(run.rows.keys()).sort((a, b) => {
    const [p, q] = [keys[a], keys[b]];
    if (Number.isNaN(p) || Number.isNaN(q)) return Number.isNaN(p) - Number.isNaN(q) || a - b;
    return way * (p - q) || a - b;
  });
}

function sortBy(column) {
  table.down = table.column === column.name ? !table.down : column.down === true;
  table.column = column.name;
  sortRows();
  showRows();
}

function buildHead() {
  const head = byId("grid-head");
  fill(
    head,
    COLUMNS.map((column) => {
      const button = el(
        "button",
        { type: "button", title: column.title ?? null, on: { click: () => sortBy(column) } },
        column.label,
        el("span", { class: "arrow", "aria-hidden": "true" }),
      );
      return el(
        "th",
        { scope: "col", role: "columnheader", class: `c-${column.name}`, "data-column": column.name },
        button,
      );
    }),
  );
}

function markHead() {
  for (const th of byId("grid-head").children) {
    const sorts = th.dataset.column === table.column;
    th.setAttribute("aria-sort", sorts ? (table.down ? "descending" : "ascending") : "none");
    th.querySelector(".arrow").textContent = sorts ? (table.down ? "\u25bc" : "\u25b2") : "";
  }
}

/* Filters again and shows from the top. */
function showRows() {
  table.order = filtered(table.sorted);
  table.at = 0;
  byId("scroll").scrollTop = 0;
  byId("grid").setAttribute("aria-rowcount", String(table.order.length + 1));
  fill(byId("shown"), shownSentence(table.order.length));
  byId("none").hidden = table.order.length > 0;
  byId("clear").disabled = !anyChosen();
  markHead();
  markBars();
  clearRows();
  drawRows();
}

function clearRows() {
  table.drawn.clear();
  byId("grid-body").replaceChildren(spacer("above"), spacer("below"));
}

function spacer(place) {
  return el(
    "tr",
    { class: `spacer ${place}`, role: "presentation", "aria-hidden": "true" },
    el("td", { role: "presentation" }),
  );
}

function rowAt(position) {
  const row = run.rows[table.order[position]];
  const cells = COLUMNS.map((column) =>
    el("td", { class: `c-${column.name}`, role: "gridcell" }, el("div", { class: "cell" }, column.cell(row))),
  );
  return el(
    "tr",
    {
      id: `row-${position}`,
      role: "row",
      "aria-rowindex": position + 2,
      "data-index": row.index,
      "data-position": position,
    },
    cells,
  );
}

function drawRows() {
  const [box, body] = [byId("scroll"), byId("grid-body")];
  const first = Math.max(Math.floor(box.scrollTop / ROW_HEIGHT) - BEYOND, 0);
  const last = Math.min(Math.ceil((box.scrollTop + box.clientHeight) / ROW_HEIGHT) + BEYOND, table.order.length);
  for (const [position, tr] of table.drawn) {
    if (position >= first && position < last) continue;
    tr.remove();
    table.drawn.delete(position);
  }
  const [above, below] = [body.firstElementChild, body.lastElementChild];
  let before = above;
  for (let position = first; position < last; position++) {
    let tr = table.drawn.get(position);
    if (tr === undefined) {
      tr = rowAt(position);
      before.after(tr);
      table.drawn.set(position, tr);
    }
    before = tr;
  }
  above.firstElementChild.style.height = `${first * ROW_HEIGHT}px`;
  below.firstElementChild.style.height = `${Math.max(table.order.length - last, 0) * ROW_HEIGHT}px`;
  above.hidden = first === 0;
  below.hidden = last >= table.order.length;
  markCurrent();
}

function markCurrent() {
  const grid = byId("grid");
  for (const [position, tr] of table.drawn) {
    tr.setAttribute("aria-selected", String(position === table.at));
  }
  if (table.drawn.has(table.at)) grid.setAttribute("aria-activedescendant", `row-${table.at}`);
  else grid.removeAttribute("aria-activedescendant");
}

/* Makes a row the current one and brings it into view. */
function goTo(position) {
  if (table.order.length === 0) return;
  table.at = Math.min(Math.max(position, 0), table.order.length - 1);
  const box = byId("scroll");
  const head = byId("grid-head").offsetHeight;
  const top = table.at * ROW_HEIGHT;
  if (top < box.scrollTop) box.scrollTop = top;
  const room = box.clientHeight - head - ROW_HEIGHT;
  if (top > box.scrollTop + room) box.scrollTop = top - room;
  drawRows();
}

function gridKey(event) {
  if (event.target !== byId("grid") || event.ctrlKey || event.altKey || event.metaKey) return;
  const page = Math.max(Math.floor(byId("scroll").clientHeight / ROW_HEIGHT) - 2, 1);
  const ways = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -table.order.length,
    End: table.order.length,
  };
  if (Object.hasOwn(ways, event.key)) goTo(table.at + ways[event.key]);
  else if ((event.key === "Enter" || event.key === " ") && table.order.length > 0) openDetail(table.at);
  else return;
  event.preventDefault();
}

function gridClick(event) {
  const tr = event.target.closest("tr[data-position]");
  if (tr === null || String(getSelection()) !== "") return;
  table.at = Number(tr.dataset.position);
  markCurrent();
  openDetail(table.at);
}

function buildTable() {
  buildHead();
  sortRows();
  afterFilter = showRows;
  showRows();
  let waiting = false;
  byId("scroll").addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        drawRows();
      });
    },
    { passive: true },
  );
  new ResizeObserver(() => drawRows()).observe(byId("scroll"));
  byId("grid").addEventListener("keydown", gridKey);
  byId("grid-body").addEventListener("click", gridClick);
}
