"""The figures as tables of the guide and as pictures beside it."""
import json
import re

from mixtures.score import wilson

from . import picture

GUIDE = "src/decide/guide"
NAMES = {"raman": "Raman", "infrared": "Infrared", "ei": "EI"}
# The sets that are drawn, and their pictures.
PICTURES = {"raman-other": "robustness-raman.svg", "infrared-own": "robustness-infrared.svg", "ei-other": "robustness-ei.svg"}


def line(cells):
    return "| " + " | ".join(str(c) for c in cells) + " |"


def told(part, whole):
    return f"{part} of {whole} ({100 * part / whole:.1f} %)"


def percent(part, whole):
    return f"{100 * part / whole:.0f}" if whole else "-"


def cells(step, published):
    """One row without its name."""
    n, less = step["spectra"], step["less"]
    ranks = [step["first"], *(step["published"][name] for name in published)]
    return [*(percent(r, n) for r in ranks), percent(step["right"], n), step["wrong"], step["component"], less["wrong"], less["component"]]


def heading(figures):
    return f"{NAMES[figures['technique']]}, {figures['title']}"


def total(figures, of):
    return sum(of(step) for axis in figures["axes"] for step in axis["steps"])


def at_least_once(figures, of):
    """How many spectra are identified as another at some step, with the interval by spectrum, and how many of them are not as they are."""
    steps = [step for axis in figures["axes"] for step in axis["steps"]]
    ever = set().union(*(of(step)["wrong_ids"] for step in steps))
    before, n = of(figures["undisturbed"])["wrong_ids"], of(figures["undisturbed"])["spectra"]
    low, high = wilson(len(ever), n)
    return f"{len(ever)} of {n} spectra at least once (95 % interval {100 * low:.1f} to {100 * high:.1f} %), {len(ever - set(before))} of them not as they are"


def summary(figures):
    """What the verdicts did over all steps, which are of the same spectra, and as they are."""
    parts = (
        ("identified as another substance", "wrong", lambda step: step),
        ("a wrong component named", "component", lambda step: step),
        ("identified though the library lacks it", "wrong", lambda step: step["less"]),
        ("a component named though the library lacks it", "component", lambda step: step["less"]),
    )
    said = []
    for label, count, of in parts:
        as_is = of(figures["undisturbed"])
        disturbed = told(total(figures, lambda s: of(s)[count]), total(figures, lambda s: of(s)["spectra"]))
        said.append(f"{label} in {told(as_is[count], as_is['spectra'])} as they are and in {disturbed} disturbed")
        if count == "wrong":
            said[-1] += f", that is {at_least_once(figures, of)}"
    return "All steps together: " + "; ".join(said) + "."


def step_name(axis, step):
    return " ".join(f"{axis['name']} {step['amount']:g} {axis['unit']}".split())


def beaten(figures):
    """Where a published score ranks more spectra first."""
    said = []
    for axis in figures["axes"]:
        for step in axis["steps"]:
            better = {n: p for n, p in step["published"].items() if p > step["first"]}
            if better:
                said.append(f"{step_name(axis, step)} ({', '.join(f'{n} {p}' for n, p in better.items())}, specid {step['first']})")
    return ["", f"More spectra are ranked first by a published score at: {'; '.join(said)}."] if said else []


def widths(figures):
    """What widths of bands were reached, where that was measured."""
    said = []
    for axis in figures["axes"]:
        for step in axis["steps"]:
            if "width" in step:
                values = step["width"]
                middle, low, high = (values[round(q * (len(values) - 1))] for q in (0.5, 0.1, 0.9))
                said.append(f"{step['amount']:g}: {middle:.2f} ({low:.2f} to {high:.2f})")
    return ["", "Width of bands reached, median and the middle 80 % of the spectra: " + ", ".join(said) + "."] if said else []


def table(figures):
    """Lines for one set."""
    published = figures["published"]
    opening = (
        f"{figures['undisturbed']['spectra']} spectra of {figures['substances']} substances among {figures['references']} references;"
        f" {figures['undisturbed']['less']['spectra']} of them, of {figures['absent_substances']} substances, also against the"
        f" {figures['references_less']} references that are left without these. Measured on {figures['date']} with"
        f" {figures['program']}{', a fifth of the spectra' if figures['quick'] else ''}."
    )
    names = ["disturbance", "specid", *published, "identified rightly, %", "as another", "wrong component", "lacking: identified", "lacking: component"]
    rows = [f"**{heading(figures)}.** {opening}", "", line(names), "|---" * len(names) + "|", line(["none", *cells(figures["undisturbed"], published)])]
    for axis in figures["axes"]:
        for step in axis["steps"]:
            rows.append(line([step_name(axis, step), *cells(step, published)]))
    return [*rows, "", summary(figures), *beaten(figures), *widths(figures), ""]


def tables(figures):
    """All sets, as the guide has them."""
    lines = []
    for each in figures:
        lines += table(each)
        if each["name"] in PICTURES:
            lines += [f"![{caption(each)}]({PICTURES[each['name']]})", ""]
    return lines


def caption(figures):
    return f"Rank 1 and wrong verdicts by disturbance: {heading(figures)}"


def between(text, lines):
    """The text with these lines between its marks."""
    found = re.search(r"(<!-- measured -->\n).*(<!-- end of measured -->)", text, re.S)
    if not found:
        raise SystemExit("compare-robustness: the guide has no marks to write between")
    return text[: found.end(1)] + "\n" + "\n".join(lines).strip() + "\n\n" + text[found.start(2) :]


def save(root, figures):
    """Tables, pictures and figures into the project."""
    guide = root / GUIDE / "robustness.md"
    guide.write_text(between(guide.read_text(encoding="utf-8"), tables(figures)), encoding="utf-8")
    for each in figures:
        if each["name"] in PICTURES:
            title = f"{heading(each)}: {each['undisturbed']['spectra']} of {each['substances']} substances"
            (root / GUIDE / PICTURES[each["name"]]).write_text(picture.draw(each, title), encoding="utf-8")
    kept = root / "benches" / "runs" / f"{max(f['date'] for f in figures)}-robustness.json"
    kept.write_text(json.dumps(figures) + "\n", encoding="utf-8")
