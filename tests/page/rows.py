"""What the rows of the table, the detail of a sample and the keyboard must do. Each check takes a `check.Check`."""

import base64

from selenium.webdriver import ActionChains, Keys

import browser

ROWS = "#grid-body tr[data-position]"
MOST_NODES = 6000


def drawable(sample):
    return [s for s in sample.get("spectra") or [] if s and s.get("drawing")]


def check_table(c):
    top = c.indexes()
    want = [i for i in top if drawable(c.samples[i]) and all(decodes(s["drawing"]) for s in drawable(c.samples[i])[:1])]
    pictures = browser.drawn(c.chrome, f"{ROWS} canvas.thumb")
    c.fail_unless(
        len(pictures) == len(want), f"{len(pictures)} thumbnails are shown where {len(want)} rows have a drawing."
    )
    c.fail_unless(all(p["inked"] > 40 for p in pictures), "A thumbnail is blank.")
    c.fail_unless(
        not pictures or len({p["sum"] for p in pictures}) > len(pictures) / 2, "The thumbnails are all alike."
    )
    rows = c.js("return document.querySelectorAll(arguments[0]).length", ROWS)
    nodes = c.js("return document.querySelectorAll('*').length")
    c.fail_unless(rows <= 60, f"{rows} rows are in the page at once; the table is not virtual.")
    c.fail_unless(nodes < MOST_NODES, f"{nodes} elements are in the page, more than {MOST_NODES}.")
    print(f"{nodes} elements, {rows} rows of {len(c.samples)} in the page")


def check_narrow(c):
    """In a narrow window nothing is wider than the window and each column can be read."""
    size = {"width": 800, "height": 600, "deviceScaleFactor": 1, "mobile": False}
    c.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    c.settle()
    widths = c.js(
        "return [...document.querySelectorAll('#grid-head th')].map((th) => th.offsetWidth).filter((w) => w > 0)"
    )
    c.fail_unless(len(widths) >= 6 and min(widths) >= 70, f"In a window 800 wide the columns are {widths} wide.")
    c.fail_unless(
        c.js(
            "return document.documentElement.scrollWidth <= innerWidth && document.querySelector('#scroll').scrollWidth <= document.querySelector('#scroll').clientWidth"
        ),
        "In a window 800 wide the page or its table is wider than the window.",
    )
    c.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {**size, "width": 1400, "height": 900})
    c.settle()


def decodes(drawing):
    try:
        return len(base64.b64decode(drawing.get("y", ""), validate=True)) > 1 and drawing.get("k") in ("c", "s")
    except ValueError:
        return False


def best(c):
    """Position of a row near the top whose sample has several drawn candidates."""
    for at, index in enumerate(c.indexes()[:20]):
        spectra = drawable(c.samples[index])
        drawn = [x for s in spectra[:1] for x in s.get("candidates") or [] if x.get("reference") is not None]
        if (
            spectra
            and decodes(spectra[0]["drawing"])
            and len(drawn) > 1
            and drawn[0] is spectra[0]["candidates"][0]
            and drawn[1] is spectra[0]["candidates"][1]
        ):
            return at, index
    return None, None


def check_detail(c):
    at, index = best(c)
    if at is None:
        print("no sample near the top has two drawn candidates: the detail was not checked")
        return
    row = c.chrome.find_elements("css selector", ROWS)[at]
    row.find_element("css selector", "td.c-sample").click()
    c.settle()
    sample = c.samples[index]
    c.fail_unless(c.js("return document.querySelector('#detail').open"), "A click on a row does not open the detail.")
    text = c.text("#detail")
    missing = [f[1] for f in sample.get("flags") or [] if f[1] and f[1].isprintable() and f[1] not in text]
    c.fail_unless(not missing, "The detail does not say why the sample needs a second look.")
    c.fail_unless(
        all(d["name"] in text for d in drawable(sample)[0]["candidates"] if d["name"].isprintable()),
        "The detail does not list all candidates.",
    )
    first = browser.drawn(c.chrome, "#plot-area canvas")
    kinds = {
        drawable(sample)[0]["drawing"]["k"],
        c.data["references"][drawable(sample)[0]["candidates"][0]["reference"]]["drawing"]["k"],
    }
    c.fail_unless(
        len(first) == (2 if len(kinds) == 1 else 1),
        f"The detail draws {len(first)} plots; an overlay and a difference are wanted.",
    )
    c.fail_unless(first and all(p["inked"] > 300 and p["colours"] > 1 for p in first), "A large plot is blank.")
    zoomed = zoom(c)
    c.fail_unless(
        zoomed and all(a["sum"] != b["sum"] for a, b in zip(first, zoomed)),
        "Dragging across the plot does not zoom it and the difference.",
    )
    over = c.chrome.find_element("css selector", "#plot-area .u-over")
    ActionChains(c.chrome).double_click(over).perform()
    c.settle()
    again = browser.drawn(c.chrome, "#plot-area canvas")
    c.fail_unless(
        [p["sum"] for p in again] == [p["sum"] for p in first], "A double click does not show the whole range again."
    )
    c.js("document.querySelector('#zoom-in').click()")
    c.settle()
    nearer = browser.drawn(c.chrome, "#plot-area canvas")
    c.fail_unless(
        all(a["sum"] != b["sum"] for a, b in zip(first, nearer)),
        "The zoom button does not zoom the plot and the difference.",
    )
    c.js("document.querySelector('#candidate-1').click()")
    c.settle()
    other = browser.drawn(c.chrome, "#plot-area canvas")
    c.fail_unless(
        other[0]["sum"] != first[0]["sum"] and drawable(sample)[0]["candidates"][1]["name"][:20] in c.text(".legend"),
        "Choosing another candidate does not redraw the plot.",
    )
    c.keys(Keys.ESCAPE)
    c.fail_unless(not c.js("return document.querySelector('#detail').open"), "Escape does not close the detail.")


def zoom(c):
    over = c.chrome.find_element("css selector", "#plot-area .u-over")
    ActionChains(c.chrome).move_to_element_with_offset(over, -120, 0).click_and_hold().move_by_offset(
        60, 0
    ).move_by_offset(60, 0).release().perform()
    c.settle()
    return browser.drawn(c.chrome, "#plot-area canvas")


def check_keyboard(c):
    c.js(
        "document.querySelector('#clear').click(); document.querySelector('#scroll').scrollTop = 0; document.querySelector('#grid').focus()"
    )
    c.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    active = "return document.querySelector('#grid').getAttribute('aria-activedescendant')"
    wanted = min(2, len(c.samples) - 1)
    c.fail_unless(c.js(active) == f"row-{wanted}", "The arrow keys do not move through the rows.")
    c.keys(Keys.END)
    c.settle()
    c.fail_unless(c.js(active) == f"row-{len(c.samples) - 1}", "The End key does not go to the last row.")
    c.keys(Keys.HOME, Keys.ENTER)
    c.fail_unless(c.js("return document.querySelector('#detail').open"), "Enter does not open the detail.")
    before = c.text("#detail-title")
    c.keys(Keys.ARROW_DOWN)
    position = c.text(".detail-name p")
    c.fail_unless(
        len(c.samples) < 2 or position.startswith("2 of"),
        f"The arrow keys do not go to the next sample ({before[:20]!r} stays).",
    )
    c.keys(Keys.ESCAPE)
    c.fail_unless(c.js("return document.activeElement.id") == "grid", "The focus does not return to the table.")
