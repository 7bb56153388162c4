"""Works out the exports of the year independently of the program, and compares them line by line.

usage: expect.py FORM YEAR_FOLDER SUBSTANCES_TSV EXPORT_FOLDER NAME PERIOD RUN...

FORM is form-d, pics or admr; PERIOD is FIRST/LAST or "all"; RUNs are named as they were to the program. What a
spectrum was identified as is taken from the runs' results.jsonl; all else from the manifest and from facts.py.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from facts import ISSL, LAW, MEASURED, NONE, PRECURSOR_ROLES, SALTS, TABLE_I, TABLE_II, UNKNOWN, WRITTEN

HEAD = {"country": "Indonesia", "authority": "BNN", "officer": "A. Officer", "contact": "desk@authority.example",
        "laboratory": "Central"}
NOTE = "# note: working file of specid, not an official layout of INCB/ASEAN"
UNREGISTERED = "not in the register of substances"
KG, L, TABLETS = "kg", "l", "tablets"
UNITS = {
    "mg": (KG, "0.000001"), "g": (KG, "0.001"), "gram": (KG, "0.001"), "kg": (KG, "1"), "kilograms": (KG, "1"),
    "t": (KG, "1000"), "ml": (L, "0.001"), "l": (L, "1"), "litres": (L, "1"), "tablets": (TABLETS, "1"),
    "pcs": (TABLETS, "1"), "capsules": (TABLETS, "1"), "blotters": (TABLETS, "1"),
}
NAMES = {written: name for name, all_written in WRITTEN.items() for written in all_written}


class Doubt(Exception):
    pass


def amount(row):
    quantity, unit = row["quantity"], row["unit"]
    if re.fullmatch(r"\d{1,3},\d{3}", quantity) and not quantity.startswith("0"):
        raise Doubt("may be read as")
    number = quantity.replace(",", ".") if quantity.count(",") + quantity.count(".") <= 1 else quantity
    try:
        value = Decimal(number)
    except InvalidOperation:
        raise Doubt("is no number") from None
    if not value.is_finite():
        raise Doubt("is no number")
    if value < 0:
        raise Doubt("below zero")
    if not unit:
        raise Doubt("has no unit")
    if unit == "Mg" or unit.lower() not in UNITS:
        raise Doubt("is not known")
    form_unit, factor = UNITS[unit.lower()]
    return value * Decimal(factor), form_unit


def day(text):
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(T[\d:]+)?", text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
        match = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", text)
        if match:
            first, second = int(match[1]), int(match[3])
            found = date(int(match[4]), second, first)
            if first > 12 or first == second:
                return found
    except ValueError:
        pass
    raise Doubt("date")


def agreed(values):
    """The one value of all rows, or nothing, or a doubt."""
    found = set()
    for value in values:
        found.add(value())
    if len(found) > 1:
        raise Doubt("different")
    return found.pop() if found else None


# ---- samples -------------------------------------------------------------------------------------------------

FIELDS = {
    "File": "file", "Case no.": "case", "Item": "item", "Sample": "sample", "Quantity": "quantity", "Unit": "unit",
    "Place": "place", "Seizure date": "date", "Confirmed as": "confirmed_as", "Confirmed by": "confirmed_by",
    "Country": "country", "Country of origin": "origin", "Transit": "transit", "Destination": "destination",
    "Context": "context", "Form": "form", "Incident no.": "incident", "Incident type": "incident_type",
    "Agency": "agency", "Contact": "contact", "Packaging": "packaging", "Declared as": "declared_as",
    "HS declared": "hs_declared", "Transport mode": "transport", "Document refs": "documents",
    "Suspected end product": "end_product", "Restrictions on sharing": "sharing", "Laboratory": "laboratory",
    "Remarks": "remarks",
}


class Sample:
    def __init__(self, origin):
        self.origin, self.rows, self.spectra, self.again = origin, [], [], []

    def said(self, field):
        found = []
        for row in self.rows:
            text = row.get(field) or ""
            if text and text not in found:
                found.append(text)
        return "; ".join(found)

    def amount(self):
        return agreed(lambda r=r: amount(r) for r in self.rows if r.get("quantity"))

    def date(self):
        return agreed(lambda r=r: day(r["date"]) for r in self.rows if r.get("date"))

    def written(self):
        found = []
        for row in self.rows:
            if row.get("quantity"):
                text = row["quantity"]
                plain = re.fullmatch(r"\d+,\d+", text) and not re.fullmatch(r"[1-9]\d{0,2},\d{3}", text)
                text = text.replace(",", ".") if plain else text
                text = f"{text} {row['unit']}" if row["unit"] else text
                if text not in found:
                    found.append(text)
        return "; ".join(found)


def triple(row):
    if row.get("item") or row.get("sample"):
        return row.get("case") or None, row.get("item") or None, row.get("sample") or None
    return None


def read(folder, runs):
    manifest = folder / "cases.csv"
    with open(manifest, encoding="utf-8", newline="") as table:
        rows = [{FIELDS[k]: v for k, v in row.items() if k in FIELDS} for row in csv.DictReader(table)]
    by_file = {str((folder / row["file"].replace("\\", "/")).resolve()): row for row in rows if row["file"]}
    samples, repeated, used = {}, [], set()
    for run in runs:
        with open(Path(run) / "results.jsonl", encoding="utf-8") as lines:
            results = [json.loads(line) for line in lines]
        mine = set()
        for result in results:
            own = {k: v for k, v in result["sample"].items() if isinstance(v, str) and k in set(FIELDS.values()) | {"quantity"}}
            own.pop("label", None)
            row = by_file.get(str(Path(result["source"]["path"]).resolve()))
            key = triple(row) if row and triple(row) else triple(own)
            assert key, "each file of this year is of a sample"
            if key not in samples:
                samples[key] = Sample(run)
                mine.add(key)
            sample = samples[key]
            if key in mine:
                sample.spectra.append(result)
            else:
                repeated.append((run, key))
                sample.again.append(result)
            sample.rows += [own] if triple(own) else []
            if row:
                sample.rows.append(row)
                used.add(id(row))
    for number, row in enumerate(rows):
        if id(row) in used:
            continue
        key = triple(row)
        if key not in samples:
            samples[key] = Sample(str(manifest))
        samples[key].rows.append(row)
    return samples, repeated


# ---- what a sample is ----------------------------------------------------------------------------------------

def statuses(name, on, measured):
    listed = [status for status, first, last in LAW[name]
              if date.fromisoformat(first) <= on and (last is None or on < date.fromisoformat(last))]
    return (listed or [NONE]) + [status for _, status in (MEASURED.get(name, []) if measured else [])]


class Claim:
    """What is claimed: the names, whether confirmed, how, the possible statuses by name."""

    def __init__(self, names, confirmed, method, rate=None, salt=None):
        self.names, self.confirmed, self.method, self.rate, self.salt = sorted(names), confirmed, method, rate, salt

    def title(self):
        if self.salt:
            return self.salt
        return self.names[0] if len(self.names) == 1 else "one of: " + "; ".join(self.names)


def claim(sample):
    confirmed = {row["confirmed_as"] for row in sample.rows if row.get("confirmed_as")}
    if len(confirmed) > 1:
        raise Doubt("disagreeing")
    if confirmed:
        text = confirmed.pop()
        method = sample.said("confirmed_by")
        if ";" in text:
            raise Doubt("several substances")
        if text in SALTS:
            return Claim([SALTS[text][0]], True, method, salt=SALTS[text][1])
        return Claim([NAMES.get(text, text)], True, method)
    sets, rates = set(), []
    for result in sample.spectra:
        if "error" in result or result["verdict"]["level"] != "identified":
            raise Doubt("not identified")
        sets.add(tuple(sorted(one["name"] for one in result["verdict"]["substances"])))
        rates.append(result["verdict"]["false_positive_rate"]["high"])
    if not sets:
        raise Doubt("not stated")
    assert len(sets) == 1, sets
    return Claim(sets.pop(), False, "library search: EI mass spectrum", max(rates))


ORDER = ["1961 Schedule I", "1971 Schedule II", "1971 Schedule III", "1971 Schedule IV", TABLE_I, TABLE_II, ISSL, UNREGISTERED, NONE]


class Substances:
    def __init__(self, path):
        with open(path, encoding="utf-8", newline="") as table:
            reader = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
            self.rows = {row["name"]: row for row in reader}

        with open(Path(path).with_name("control.tsv"), encoding="utf-8", newline="") as table:
            rows = (line for line in table if not line.startswith("#"))
            reader = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
            self.unchecked = {(row["name"], row["list"].replace("-", " ")) for row in reader if row["checked"] != "yes"}

    def doubtful(self, what, on):
        """Substances of a claim whose status was not checked against a published list."""
        pairs = [(name, status) for name in what.names for status in statuses(name, on, False)] if what.names[0] in LAW else []
        pairs += [other for name in what.names for other in ([] if what.confirmed else MEASURED.get(name, []))]
        return sorted({name for name, status in pairs if (name, status) in self.unchecked})

    def get(self, name, column):
        return self.rows.get(name, {}).get(column, "")

    def numbers(self, what):
        """CAS, HS and InChIKey of one substance; none of a salt, a set or what no register has."""
        if what.salt or len(what.names) > 1 or what.names[0] not in self.rows:
            return "", "", ""
        row = self.rows[what.names[0]]
        cas = row["cas"] if row["cas_checked"] == "yes" else ""
        return cas, row["hs"], row["inchikey"]

    def end_product(self, what):
        found = []
        for name in what.names:
            family = self.get(name, "end_product")
            if family not in ("", "-") and family not in found:
                found.append(family)
        return "usual: " + " or ".join(found) if found else ""


def possible(what, on):
    """Pairs of name and status."""
    pairs = []
    for name in what.names:
        if name not in LAW:
            assert name in UNKNOWN, f"no law is written down of {name}"
            pairs.append((name, UNREGISTERED))
        else:
            pairs += [(name, status) for status in statuses(name, on, not what.confirmed)]
    return pairs


def words(pairs):
    return " or ".join(sorted({status for _, status in pairs}, key=ORDER.index))


def places(pairs, substances):
    """Where the possible statuses put it: ("I",), ("none", reason), ("not known",) or ("other",)."""
    found = set()
    for name, status in pairs:
        role = substances.get(name, "role")
        if status == TABLE_I:
            found.add(("I", ""))
        elif status == TABLE_II:
            found.add(("II", ""))
        elif status == UNREGISTERED:
            found.add(("not known", ""))
        elif status in (NONE, ISSL) and role in PRECURSOR_ROLES:
            more = "; publicly known to be under special surveillance (ISSL)" if status == ISSL else ""
            found.add(("none", f"{role} in the register{more}"))
        else:
            found.add(("other list or none", ""))
    return sorted(found, key=lambda place: ["I", "II", "none", "not known", "other list or none"].index(place[0]))


FORM_WORDS = {"raw": "raw", "preparation": "preparation", "salt": "salt"}
CONTEXT_WORDS = {"import": "import", "transit": "transit", "domestic": "domestic",
                 "clandestine laboratory": "laboratory", "other": "other"}


def sift(samples, period):
    """Samples of the period that name something; the others."""
    counted, left = [], []
    for key, sample in samples.items():
        try:
            on = sample.date()
            if on is None or not (period[0] <= on <= period[1]):
                raise Doubt("not in the period")
            counted.append((key, sample, on, claim(sample)))
        except Doubt:
            left.append(key)
    return counted, left


def quantity(sample):
    try:
        return sample.amount()
    except Doubt:
        return None


def plain(value):
    """A decimal without exponent and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def total(group):
    amounts = [quantity(sample) for _, sample, _, _ in group]
    amounts = [found[0] for found in amounts if found]
    return plain(sum(amounts, Decimal(0))) if amounts else ""


def seizures(group):
    found = set()
    for key, sample, _, _ in group:
        incident, case = sample.said("incident"), sample.said("case")
        found.add(("incident", incident) if incident else ("case", case) if case else ("sample", key))
    return str(len(found))


def once(texts):
    return "; ".join(sorted({text for text in texts if text}))


def spellings(texts):
    """One spelling of each name, whatever its capitals and blanks: the first in the order of the alphabet."""
    found = {}
    for text in (" ".join(text.split()) for text in texts):
        key = text.lower()
        if text and (key not in found or text < found[key]):
            found[key] = text
    return found


def spelled(found, text):
    return found.get(" ".join(text.split()).lower(), "")


def rate(group):
    rates = [what.rate for _, _, _, what in group if what.rate is not None]
    if not rates:
        return []
    highest = max(rates)
    return ["false-positive rate below 0.001" if highest < 0.001 else f"false-positive rate at most {highest:.3f}"]


def form_of(sample, what):
    return FORM_WORDS.get(sample.said("form").lower(), "") or ("salt" if what.salt else "")


def form_d(counted, substances):
    groups = defaultdict(list)
    for one in counted:
        _, sample, on, what = one
        if (sample.said("country") or "indonesia").lower() != "indonesia":
            continue
        pairs = possible(what, on)
        where = places(pairs, substances)
        if all(place[0].startswith("other") for place in where):
            continue
        found = quantity(sample)
        key = (tuple(where), what.title(), form_of(sample, what), found[1] if found else "", what.confirmed, words(pairs))
        groups[key].append(one)
    towns = spellings(one[1].said("place") for group in groups.values() for one in group)
    for (where, title, form, unit, confirmed, status), group in groups.items():
        what = group[0][3]
        tables = [place[0] for place in where]
        if set(tables) <= {"I", "II"}:
            part = "scheduled"
        elif set(tables) == {"none"}:
            part = "non-scheduled"
        else:
            part = "undetermined"
        days = sorted(on for _, _, on, _ in group)
        dates = str(days[0]) if days[0] == days[-1] else f"{days[0]}/{days[-1]}"
        reasons = [place[1] for place in where if place[0] == "none"]
        cas, hs, _ = substances.numbers(what)
        told = [f"samples: {len(group)}"] + rate(group)
        if part == "undetermined":
            told.append(f"status on the day: {status}")
        if form == "preparation" and set(tables) & {"I", "II"}:
            told.append("a preparation: the tables do not cover one from which the substance cannot be easily used or "
                        "recovered (1988 Convention, article 12, paragraph 14)")
        doubtful = substances.doubtful(what, days[0])
        if doubtful:
            told.append(f"status not checked against a published list: {', '.join(doubtful)}")
        told += [f'the register has no substance of the name {json.dumps(name)}; that says nothing of its control'
                 for name in what.names if name in UNKNOWN]
        yield {
            "country": HEAD["country"], "reporting_year": "2024", "authority": HEAD["authority"],
            "officer": HEAD["officer"], "contact": HEAD["contact"], "part": part,
            "table": "" if part == "non-scheduled" else " or ".join(tables), "substance_name": title, "cas": cas, "hs": hs,
            "form": form, "quantity": total(group), "unit": unit, "n_seizures": seizures(group),
            "origin_country": once(s.said("origin") for _, s, _, _ in group),
            "seizure_place": once(spelled(towns, s.said("place")) for _, s, _, _ in group), "seizure_date": dates,
            "context": once(CONTEXT_WORDS.get(s.said("context").lower(), "") for _, s, _, _ in group),
            "suspected_end_product": once(s.said("end_product") for _, s, _, _ in group) or substances.end_product(what),
            "non_scheduled_reason": f"in no table on {dates}; {'; '.join(reasons)}" if reasons else "",
            "method_of_identification": once(c.method for _, _, _, c in group),
            "confidence": "confirmed" if confirmed else "presumptive", "remarks": "; ".join(told),
        }, group


def pics(counted, substances):
    kept = []
    for one in counted:
        pairs = possible(one[3], one[2])
        known = any(status != UNREGISTERED for _, status in pairs)
        if known and not all(place[0].startswith("other") for place in places(pairs, substances)):
            kept.append((one, pairs))
    countries = spellings([HEAD["country"]] + [one[1].said("country") for one, _ in kept])
    towns = spellings(one[1].said("place") for one, _ in kept)
    for one, pairs in kept:
        _, sample, on, what = one
        cas, _, inchikey = substances.numbers(what)
        found = quantity(sample)
        said = sample.said
        yield {
            "incident_id_local": said("incident") or said("case"), "incident_type": said("incident_type"), "date": str(on),
            "country": spelled(countries, said("country")) or HEAD["country"], "place": spelled(towns, said("place")),
            "reporting_agency": said("agency") or HEAD["authority"], "contact": said("contact") or HEAD["contact"],
            "substance_name": what.title(), "cas": cas, "inchikey": inchikey, "scheduled_status": words(pairs),
            "quantity": plain(found[0]) if found else "", "unit": found[1] if found else "",
            "packaging": said("packaging"), "labels_declared_as": said("declared_as"), "hs_declared": said("hs_declared"),
            "origin": said("origin"), "transit": said("transit"), "destination": said("destination"),
            "transport_mode": said("transport"), "document_refs": said("documents"),
            "suspected_end_product": said("end_product") or substances.end_product(what),
            "analysis_method": what.method, "identification_confidence": "confirmed" if what.confirmed else "presumptive",
            "restrictions_on_sharing": said("sharing"),
        }, [one]


def admr(counted, substances, samples):
    first = first_days(samples)
    groups = defaultdict(list)
    countries = spellings([HEAD["country"]] + [one[1].said("country") for one in counted])
    places = spellings(one[1].said("place") for one in counted)
    for one in counted:
        _, sample, on, what = one
        found = quantity(sample)
        kinds = {": ".join(filter(None, (substances.get(name, "role"), substances.get(name, "class")))) for name in what.names}
        key = (spelled(countries, sample.said("country") or HEAD["country"]), " or ".join(sorted(filter(None, kinds))), what.title(),
               found[1] if found else "", spelled(places, sample.said("place")), what.confirmed, words(possible(what, on)))
        groups[key].append(one)
    for (country, kind, title, unit, place, confirmed, status), group in groups.items():
        what = group[0][3]
        new = set()
        for name, one in possible(what, group[0][2]):
            convention = one.startswith(("1961", "1971"))
            new.add("open" if one == UNREGISTERED else "yes" if substances.get(name, "role") == "NPS" and not convention else "no")
        yield {
            "country": country, "half_year": "2024-H2", "drug_or_precursor_group": kind, "substance": title,
            "seizures_count": seizures(group), "quantity": total(group), "unit": unit, "place": place, "un_status": status,
            "national_status": "national status not loaded", "nps_flag": new.pop() if len(new) == 1 else "open",
            "first_detection_flag": detection(group, what, first),
            "source_lab": once(s.said("laboratory") for _, s, _, _ in group) or HEAD["laboratory"],
            "confidence": "confirmed" if confirmed else "presumptive",
            "remarks": "; ".join([f"samples: {len(group)}"] + rate(group)),
        }, group


def first_days(samples):
    """By substance, whatever its salt, the days on which it was named, and whether alone; None for a sample without a day."""
    found = defaultdict(list)
    for sample in samples.values():
        try:
            what = claim(sample)
        except Doubt:
            continue
        try:
            on = sample.date()
        except Doubt:
            on = None
        for name in what.names:
            found[name].append((on, len(what.names) == 1))
    return found


def detection(group, what, first):
    if len(what.names) > 1:
        return "open"
    seen = first[what.names[0]]
    earliest = min(on for on, alone in seen if alone and on)
    if all(on != earliest for _, _, on, _ in group):
        return "no"
    return "open" if any(on is None or (not alone and on <= earliest) for on, alone in seen) else "yes"


# ---- comparing -----------------------------------------------------------------------------------------------

def table(path):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines[0].strip() == NOTE, lines[0]
    start = next(at for at, line in enumerate(lines) if not line.startswith("# "))
    return list(csv.DictReader(lines[start:], strict=True))


def harmless(text):
    """What a spreadsheet would take for a formula begins with an apostrophe."""
    return "'" + text if text[:1] in ("=", "+", "-", "@") else text


def main():
    form, folder, tsv, out, name, period = sys.argv[1:7]
    samples, repeated = read(Path(folder), sys.argv[7:])
    substances = Substances(tsv)
    period = (date.min, date.max) if period == "all" else tuple(map(date.fromisoformat, period.split("/")))
    counted, _ = sift(samples, period)
    made = {"form-d": lambda: form_d(counted, substances), "pics": lambda: pics(counted, substances),
            "admr": lambda: admr(counted, substances, samples)}[form]()
    expected = [({k: harmless(v) for k, v in row.items()}, group) for row, group in made]
    faults = []
    rows = table(Path(out) / f"{name}.csv")
    assert [row["row"] for row in rows] == [str(n + 1) for n in range(len(rows))]
    found = [{k: v for k, v in row.items() if k != "row"} for row in rows]
    as_lines = lambda all_rows: Counter(json.dumps(row, sort_keys=True) for row in all_rows)
    wanted, got = as_lines(row for row, _ in expected), as_lines(found)
    faults += [f"missing: {line}" for line in (wanted - got)] + [f"not expected: {line}" for line in (got - wanted)]
    if found and expected:
        assert list(found[0]) == list(expected[0][0]), "columns"
    faults += trace(Path(out) / f"{name}.provenance.csv", rows, expected)
    faults += rest(Path(out) / f"{name}.not-counted.csv", samples, expected, repeated)
    print(f"{form}: {len(found)} rows, {sum(len(group) for _, group in expected)} of {len(samples)} samples, "
          f"{len(repeated)} spectra met again")
    for fault in faults[:20]:
        print(fault)
    sys.exit(1 if faults or not found else 0)


def trace(path, rows, expected):
    """Each row's provenance names its samples and spectra, and its quantities sum to the row's."""
    faults = []
    by_row = defaultdict(list)
    for line in table(path):
        by_row[line["row"]].append(line)
    wanted = Counter()
    for row, group in expected:
        for key, sample, _, _ in group:
            for result in sample.spectra or [None]:
                file = result["source"]["path"] if result else sample.said("file")
                sha = result["source"]["sha256"] if result else ""
                wanted[(json.dumps(row, sort_keys=True), harmless(key[2]), file, sha, harmless(sample.written()), sample.origin)] += 1
    got = Counter()
    for row in rows:
        bare = json.dumps({k: v for k, v in row.items() if k != "row"}, sort_keys=True)
        lines = by_row.pop(row["row"], [])
        amounts = [Decimal(line["quantity"]) for line in lines if line["quantity"]]
        if (plain(sum(amounts, Decimal(0))) if amounts else "") != row["quantity"]:
            faults.append(f"row {row['row']}: its provenance sums to {sum(amounts)}, not {row['quantity']}")
        for line in lines:
            got[(bare, line["sample"], line["file"], line["sha256"], line["quantity_as_written"], line["input"])] += 1
    faults += [f"provenance of no row: {number}" for number in by_row]
    faults += [f"provenance missing: {key}" for key in (wanted - got)]
    return faults + [f"provenance not expected: {key}" for key in (got - wanted)]


def rest(path, samples, expected, repeated):
    """Every sample is in a row or in the list of what does not count; what counts without quantity is listed."""
    faults = []
    told = defaultdict(set)
    for line in table(path):
        assert line["reason"], line
        told[line["counted"]].add(line["sample"])
    in_rows = {key[2]: sample for _, group in expected for key, sample, _, _ in group}
    for key, sample in samples.items():
        label = key[2]
        if (label in in_rows) == (label in told["no"]):
            faults.append(f"{label} is both counted and not, or neither")
        if label in in_rows and (quantity(sample) is None) != (label in told["without quantity"]):
            faults.append(f"{label}: listed as without quantity wrongly, or not listed")
    if {key[2] for _, key in repeated} != told["once"]:
        faults.append(f"counted once: {sorted(told['once'])}")
    for _, group in expected:
        for key, sample, _, what in group:
            screened = {one["name"] for result in sample.spectra for one in result["verdict"]["substances"]}
            if what.confirmed and screened and not screened & set(what.names):
                if key[2] not in told["yes"] | told["without quantity"]:
                    faults.append(f"{key[2]}: the screening names something else than was confirmed, and that is not listed")
    same = Counter((key[0], key[1], quantity(sample)) for key, sample in samples.items() if key[1] and quantity(sample))
    for key, sample in samples.items():
        if key[2] in in_rows and key[1] and quantity(sample) and same[(key[0], key[1], quantity(sample))] > 1:
            if key[2] not in told["yes"]:
                faults.append(f"{key[2]}: possibly the same material as another, and not listed")
    return faults


main()
