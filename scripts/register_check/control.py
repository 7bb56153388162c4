"""Checks of lists.tsv and control.tsv."""
import calendar
import re
from collections import defaultdict

CODES = (
    "1961-Schedule-I+IV", "1961-Schedule-I", "1961-Schedule-II", "1971-Schedule-I", "1971-Schedule-II",
    "1971-Schedule-III", "1971-Schedule-IV", "1988-Table-I", "1988-Table-II", "ISSL", "UNVERIFIED-2026",
)
KINDS = ("substance", "group", "ester", "ether", "exclusion", "enantiomer")
VALUES = {
    "kind": KINDS, "stereo": ("all", "this"), "salts": ("yes", "none", "excluded"), "checked": ("yes", "no"),
}
LIST_VALUES = {"isomers": ("all", "stated"), "esters_ethers": ("yes", "no"), "salts": ("yes", "no")}


def span(text):
    """First and last day of an ISO day, month or year as (y, m, d); None where it is no date."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year < 1900 or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None:
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
        return (year, month, day), (year, month, day)
    last = month or 12
    return (year, month or 1, 1), (year, last, calendar.monthrange(year, last)[1])


def check_lists(path, rows, problems):
    seen = set()
    for row in rows:
        code = row["list"]
        add = lambda message: problems.add(path, row.line, f"{code}: {message}")  # noqa: E731, B023
        if code not in CODES:
            add(f"unknown list; known are {', '.join(CODES)}")
        if code in seen:
            add("the list is given twice")
        seen.add(code)
        for column, allowed in LIST_VALUES.items():
            if row[column] not in allowed:
                add(f"{column} must be {' or '.join(allowed)}, not {row[column]!r}")
        for column in ("title", "preparations", "citation"):
            if not row[column]:
                add(f"{column} is empty")
        if bool(row["in_force"]) != code.startswith("19") or (row["in_force"] and not span(row["in_force"])):
            add(f"in_force must be the day of the treaty, and empty for the rest, not {row['in_force']!r}")
    for code in CODES:
        if code not in seen:
            problems.add(path, 1, f"the list {code} is missing")


def check(path, comments, rows, lists, substances, problems):
    complete = [c for c in comments if re.fullmatch(r"complete_to: \d{4}-\d{2} \(.+\)", c["text"])]
    if len(complete) != 1:
        problems.add(path, 1, "expected one line such as '# complete_to: 2025-03 (CND 68)' before the columns")
    by_name = {s["name"]: s for s in substances}
    in_force = {row["list"]: row["in_force"] for row in lists}
    for row in rows:
        for message in faults(row, by_name, in_force):
            problems.add(path, row.line, f"{row['name']}: {message}")
    overlaps(path, rows, problems)


def faults(row, by_name, in_force):
    """What is wrong with one row by itself."""
    if row["list"] not in in_force:
        yield f"unknown list {row['list']!r}"
    substance = by_name.get(row["name"])
    if substance is None:
        yield "no substance of the register has this name"
    elif row["kind"] == "enantiomer":
        # The mirror image or the racemate of what the register draws, as an entry covers it.
        if row["inchikey"][:14] != substance["inchikey"][:14] or row["inchikey"] == substance["inchikey"]:
            yield f"InChIKey {row['inchikey']} is no other stereoisomer of {substance['inchikey']}"
    elif substance["inchikey"] != row["inchikey"]:
        yield f"InChIKey {row['inchikey']} differs from the register's {substance['inchikey']}"
    for column, allowed in VALUES.items():
        if row[column] not in allowed:
            yield f"{column} must be {', '.join(allowed)}, not {row[column]!r}"
    if row["salts"] == "excluded" and row["list"] != "1988-Table-II":
        yield "only Table II excludes salts"
    for column in ("entry", "source"):
        if not row[column]:
            yield f"{column} is empty"
    yield from dates(row, in_force.get(row["list"], ""))


def dates(row, treaty):
    """Dates of one row: their form and their order."""
    given = {column: row[column] for column in ("decided", "from", "to") if row[column]}
    spans = {column: span(text) for column, text in given.items()}
    for column, days in spans.items():
        if days is None:
            yield f"{column} {given[column]!r} is no ISO day, month or year"
    if None in spans.values():
        return
    if treaty and "decided" not in spans:
        yield "decided is empty"
    if treaty and "from" in spans and spans["from"][1] < span(treaty)[0]:
        yield f"from {given['from']} is before the treaty was in force, {treaty}"
    for early, late in (("decided", "from"), ("decided", "to"), ("from", "to")):
        if early in spans and late in spans:
            if spans[early][0] > spans[late][1]:
                yield f"{late} {given[late]} is before {early} {given[early]}"
            elif (early, late) == ("from", "to") and given[early] == given[late]:
                yield f"from and to are both {given[late]}"


def overlaps(path, rows, problems):
    """Periods of one substance on one list, or now on two lists of one treaty."""
    on_list, on_treaty = defaultdict(list), defaultdict(list)
    for row in rows:
        if row["kind"] == "exclusion" or None in (span(row[c]) for c in ("from", "to", "decided") if row[c]):
            continue
        on_list[row["list"], row["name"], row["inchikey"]].append(row)
        if row["list"].startswith("19") and not row["to"]:
            on_treaty[row["list"][:4], row["name"]].append(row)
    for same in on_list.values():
        same.sort(key=start)
        for before, after in zip(same, same[1:]):
            # `to` is the first day off the list: it may be the day on which the next period starts.
            if not before["to"] or span(before["to"])[0] > start(after):
                problems.add(
                    path, after.line, f"{after['name']}: overlaps its period on {after['list']} of line {before.line}"
                )
    for (treaty, name), open_rows in on_treaty.items():
        if len({row["list"] for row in open_rows}) > 1:
            lines = ", ".join(str(row.line) for row in open_rows)
            problems.add(
                path, open_rows[-1].line, f"{name}: now on two lists of the {treaty} Convention, lines {lines}"
            )


def start(row):
    """First day on which a period can start."""
    text = row["from"] or row["decided"]
    return span(text)[0] if text else (0, 0, 0)
