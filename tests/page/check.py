"""Checks the page of a screening in a real browser.

    python3 check.py PAGE.html                a page that a run left
    python3 check.py PAGE.html --fixture N    the same page with N made-up samples, hostile texts among them

What must be shown is worked out from the page's data in Python. Exit code 1 with one sentence for each failure.
"""

import argparse
import base64
import json
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from selenium.webdriver import ActionChains

import browser
import fixture
import parts
import rows

FIRST_TABLE = 5.0
MOST_ON_PAPER = 500


class Check:
    """One page under check; `fail` collects sentences."""

    def __init__(self, chrome, data):
        self.chrome, self.data = chrome, data
        self.samples = [s or {} for s in data.get("samples") or []]
        self.failures, self.passed = [], 0

    def fail_unless(self, holds, sentence):
        self.passed += bool(holds)
        if not holds:
            self.failures.append(sentence)

    def js(self, script, *values):
        return self.chrome.execute_script(script, *values)

    def text(self, selector):
        return self.js("return document.querySelector(arguments[0])?.textContent ?? ''", selector)

    def keys(self, *keys):
        ActionChains(self.chrome).send_keys(*keys).perform()

    def settle(self):
        self.chrome.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));"
        )

    def shown(self):
        """Number of samples that pass the filters."""
        return self.js("return Number(document.querySelector('#grid').getAttribute('aria-rowcount')) - 1")

    def indexes(self, end=False):
        """Samples of the rows at the top or the end of the table."""
        self.js("const b = document.querySelector('#scroll'); b.scrollTop = arguments[0] ? b.scrollHeight : 0", end)
        self.settle()
        self.settle()
        found = self.js(
            "return [...document.querySelectorAll(arguments[0])].map((r) => [+r.dataset.position, +r.dataset.index])",
            rows.ROWS,
        )
        return [index for _, index in sorted(found)]

    def choose(self, control, value):
        """Sets a filter and gives the seconds until the new rows are painted."""
        script = """
        const [id, value, done] = arguments;
        const control = document.querySelector(id), begun = performance.now();
        control.value = value;
        control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
        requestAnimationFrame(() => setTimeout(() => done((performance.now() - begun) / 1000)));"""
        return self.chrome.execute_async_script(script, f"#by-{control}", value)

    def clear(self):
        self.js("document.querySelector('#clear').click()")


def check_printing(c):
    """The page as a PDF: several pages whose text holds the samples that need a second look."""
    options = {"printBackground": True, "paperWidth": 8.27, "paperHeight": 11.69}
    pdf = base64.b64decode(c.chrome.execute_cdp_cmd("Page.printToPDF", options)["data"])
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        text = subprocess.run(
            ["pdftotext", "-layout", file.name, "-"], capture_output=True, text=True, check=True
        ).stdout
    pages = text.count("\f")
    need = [s for s in c.samples if (s.get("priority") or 0) > 0]
    squeezed = re.sub(r"\s", "", text)
    shown = [s for s in need[:MOST_ON_PAPER] if re.fullmatch(r"[\w-]{1,14}", s.get("label") or "")]
    missing = [s["label"] for s in shown if s["label"] not in squeezed]
    c.fail_unless(
        not missing,
        f"The printed page does not hold {len(missing)} samples that need a second look, such as {missing[:3]}.",
    )
    c.fail_unless(len(need) < 20 or pages > 1, f"The printed page has {pages} pages only.")
    c.fail_unless("PRESUMPTIVE" in text, "The printed page does not say that it is presumptive.")
    c.fail_unless(
        len(need) <= MOST_ON_PAPER or f"of{len(need)}samples" in re.sub(r"[\s\u202f]", "", text),
        "The printed page does not say that it leaves samples out.",
    )
    c.js("dispatchEvent(new Event('beforeprint'))")
    pictures = browser.drawn(c.chrome, "#paper canvas")
    c.js("dispatchEvent(new Event('afterprint'))")
    pictured = sum(
        bool(rows.drawable(s)) and rows.decodes(rows.drawable(s)[0]["drawing"]) for s in need[:MOST_ON_PAPER]
    )
    c.fail_unless(
        len(pictures) == pictured and all(p["inked"] > 40 for p in pictures),
        f"For paper {len(pictures)} thumbnails are drawn for {pictured} samples with a drawing, or some are blank.",
    )
    c.fail_unless(c.text("#paper") == "", "What was made for printing stays in the page.")
    print(f"printed: {pages} pages, {len(pictures)} thumbnails, {len(pdf) / 1e6:.1f} MB")


def check_safety(c):
    """No text of the data became part of the page, nothing was asked for, nothing went to the console."""
    c.fail_unless(
        c.js("return window.hacked === undefined && document.images.length === 0 && document.scripts.length === 3"),
        "A text of the data was taken as markup or code.",
    )
    asked = [url for url in browser.requests(c.chrome) if not url.startswith("file:")]
    c.fail_unless(not asked, f"The page asked for {asked[:3]}.")
    written = browser.console(c.chrome)
    c.fail_unless(not written, f"The console holds: {written[:3]}")


def load(c, page):
    """Opens the page and says how long the first table took and what it holds in memory."""
    browser.requests(c.chrome)
    c.chrome.get(page.resolve().as_uri())
    c.settle()
    asked = browser.requests(c.chrome)
    c.fail_unless(asked == [page.resolve().as_uri()], f"The page asked for more than itself: {asked[:3]}")
    marks = c.js("return performance.getEntriesByName('specid-table').map((m) => m.startTime / 1000)")
    c.fail_unless(len(marks) == 1, "The table was never ready.")
    c.fail_unless(
        not marks or marks[0] < FIRST_TABLE, f"The table was ready after {marks} s, more than {FIRST_TABLE} s."
    )
    print(
        f"{page.stat().st_size / 1e6:.1f} MB, table ready after {marks[0] if marks else math.nan:.2f} s, {browser.heap(c.chrome) / 1e6:.0f} MB of JavaScript heap"
    )


def check_cut(c, page, folder):
    """A page that was cut off says so."""
    whole = page.read_text(encoding="utf-8")
    cut = Path(folder) / "cut.html"
    cut.write_text(whole[: (whole.index('id="data">') + len(whole)) // 2], encoding="utf-8")
    c.chrome.get(cut.as_uri())
    c.fail_unless("cut off" in c.text("#problem"), "A page that was cut off does not say so.")


def data_of(page):
    """The data that a page holds."""
    found = re.search(
        r'<script type="application/json" id="data">(.*)</script>', page.read_text(encoding="utf-8"), re.DOTALL
    )
    if found is None:
        sys.exit(f"{page} holds no data.")
    return json.loads(found[1])


def check(page, folder):
    """All checks of one page; gives the sentences of what failed and how many checks held."""
    chrome = browser.started(Path(folder) / "profile")
    try:
        c = Check(chrome, data_of(page))
        load(c, page)
        parts.check_head(c)
        parts.check_counts(c)
        if c.samples:
            rows.check_table(c)
            parts.check_sorting(c)
            parts.check_filters(c)
            rows.check_detail(c)
            rows.check_keyboard(c)
            rows.check_narrow(c)
        parts.check_sections(c)
        check_printing(c)
        check_safety(c)
        check_cut(c, page, folder)
        return c.failures, c.passed
    finally:
        chrome.quit()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("page", type=Path, help="the page to check")
    arguments.add_argument("--fixture", type=int, metavar="N", help="check it with N made-up samples")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = given.page
        if given.fixture is not None:
            page = Path(folder) / "summary.html"
            fixture.assemble(page, fixture.as_json(fixture.fixture(given.fixture)), given.page)
        failures, passed = check(page, folder)
    for sentence in failures:
        print(f"FAILED: {sentence}", file=sys.stderr)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
