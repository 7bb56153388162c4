"""What the page of a screening must show and do, part by part. Each function takes a `check.Check`."""

from selenium.webdriver import ActionChains, Keys

import browser

# Twice what is promised: other work may keep the machine busy.
FILTER = 0.6


def check_head(c):
    data = c.data
    c.fail_unless(c.text("#problem") == "", f"The page reports a problem: {c.text('#problem')}")
    c.fail_unless(data["notice"] in c.text("#notice"), "The presumptive notice is not shown at the top.")
    c.fail_unless(data["title"] in c.text("#title"), "The name of the run is not shown.")
    waiting = (data.get("files") or {}).get("waiting") or 0
    incomplete = c.text("#incomplete")
    c.fail_unless(
        bool(incomplete) == (not data["complete"] or waiting > 0), "The banner for a run that is not complete is wrong."
    )
    c.fail_unless(
        not waiting or str(waiting) in incomplete.replace("\u202f", ""),
        "The banner does not say how many files were not looked at.",
    )
    for library in data.get("libraries") or []:
        c.fail_unless(library["hash"] in c.text("#about"), "The hash of a library is not shown.")


FACETS = {"verdict": "verdict", "control": "control", "class": "class", "case": "case", "second_look": "look"}


def of_facet(sample, facet):
    """Values of a sample for a filter."""
    if facet == "look":
        return [flag[0] for flag in sample.get("flags") or []]
    if facet == "technique":
        return sample.get("technique") or []
    return [sample.get(facet)]


def odd(key):
    """Whether a text is likely to be mishandled."""
    return key is not None and (not key.isprintable() or not key.isascii() or "<" in key)


def odd_bars(c, name):
    """Counts of such texts, if their bars can be brought into the page."""
    pairs = (c.data.get("counts") or {}).get(name) or []
    for _ in range(len(pairs) // 50 + 1):
        c.js("document.querySelectorAll('#bars .more:not([hidden]) button').forEach((b) => b.click())")
    return [pair for pair in pairs[6:] if odd(pair[0])][:6]


def check_counts(c):
    for name, facet in FACETS.items():
        for key, n in ((c.data.get("counts") or {}).get(name) or [])[:6] + odd_bars(c, name):
            bar = f"button.bar[data-facet={facet}]"
            found = c.js(
                """const b = [...document.querySelectorAll(arguments[0])].find((b) => b.dataset.choice === arguments[1]);
                b?.click(); return b ? [b.querySelector('.n').textContent, b.getAttribute('aria-pressed')] : null""",
                bar,
                "0" if key is None else f"={key}",
            )
            c.fail_unless(
                found == [f"{n:,}".replace(",", "\u202f"), "true"],
                f"The bar for {key!r} of {name} shows {found} and not {n}.",
            )
            c.fail_unless(
                c.shown() == n, f"The bar for {key!r} of {name} lets {c.shown()} samples through and not {n}."
            )
            c.clear()


def check_sorting(c):
    rate = lambda s: (s.get("rate") or [None])[0]
    order = {k: i for i, (k, _) in enumerate(c.data["counts"].get("control") or [])}
    verdicts = {k: i for i, (k, _) in enumerate(c.data["counts"].get("verdict") or [])}
    place = lambda ranks, key: None if key is None else ranks.get(key, len(ranks))
    columns = {
        "score": lambda s: s.get("score"),
        "rate": rate,
        "look": lambda s: s.get("priority") or 0,
        "control": lambda s: place(order, s.get("control")),
        "verdict": lambda s: place(verdicts, s.get("verdict")),
    }
    for column, value in columns.items():
        for _ in range(2):
            way = c.js(
                """const th = document.querySelector(`#grid-head th[data-column=${arguments[0]}]`);
                th.querySelector('button').click(); return th.getAttribute('aria-sort')""",
                column,
            )
            values = [value(s) for s in c.samples]
            sign = -1 if way == "descending" else 1
            wanted = sorted(range(len(values)), key=lambda i: (values[i] is None, sign * (values[i] or 0), i))
            top, end = c.indexes(), c.indexes(end=True)
            c.fail_unless(way in ("ascending", "descending"), f"Column {column} does not say how it is sorted.")
            c.fail_unless(
                top == wanted[: len(top)] and end == wanted[-len(end) :], f"Column {column} is not sorted {way}."
            )
    c.js("document.querySelector('#grid-head th[data-column=look] button').click()")
    if c.js("return document.querySelector('th[data-column=look]').getAttribute('aria-sort')") == "ascending":
        c.js("document.querySelector('#grid-head th[data-column=look] button').click()")
    head = c.js(
        "const th = document.querySelector('th[data-column=score] button'); th.focus(); return document.activeElement === th"
    )
    c.keys(Keys.ENTER)
    c.fail_unless(
        head
        and c.js("return document.querySelector('th[data-column=score]').getAttribute('aria-sort')") == "descending",
        "A column cannot be sorted by keyboard.",
    )
    c.js("document.querySelector('#grid-head th[data-column=look] button').click()")


def check_filters(c):
    slowest = 0
    for facet in ["verdict", "control", "class", "case", "technique", "look"]:
        keys = [k for k in dict.fromkeys(k for s in c.samples for k in of_facet(s, facet)) if k is not None]
        keys = keys[:4] + [k for k in keys[4:] if odd(k)][:8]
        for key in keys:
            slowest = max(slowest, c.choose(facet, f"={key}"))
            wanted = sum(key in of_facet(s, facet) for s in c.samples)
            c.fail_unless(
                c.shown() == wanted, f"The filter {facet} = {key!r} shows {c.shown()} samples and not {wanted}."
            )
            c.clear()
    for words in searches(c.samples):
        slowest = max(slowest, c.choose("text", words.upper()))
        wanted = [i for i, s in enumerate(c.samples) if all(w in searched(s) for w in words.lower().split())]
        top = c.indexes()
        c.fail_unless(
            c.shown() == len(wanted) and sorted(top) == wanted[: len(top)],
            f"The search for {words[:60]!r} shows {c.shown()} samples and not {len(wanted)}, or not in the default order.",
        )
        c.clear()
    c.choose("text", "no sample has this text")
    c.fail_unless(
        c.shown() == 0 and c.js("return !document.querySelector('#none').hidden"),
        "An empty table does not say that nothing matches.",
    )
    c.clear()
    c.fail_unless(c.shown() == len(c.samples), "Clearing the filters does not show all samples.")
    c.fail_unless(slowest < FILTER, f"A filter took {slowest:.2f} s, more than {FILTER} s.")
    print(f"slowest filter {slowest * 1000:.0f} ms")


def searched(sample):
    """The text in which the search looks: label, case, fields, names (or the best candidate), components, files."""
    spectra = [s for s in sample.get("spectra") or [] if s]
    names = sample.get("names") or [s["candidates"][0]["name"] for s in spectra if s.get("candidates")][:1]
    fields = [f[1] for f in sample.get("fields") or [] if len(f) > 1]
    hints = sample.get("hints") or []
    files = [text for s in spectra for text in (s.get("path"), s.get("id"))]
    return "\n".join(
        text for text in [sample.get("label"), sample.get("case"), *fields, *names, *hints, *files] if text
    ).lower()


def searches(samples):
    """Words to look for: of a label, a case, a name, a file, and of two of them at once."""
    plain = [s for s in samples if s.get("label") and s["label"].isprintable() and s.get("case") and s.get("spectra")]
    for sample in plain[:1] + plain[-1:]:
        file = sample["spectra"][0]["path"]
        found = [
            sample["label"],
            sample["case"],
            file,
            f"{file} {sample['case']}",
            *[f[1] for f in sample["fields"] or [] if len(f) > 1],
            *(sample["names"] or []),
        ]
        yield from [words for words in found if words and words.isprintable() and words.strip()]


def check_sections(c):
    for section, items in [("drift", c.data.get("drift")), ("clusters", c.data.get("clusters"))]:
        filled = [i for i in items or [] if section == "clusters" or i["points"]][:12]
        c.js("document.querySelector(arguments[0]).scrollIntoView()", f"#{section}")
        for _ in range(20):
            for card in range(len(filled)):
                c.js(
                    "document.querySelectorAll(arguments[0])[arguments[1]]?.scrollIntoView()", f"#{section} .plot", card
                )
                c.settle()
            pictures = browser.drawn(c.chrome, f"#{section} canvas")
            if len(pictures) >= len(filled):
                break
        c.fail_unless(
            len(pictures) >= len(filled) and all(p["inked"] > 200 for p in pictures),
            f"A plot of the section {section} is blank or missing.",
        )
    for drift in [d for d in c.data.get("drift") or [] if d["late"] is not None][:3]:
        c.fail_unless(
            f"{abs(drift['late']):.2f}" in c.text("#drift"), "The median of the last quarter is not written out."
        )
    for cluster in (c.data.get("clusters") or [])[:3]:
        c.js(
            "[...document.querySelectorAll('#clusters article')].find((a) => a.dataset.cluster === arguments[0]).querySelector('button.screen-only').click()",
            str(cluster["id"]),
        )
        wanted = sum(s.get("cluster") == cluster["id"] for s in c.samples)
        c.fail_unless(
            c.shown() == wanted, f"Group {cluster['id']} shows {c.shown()} samples in the table and not {wanted}."
        )
        c.clear()
    links = c.js(
        "const b = document.querySelector('#clusters button[data-open]'); b?.click(); return b?.dataset.open ?? null"
    )
    c.fail_unless(not c.data.get("clusters") or links is not None, "The members of the groups are no links.")
    c.fail_unless(
        links is None or c.js("return document.querySelector('#detail').open"),
        "A member of a group does not open its sample.",
    )
    c.js("document.querySelector('#detail').close()")
    check_points(c)
    for path, _, sentence in (c.data.get("failures") or [])[:50]:
        c.fail_unless(
            not path or (path in c.text("#failures") and sentence in c.text("#failures")),
            f"The unused file {path!r} is not listed.",
        )


def check_points(c):
    """A click on a point of the first drift plot opens its sample."""
    filled = [d for d in c.data.get("drift") or [] if d["points"]]
    if not filled:
        return
    c.clear()
    c.js("document.querySelector('#drift .plot').scrollIntoView({ block: 'center' })")
    c.settle()
    points = sorted(filled[0]["points"])
    pad = (points[-1][0] - points[0][0]) * 0.02 or 1
    low, high = points[0][0] - pad, points[-1][0] + pad
    over = c.chrome.find_element("css selector", "#drift .u-over")
    width, height = over.size["width"], over.size["height"]
    left = (points[0][0] - low) / (high - low) * width - width / 2
    for y in range(6, height, 8):
        ActionChains(c.chrome, duration=0).move_to_element_with_offset(
            over, round(left), round(y - height / 2)
        ).perform()
        if c.js("return arguments[0].style.cursor", over) == "pointer":
            ActionChains(c.chrome, duration=0).click().perform()
            break
    opened = c.js("return document.querySelector('#detail').open")
    near = {c.samples[p[2]].get("label") for p in points if abs((p[0] - points[0][0]) / (high - low) * width) < 15}
    c.fail_unless(
        opened and c.js("return document.querySelector('#detail-title').title") in near,
        "A click on a point of a drift plot does not open its sample.",
    )
    c.js("document.querySelector('#detail').close()")
