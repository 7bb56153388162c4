"""Checks the page of `specid trends` in a real browser.

    python3 trends.py PAGE.html              a page that the program made
    python3 trends.py PAGE.html --hostile    the same page with hostile texts for all names

What must be shown is counted from the page's rows in Python. Exit code 1 with one sentence for each failure.
"""

import argparse
import base64
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from selenium.webdriver import ActionChains, Keys

import browser
import check
import fixture
from substances import HOSTILE

FIELDS = ["substance", "class", "place", "status", "unknown"]
PERIOD, SEIZURE, FIRST, CERTAINTY, SAMPLES, KG, LITRES, TABLETS = 0, 1, 2, 7, 8, 9, 10, 11
AMOUNTS = {"samples": SAMPLES, "kg": KG, "l": LITRES, "tablets": TABLETS}
GAP = "not screened"


class Page(check.Check):
    """The page of trends under check."""

    def __init__(self, chrome, data):
        super().__init__(chrome, data)
        self.rows = data["rows"]

    def count(self, rows, what):
        """Counts by period: a seizure once, in its own period."""
        made = [0] * len(self.data["periods"])
        if what == "seizures":
            for seizure in {row[SEIZURE] for row in rows}:
                made[self.data["seizures"][seizure]] += 1
        else:
            for row in rows:
                made[row[PERIOD]] += row[AMOUNTS[what]]
        return made

    def lines(self, what, of, filters, certainty):
        """Name and values of each line, the largest first."""
        passes = lambda row: all(row[FIRST + FIELDS.index(f)] == at for f, at in filters.items())
        place = {f: at for f, at in filters.items() if f == "place"}
        at_place = [r for r in self.rows if all(r[FIRST + FIELDS.index(f)] == at for f, at in place.items())]
        judged = {w: self.count(at_place, w) for w in ("samples", "seizures")}
        rows = [r for r in self.rows if passes(r) and (certainty is None or r[CERTAINTY] == certainty)]
        keys = {r[FIRST + FIELDS.index(of)] for r in rows} - {None} if of else {None}
        made = []
        for key in keys:
            mine = [r for r in rows if of is None or r[FIRST + FIELDS.index(of)] == key]
            counts = self.count(mine, "seizures" if what == "share" else what)
            name = "All that is chosen" if key is None else self.data["subjects"][key][2]
            values = [
                None
                if judged["samples"][p] == 0 or (what == "share" and judged["seizures"][p] == 0)
                else 100 * n / judged["seizures"][p]
                if what == "share"
                else n
                for p, n in enumerate(counts)
            ]
            made.append((name, values, sum(counts)))
        return sorted(made, key=lambda line: -line[2]) if rows else []

    def choose(self, control, value):
        script = """const s = document.querySelector(arguments[0]); s.value = arguments[1];
        s.dispatchEvent(new Event("change", { bubbles: true }));"""
        self.js(script, f"#by-{control}", str(value))
        self.settle()

    def table(self):
        """Names and values of the lines that are drawn."""
        return self.js(
            """const t = document.querySelector("#number-table");
            const names = [...t.querySelectorAll("thead th")].slice(1).map((th) => th.textContent);
            const rows = [...t.querySelectorAll("tbody tr")].map((tr) => [...tr.querySelectorAll("td")].map((td) => td.textContent));
            return names.map((name, k) => [name, rows.map((row) => row[k])]);"""
        )


def cleaned(text):
    """As the page shows a text."""
    return "".join(
        f"[U+{ord(c):04X}]"
        if ord(c) < 9 or 11 <= ord(c) < 32 or 127 <= ord(c) < 160 or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069
        else c
        for c in text
    )


def same(shown, value, what):
    if value is None or shown == GAP:
        return shown == GAP and value is None
    return abs(float(shown) - value) < (0.051 if what == "share" else 1e-9)


def check_head(c):
    c.fail_unless(c.text("#problem") == "", f"The page reports a problem: {c.text('#problem')}")
    c.fail_unless(c.data["notice"] in c.text("#notice"), "The presumptive notice is not shown at the top.")
    c.fail_unless(c.data["title"] in c.text("#title"), "The title is not shown.")
    for source in c.data["inputs"]:
        c.fail_unless(cleaned(source["path"]) in c.text("#about"), f"The input {source['path']} is not shown.")


def check_choice(c, what, of, filters=None, certainty=None):
    """The numbers of the plot are those of the rows."""
    filters = filters or {}
    c.js("document.querySelector('#clear').click()")
    c.choose("count", what)
    c.choose("of", FIELDS.index(of) if of else len(FIELDS))
    for field, at in filters.items():
        c.choose(field, at)
    if certainty is not None:
        c.choose("certainty", certainty)
    lines = c.lines(what, of, filters, certainty)
    shown = c.table()
    wanted = {cleaned(name): values for name, values, _ in lines}
    asked = f"{what} by {of} with {filters}, certainty {certainty}"
    c.fail_unless(len(shown) == min(len(lines), 5), f"{asked}: {len(shown)} lines are drawn of {len(lines)}.")
    for name, values in shown:
        good = name in wanted and all(same(s, v, what) for s, v in zip(values, wanted[name]))
        c.fail_unless(good, f"{asked}: the numbers of {name!r} are {values} and not {wanted.get(name)}.")
    sums = [total for _, _, total in lines[:5]]
    drawn = [sum(float(v) for v in values if v != GAP) for _, values in shown]
    c.fail_unless(
        what == "share" or all(abs(a - b) < 1e-6 for a, b in zip(drawn, sums)),
        f"{asked}: not the largest lines are drawn first.",
    )


def largest(c, field):
    """The subject of a kind with the most samples."""
    at = FIRST + FIELDS.index(field)
    sums = {}
    for row in c.rows:
        if row[at] is not None:
            sums[row[at]] = sums.get(row[at], 0) + row[SAMPLES]
    return max(sums, key=sums.get) if sums else None


def check_choices(c):
    for what in ("seizures", "share", "samples", "kg", "l", "tablets"):
        check_choice(c, what, "substance")
    for of in ("class", "place", "status", "unknown", None):
        check_choice(c, "seizures", of)
    place, status = largest(c, "place"), largest(c, "status")
    check_choice(c, "share", "substance", {"place": place})
    check_choice(c, "samples", "place", {"status": status}, certainty=1)
    check_choice(c, "samples", "substance", {"place": place, "class": largest(c, "class")}, certainty=2)
    c.js("document.querySelector('#clear').click()")
    c.settle()


def check_plots(c):
    before = browser.drawn(c.chrome, "#chart canvas, #judged canvas")
    c.fail_unless(
        len(before) == 2 and all(p["inked"] > 300 and p["colours"] > 1 for p in before),
        f"The plots are blank or missing: {before}",
    )
    keys = browser.drawn(c.chrome, "#legend canvas")
    c.fail_unless(
        len(keys) == len(c.table()) and len({p["sum"] for p in keys}) == len(keys),
        "The keys of the legend are missing or alike.",
    )
    c.choose("count", "share")
    after = browser.drawn(c.chrome, "#chart canvas")
    c.fail_unless(after and after[0]["sum"] != before[0]["sum"], "Another choice does not redraw the plot.")
    c.js("document.querySelector('#clear').click()")
    c.settle()


def check_lines(c):
    """Boxes switch lines on and off, by the mouse and by the keyboard."""
    boxes = c.chrome.find_elements("css selector", "#lines-body input")
    on = [b for b in boxes if b.is_selected()]
    shown = len(c.table())
    c.fail_unless(len(on) == shown, f"{len(on)} boxes are ticked and {shown} lines are drawn.")
    on[-1].click()
    c.settle()
    c.fail_unless(len(c.table()) == shown - 1, "A click on a box does not take its line away.")
    c.keys(Keys.SPACE)  # The focus stays on the box.
    c.settle()
    c.fail_unless(len(c.table()) == shown, "The space bar does not bring the line back.")
    c.js("document.querySelector('#by-count').focus()")
    before = c.js("return document.querySelector('#by-count').value")
    c.keys(Keys.ARROW_DOWN)
    c.settle()
    c.fail_unless(
        c.js("return document.querySelector('#by-count').value") != before, "The arrow keys do not change a choice."
    )
    over = c.chrome.find_element("css selector", "#chart .u-over")
    ActionChains(c.chrome).move_to_element(over).perform()
    c.settle()
    c.fail_unless(
        any(p in c.text("#reading") for p in c.data["periods"]), "The plot does not say what stands under the mouse."
    )
    c.js("document.querySelector('#clear').click()")


def check_tables(c):
    rising = c.data["rising"]
    rows = c.js("return document.querySelectorAll('#rising-body tbody tr').length")
    c.fail_unless(rows == min(len(rising["tests"]), 25), f"{rows} tests are listed.")
    marked = c.js("return document.querySelectorAll('#rising-body tr.rises').length")
    wanted = sum(t["rising"] for t in rising["tests"])
    c.fail_unless(marked == wanted, f"{marked} rows are marked as rising and not {wanted}.")
    c.fail_unless(
        str(rising["looked_at"]) in c.text("#rising-said"), "It is not said how many substances were looked at."
    )
    c.fail_unless("choice of cases" in c.text("#rising"), "It is not said what else can make a rise.")
    if rising["tests"]:
        first = rising["tests"][0]
        c.js("document.querySelector('#rising-body button.link').click()")
        c.settle()
        shown = [name for name, _ in c.table()]
        c.fail_unless(shown == [cleaned(first["name"])], f"The name of a rise draws {shown}.")
        c.js("document.querySelector('#clear').click()")
    firsts = c.js("return document.querySelectorAll('#first-body tbody tr').length")
    c.fail_unless(firsts == min(len(c.data["first"]), 25), f"{firsts} first detections are listed.")
    groups = c.js("return document.querySelectorAll('#unknown-body tbody tr').length")
    c.fail_unless(groups == min(len(c.data["unknown_groups"]), 25), f"{groups} groups of unknowns are listed.")
    for note in c.data["notes"]:
        c.fail_unless(cleaned(note) in c.text("#notes"), f"A note is not shown: {note}")


def check_narrow(c):
    size = {"width": 500, "height": 700, "deviceScaleFactor": 1, "mobile": False}
    c.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    c.settle()
    c.settle()
    wide = c.js(
        """return [...document.querySelectorAll("main *")].filter((e) => !e.closest(".wide") && e.getBoundingClientRect().right > innerWidth + 1)
        .map((e) => e.tagName + "#" + e.id).slice(0, 3)"""
    )
    c.fail_unless(not wide, f"In a window 500 wide something is wider: {wide}")
    c.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {**size, "width": 1400, "height": 900})
    c.settle()


def check_printing(c):
    options = {"printBackground": True, "paperWidth": 8.27, "paperHeight": 11.69}
    pdf = base64.b64decode(c.chrome.execute_cdp_cmd("Page.printToPDF", options)["data"])
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        text = subprocess.run(
            ["pdftotext", "-layout", file.name, "-"], capture_output=True, text=True, check=True
        ).stdout
    for part in ["PRESUMPTIVE", "Rising", "First detections", c.data["periods"][0], c.data["periods"][-1]]:
        c.fail_unless(part in text, f"The printed page does not hold {part!r}.")
    c.js("dispatchEvent(new Event('beforeprint'))")
    pictures = browser.drawn(c.chrome, "#chart canvas, #judged canvas")
    numbers = c.js("return document.querySelector('#numbers').open")
    c.js("dispatchEvent(new Event('afterprint'))")
    c.fail_unless(len(pictures) == 2 and all(p["inked"] > 300 for p in pictures), "For paper the plots are blank.")
    c.fail_unless(numbers, "For paper the numbers of the plot are not shown.")
    print(f"printed: {text.count(chr(12))} pages, {len(pdf) / 1e6:.2f} MB")


def load(c, page):
    browser.requests(c.chrome)
    c.chrome.get(page.resolve().as_uri())
    c.settle()
    asked = browser.requests(c.chrome)
    c.fail_unless(asked == [page.resolve().as_uri()], f"The page asked for more than itself: {asked[:3]}")
    marks = c.js("return performance.getEntriesByName('specid-trends').map((m) => m.startTime / 1000)")
    c.fail_unless(len(marks) == 1 and marks[0] < check.FIRST_TABLE, f"The page was ready after {marks} s.")
    print(f"{page.stat().st_size / 1e6:.2f} MB, {len(c.rows)} rows, ready after {marks} s")


def hostile(data):
    """The same data with hostile texts for all names."""
    turn = lambda n: HOSTILE[n % len(HOSTILE)]
    names = {}
    for n, subject in enumerate(data["subjects"]):
        names[subject[0], subject[1]] = subject[2] = f"{turn(n)} {n}"
    for part in (data["first"], data["rising"]["tests"]):
        for thing in part:
            thing["name"] = names[thing["kind"], thing["key"]]
    for n, thing in enumerate([*data["first"], *data["undated"], *data["doubts"]]):
        thing.update(sample=turn(n), case=turn(n + 1), place=turn(n + 2), origin=turn(n + 3))
    for n, group in enumerate(data["unknown_groups"]):
        group.update(name=names["unknown", group["key"]], places=HOSTILE, runs=HOSTILE)
    data["inputs"] = [{"path": text, "what": text} for text in HOSTILE]
    data["notes"] = data["notes"] + HOSTILE
    return data


def checked(page, folder):
    chrome = browser.started(Path(folder) / "profile")
    try:
        c = Page(chrome, check.data_of(page))
        load(c, page)
        check_head(c)
        check_plots(c)
        check_choices(c)
        check_lines(c)
        check_tables(c)
        check_narrow(c)
        check_printing(c)
        check.check_safety(c)
        check.check_cut(c, page, folder)
        return c.failures, c.passed
    finally:
        chrome.quit()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("page", type=Path, help="the page to check")
    arguments.add_argument("--hostile", action="store_true", help="check it with hostile texts")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = given.page
        if given.hostile:
            page = Path(folder) / "trends.html"
            data = hostile(check.data_of(given.page))
            fixture.assemble(page, fixture.as_json(data), given.page)
        failures, passed = checked(page, folder)
    for sentence in failures:
        print(f"FAILED: {sentence}", file=sys.stderr)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
