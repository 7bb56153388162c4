"""The run as Markdown."""
import os
import pathlib
import platform

from . import make, score, twins

TARGETS = {"wrong_strict": "at most 2 %", "wrong_alike": "at most 2 %", "large_strict": "at least 90 %", "large_alike": "at least 90 %",
           "two_number": "at least 80 %", "milliseconds": "under 50"}
ROWS = (
    ("wrong_strict", "reported components that are wrong, strict"),
    ("wrong_alike", "the same, look-alikes counted"),
    ("wrong_twin", "the same, twins counted"),
    ("large_strict", "components of 20 % and more found, strict"),
    ("large_alike", "the same, look-alikes counted"),
    ("large_twin", "the same, twins counted"),
    ("two_number", "mixtures of two: two reported"),
    ("exact", "all components found and none besides, look-alikes counted"),
    ("look_alikes", "look-alikes a component, mean"),
    ("covered", "true share inside the interval told"),
    ("share_error", "error of the share, median, points"),
    ("pure_found", "pure spectra: found, look-alikes counted"),
    ("pure_invented", "pure spectra: a second component invented"),
    ("absent_wrong", "one component absent from the library: something wrong named"),
    ("absent_large", "the same: present ones of 20 % and more found"),
    ("structured_absent", "the same: rest called structured"),
    ("structured_mixture", "nothing absent: rest called structured"),
)
NAMES = {"raman": "Raman", "infrared": "Infrared", "ei": "EI", "msms": "MS/MS"}
PARTS = {
    "own": "the library's own curves, disturbed",
    "other": "measured on other instruments, where their own reference fits them best",
    "replicates": "another laboratory's replicates of near-isomers",
    "cross-lab": "other laboratories",
    "window": "other contributors, two precursors in one isolation window, one stated",
    "open": "other contributors, no isolation, no precursor stated",
}


def proportion(value):
    if not value["total"]:
        return "-"
    low, high = score.wilson(value["hits"], value["total"])
    return f"{100 * value['hits'] / value['total']:.1f} % ({100 * low:.1f} to {100 * high:.1f}; of {value['total']})"


def cell(name, value):
    if value is None:
        return "-"
    if isinstance(value, dict):
        return proportion(value)
    return f"{100 * value:.1f}" if name == "share_error" else f"{value:.1f}"


def line(cells):
    return "| " + " | ".join(str(c) for c in cells) + " |"


def heading(cells):
    return [line(cells), "|" + "---|" * len(cells)]


def part(technique, name, methods, substances):
    figures = {method: parts[name] for method, parts in methods.items()}
    some = next(iter(figures.values()))
    lines = [f"### {NAMES[technique]}, {PARTS[name]}: {some['mixtures']} mixtures, {substances} substances", ""]
    if name == "other" and substances < make.ENOUGH:
        lines += ["Of so few, one is in each mixture; the other components are the library's own curves.", ""]
    lines += heading(["figure", "target", *figures])
    for key, label in ROWS:
        lines.append(line([label, TARGETS.get(key, ""), *(cell(key, f[key]) for f in figures.values())]))
    for bin_ in some["found_strict"]:
        cells = []
        for f in figures.values():
            strict, alike = f["found_strict"][bin_], f["found_alike"][bin_]
            cells.append(f"{percent(strict)} / {percent(alike)} of {strict['total']}")
        lines.append(line([f"found at a share of {bin_}, strict / look-alikes counted", "", *cells]))
    return [*lines, ""]


def summary(results):
    """The targets' figures of every part and method in one table."""
    lines = ["## In short", "", "Strict / look-alikes counted / twins counted.", ""]
    lines += heading(["part", "method", "reported that are wrong (at most 2 %)", "found at 20 % and more (at least 90 %)", "two of two reported (at least 80 %)"])
    for name, result in results.items():
        for method, parts in result["methods"].items():
            for part_name, f in parts.items():
                wrong = f"{percent(f['wrong_strict'], 1)} / {percent(f['wrong_alike'], 1)} / {percent(f['wrong_twin'], 1)}"
                large = f"{percent(f['large_strict'], 1)} / {percent(f['large_alike'], 1)} / {percent(f['large_twin'], 1)}"
                lines.append(line([f"{NAMES[name]}, {PARTS[part_name]}", method, wrong, large, percent(f["two_number"], 1)]))
    return [*lines, ""]


def percent(value, digits=0):
    return f"{100 * value['hits'] / value['total']:.{digits}f} %" if value["total"] else "-"


def technique(name, result):
    lines = [f"## {NAMES[name]}", ""]
    chosen = result["thresholds"]
    said = (
        f"Peers' thresholds, chosen on the half \"develop\" for the best F1: least squares {100 * chosen['nnls']:g} % of the"
        f" signal, pursuit stops where one more component explains less than {100 * chosen['omp']:g} % of the energy."
    )
    if result["milliseconds"] is not None:
        said += f" specid took {result['milliseconds']:.0f} ms a spectrum, start not counted, one thread."
    if result["unanswered"]:
        said += f" {result['unanswered']} spectra were not answered and count as none reported."
    lines += [said, ""]
    for part_name in next(iter(result["methods"].values())):
        lines += part(name, part_name, result["methods"], result["substances"][part_name])
    return lines


def real(rows, chosen):
    """The real mixtures."""
    labels = {"specid": "specid", "nnls": "NNLS", "omp": "matching pursuit", "single": "best single match"}
    methods = list(rows[0][3])
    lines = ["## Real mixtures of two, Raman, 20 standards", ""]
    lines += heading(["mixture", "stated (by volume or mass, not signal)", *(labels[m] for m in methods)])
    for stem, stated, _, said in rows:
        cells = []
        for method in methods:
            s = said[method]
            mark = "" if s["both"] is None else f"; both: {'yes' if s['both'] else 'no'}, not there: {s['extra']}"
            cells.append(s["said"] + mark)
        lines.append(line([stem, stated, *cells]))
    totals = []
    lines[1] = (
        f"\nPeers' thresholds: {100 * chosen['nnls']:g} % of the signal, {100 * chosen['omp']:g} % of the energy. Two are of unknown composition.\n"
    )
    for method in methods:
        known = [said[method] for _, _, keys, said in rows if keys]
        totals.append(f"both in {sum(s['both'] for s in known)} of {len(known)}, {sum(s['extra'] for s in known)} not there")
    return [*lines, line(["all of known composition", "", *totals]), ""]


def times(rows):
    lines = ["## Time a spectrum", ""]
    lines += ["Median of the difference of two calls, one thread, and its range. The peers' time is that of the three together, data in memory.", ""]
    lines += heading(["technique", "references", "target, ms", "specid, ms", "specid without mixtures, ms", "peers together, ms"])
    for row in rows:
        spans = ["-" if key not in row else "{:.1f} ({:.1f} to {:.1f})".format(*row[key]) for key in ("specid", "one")]
        lines.append(line([NAMES[row["technique"]], row["references"], TARGETS["milliseconds"], *spans, f"{row['peers']:.0f}"]))
    return [*lines, ""]


def opening(today, version, half, seed, quick, arguments):
    from importlib.metadata import version as of

    cpu = platform.processor() or platform.machine()
    info = pathlib.Path("/proc/cpuinfo")
    if info.exists():
        models = [text.split(":", 1)[1].strip() for text in info.read_text().splitlines() if text.startswith("model name")]
        cpu = models[0] if models else cpu
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return [
        f"# Components of mixtures, {today}",
        "",
        f"{cpu}, {os.cpu_count()} processors{load}; {version or 'without specid'}; Python {platform.python_version()},"
        f" numpy {of('numpy')}, scipy {of('scipy')}.",
        "",
        f"`scripts/compare-mixtures {arguments}`",
        "",
        f"Mixtures made from real spectra, seed {seed}, substances of the half \"{half}\"{', a fifth of the mixtures' if quick else ''}; the library"
        " is whole. In brackets Wilson's 95 % interval, every component taken for a trial of its own, and the number of trials.",
        "Shares are of the summed signal above the baseline. A reported component is wrong, strict, where that substance (first block of the",
        "InChIKey, else the name) is not in the mixture; look-alikes counted, where neither it nor one that it is told to stand for is there, or",
        "what is there has been named already. Peers tell no look-alikes; twins are the same for all: substances with references that correlate",
        f"at least {twins.ALIKE['raman']} (ions: cosine of square roots {twins.ALIKE['ei']}) count as one; none are counted for MS/MS.",
        "",
    ]
